#pragma once

#include "conditional_distribution.hpp"
#include "conditional_p_values.hpp"

#include <cstdint>

#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {

/// The log odds ratio t at which the upper tail of the observed count, with `share` of the observed
/// count's own probability, has the given log odds: P_t(X > x) + share P_t(X = x) = q with
/// log(q / (1 - q)) = `log_odds`. 0 < observed where share = 1, observed < highest where share = 0,
/// either where 0 < share < 1 (the caller makes sure that the root exists). The log odds rise in t
/// with slope E(X | upper part) - E(X | lower part), so Newton's method from `start` needs 4 or 5
/// steps.
math::Root log_odds_ratio_at_tail(const ConditionalDistribution& distribution,
                                  std::int64_t observed, double share, double log_odds,
                                  double start);

/// log((x1 + 1/2)(y0 + 1/2) / ((x0 + 1/2)(y1 + 1/2))) and its standard error: where searches start.
struct RoughLogOddsRatio {
    double value;
    double standard_error;
};
RoughLogOddsRatio rough_log_odds_ratio(const design::Table2x2& table);

}  // namespace rsasim::analysis
