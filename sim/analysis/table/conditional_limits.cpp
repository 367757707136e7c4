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

Finding interval_finding(double lower, double upper) {
    Finding finding;
    finding.interval = {lower, upper};
    const bool is_at_edge = lower == 0 || std::isinf(upper);
    finding.status = is_at_edge ? Status::degenerate : Status::ok;
    return finding;
}

Finding not_converged_finding() {
    Finding finding;
    finding.status = Status::not_converged;
    return finding;
}

Finding uninformative_interval() {
    return interval_finding(0, infinity);
}

}  // namespace rsasim::analysis
