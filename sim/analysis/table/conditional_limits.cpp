#include "conditional_limits.hpp"

#include "cells.hpp"
#include "conditional_root.hpp"
#include "stratified_distribution.hpp"

#include <cmath>

namespace rsasim::analysis {

template <class Distribution>
math::Root log_odds_ratio_at_tail(const Distribution& distribution, std::int64_t observed,
                                  double share, double log_odds, double start) {
    const Distribution mirror = distribution.reflected();
    const std::int64_t mirrored = distribution.highest() - observed;
    const auto excess = [&](double t) {
        const SideSums above = distribution.above(observed, std::exp(t));
        const SideSums below = mirror.above(mirrored, std::exp(-t));
        const double upper = share + above.mass;
        const double lower = 1 - share + below.mass;
        return math::ValueAndSlope{std::log(upper / lower) - log_odds,
                                   above.first / upper + below.first / lower};
    };
    return log_odds_root(excess, -infinity, infinity, start);
}

template <class Distribution>
math::Root log_conditional_mle(const Distribution& distribution, std::int64_t observed,
                               double start) {
    const Distribution mirror = distribution.reflected();
    const std::int64_t mirrored = distribution.highest() - observed;
    // With A = sum (k - x) w_k above x and B = sum (x - k) w_k below, A / B = 1 at the root. log(A
    // / B) rises in t with slope at least 2, where E_t(X) itself is flat far from the root.
    const auto excess = [&](double t) {
        const SideSums above = distribution.above(observed, std::exp(t));
        const SideSums below = mirror.above(mirrored, std::exp(-t));
        return math::ValueAndSlope{std::log(above.first / below.first),
                                   above.second / above.first + below.second / below.first};
    };
    return log_odds_root(excess, -infinity, infinity, start);
}

template <class Distribution>
double variance_at(const Distribution& distribution, std::int64_t observed, double t) {
    const SideSums above = distribution.above(observed, std::exp(t));
    const SideSums below =
        distribution.reflected().above(distribution.highest() - observed, std::exp(-t));
    return (above.second + below.second) / (1 + above.mass + below.mass);
}

template math::Root log_odds_ratio_at_tail(const ConditionalDistribution&, std::int64_t, double,
                                           double, double);
template math::Root log_conditional_mle(const ConditionalDistribution&, std::int64_t, double);
template double variance_at(const ConditionalDistribution&, std::int64_t, double);
template math::Root log_odds_ratio_at_tail(const StratifiedDistribution&, std::int64_t, double,
                                           double, double);
template math::Root log_conditional_mle(const StratifiedDistribution&, std::int64_t, double);
template double variance_at(const StratifiedDistribution&, std::int64_t, double);

RoughLogOddsRatio rough_log_odds_ratio(const design::Table2x2& table) {
    const Cells cells = cells_of(table).plus(0.5);
    return {cells.log_odds_ratio(), std::sqrt(cells.sum_of_reciprocals())};
}

}  // namespace rsasim::analysis
