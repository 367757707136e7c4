#pragma once

#include <string>

#include <rsasim/analysis/number_needed.hpp>

namespace rsasim::files {

/// "NNTB 4.0 to ∞ to NNTH 20.0"; a single number where both limits are the same.
std::string number_needed_text(const analysis::NumberNeeded& number);

}  // namespace rsasim::files
