#include "ordered_tables.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include <rsasim/analysis/decisions.hpp>

namespace rsasim::analysis {

namespace {

struct Candidate {
    double statistic = 0;
    std::size_t table = 0;
};

std::vector<Candidate> all_candidates(const std::vector<double>& statistics) {
    std::vector<Candidate> candidates(statistics.size());
    for (std::size_t i = 0; i < statistics.size(); ++i) {
        candidates[i] = {statistics[i], i};
    }
    return candidates;
}

double middle_statistic(std::span<Candidate> candidates) {
    const auto middle = candidates.begin() + static_cast<std::ptrdiff_t>(candidates.size() / 2);
    std::ranges::nth_element(candidates, middle, {}, &Candidate::statistic);
    return middle->statistic;
}

}  // namespace

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
    std::vector<Candidate> candidates = all_candidates(statistics_);
    std::span<Candidate> open = candidates;  // not yet known to be in or out
    NullLine::GrowingRegion region(*line_);  // of those known to be in
    while (!open.empty()) {
        const double pivot = middle_statistic(open);
        const auto rest = std::partition(open.begin(), open.end(), [pivot](const Candidate& other) {
            return is_at_least(other.statistic, pivot);
        });
        NullLine::GrowingRegion grown = region;
        for (auto table = open.begin(); table != rest; ++table) {
            grown.add(table->table);
        }
        const double p = math::supremum(grown.probability(), {}, goal).upper;
        if (rejects(p, alpha)) {
            level = {pivot, p, false};
            region = std::move(grown);
            open = {rest, open.end()};
        } else {
            // What ties with the pivot is out with it.
            const auto out = std::partition(open.begin(), rest, [pivot](const Candidate& other) {
                return !is_at_least(pivot, other.statistic);
            });
            open = {open.begin(), out};
        }
    }
    return level;
}

}  // namespace rsasim::analysis
