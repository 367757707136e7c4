#pragma once

#include <string>

#include <rsasim/summary/cell_summary.hpp>
#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::files {

/// The shortest decimal that reads back as the same double; "inf", "-inf"; empty for NaN.
std::string shortest_text(double value);

/// With this many decimals; "–" for NaN, "∞" and "−∞"; a true minus sign.
std::string fixed_text(double value, int decimals);

/// A P-value: four decimals, from 0.0001 down in the manner of 3.2e-05.
std::string p_value_text(double value);

/// Decimals that show a number with this Monte Carlo error: the error's first digit, and at least
/// 4; 6 where there is no error.
int decimals_for(double mcse);

/// "0.6203 ± 0.0005"; without the error where it is 0 or NaN.
std::string figure_text(const summary::Figure& figure, int decimals);

/// "1,000,000"
std::string count_text(std::int64_t count);

/// "0 to 999, 5,000 to 5,999 and 2 more ranges": the first few, by their first and last replicate.
std::string ranges_text(const tally::ReplicateRanges& ranges);

}  // namespace rsasim::files
