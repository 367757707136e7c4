#pragma once

#include <algorithm>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/finding.hpp>

namespace rsasim::analysis {

/// Moves a limit of a central interval of the odds ratio that touches 1 to the side on which the
/// one-sided P-values at 1 stand. P-values that equal the tail as fractions occur in small tables:
/// the test rejects them (P <= alpha), while a closed interval that ends at 1 would cover it, and
/// rounding would decide. Such a limit is set just outside the slack of covering, twice cover_slack
/// away from 1.
inline Interval limits_that_agree_at_null(Interval limits, const PValues& p, double tail) {
    const double just_above = 1 + 2 * cover_slack;
    const bool is_lower_excluded = rejects(p.greater, tail);
    const bool is_upper_excluded = rejects(p.less, tail);
    limits.lower =
        is_lower_excluded ? std::max(limits.lower, just_above) : std::min(limits.lower, 1.0);
    limits.upper =
        is_upper_excluded ? std::min(limits.upper, 1 / just_above) : std::max(limits.upper, 1.0);
    return limits;
}

}  // namespace rsasim::analysis
