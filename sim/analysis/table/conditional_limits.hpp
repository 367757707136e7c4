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
/// For ConditionalDistribution and StratifiedDistribution.
template <class Distribution>
math::Root log_odds_ratio_at_tail(const Distribution& distribution, std::int64_t observed,
                                  double share, double log_odds, double start);

/// The conditional maximum likelihood estimate: the t with E_t(X) = x, 0 < x < highest.
template <class Distribution>
math::Root log_conditional_mle(const Distribution& distribution, std::int64_t observed,
                               double start);

/// Var_t(X) at the root t of E_t(X) = x, the estimate's information.
template <class Distribution>
double variance_at(const Distribution& distribution, std::int64_t observed, double t);

/// log((x1 + 1/2)(y0 + 1/2) / ((x0 + 1/2)(y1 + 1/2))) and its standard error: where searches start.
struct RoughLogOddsRatio {
    double value;
    double standard_error;
};
RoughLogOddsRatio rough_log_odds_ratio(const design::Table2x2& table);

}  // namespace rsasim::analysis
