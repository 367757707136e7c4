#include "ordered_tables.hpp"

#include <algorithm>
#include <span>

#include <rsasim/analysis/decisions.hpp>

namespace rsasim::analysis {

Region OrderedTables::tail(double statistic) const {
    const double slack = statistic - statistic_slack * std::abs(statistic);
    Region region(statistics_.size());
    if (std::isinf(statistic)) {
        std::ranges::transform(statistics_, region.begin(), [&](double other) {
            return is_at_least(other, statistic) ? 1.0 : 0.0;
        });
        return region;
    }
    std::ranges::transform(statistics_, region.begin(),
                           [slack](double other) { return other >= slack ? 1.0 : 0.0; });
    return region;
}

math::SupremumBracket OrderedTables::p_value(double statistic, const math::BracketGoal& goal,
                                             math::UnitRange range) const {
    return math::supremum(line_->probability_of(tail(statistic)), range, goal);
}

CriticalLevel OrderedTables::critical_level(double alpha) const {
    math::BracketGoal goal;
    goal.level = alpha * (1 + alpha_slack);
    CriticalLevel level;
    std::vector<double> candidates = statistics_;
    auto first = candidates.begin(), last = candidates.end();  // not yet known to be in or out
    while (first != last) {
        const auto middle = first + (last - first) / 2;
        std::nth_element(first, middle, last);
        const double p = p_value(*middle, goal).upper;
        if (rejects(p, alpha)) {
            level = {*middle, p, false};
            last = middle;
        } else {
            first = middle + 1;
        }
    }
    return level;
}

}  // namespace rsasim::analysis
