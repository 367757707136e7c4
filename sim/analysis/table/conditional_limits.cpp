#include "conditional_limits.hpp"

#include "cells.hpp"
#include "conditional_root.hpp"

#include <cmath>

namespace rsasim::analysis {

math::Root log_odds_ratio_at_tail(const ConditionalDistribution& distribution,
                                  std::int64_t observed, double share, double log_odds,
                                  double start) {
    const ConditionalDistribution mirror = distribution.reflected();
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

RoughLogOddsRatio rough_log_odds_ratio(const design::Table2x2& table) {
    const Cells cells = cells_of(table).plus(0.5);
    return {cells.log_odds_ratio(), std::sqrt(cells.sum_of_reciprocals())};
}

}  // namespace rsasim::analysis
