#pragma once

#include <algorithm>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/finding.hpp>

namespace rsasim::analysis {

/// Moves a limit of a central interval of the odds ratio that touches the null to the side on which
/// the one-sided P-values there stand. P-values that equal the tail as fractions occur in small
/// tables: the test rejects them (P <= alpha), while a closed interval that ends at the null would
/// cover it, and rounding would decide. Such a limit is set just outside the slack of covering,
/// twice cover_slack away from the null.
inline Interval limits_that_agree_at(double null, Interval limits, const PValues& p, double tail) {
    const double step = 2 * cover_slack * std::max(null, 1.0);
    limits.lower = rejects(p.greater, tail) ? std::max(limits.lower, null + step)
                                            : std::min(limits.lower, null);
    limits.upper = rejects(p.less, tail) ? std::min(limits.upper, std::max(null - step, 0.0))
                                         : std::max(limits.upper, null);
    return limits;
}

}  // namespace rsasim::analysis
