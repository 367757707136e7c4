#include "score_inversion.hpp"

#include "../table/cells.hpp"
#include "../table/score_statistic.hpp"
#include "statistics.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/decisions.hpp>

namespace rsasim::analysis {

namespace {

/// Ends of the grid: log odds ratios, and differences as they are.
constexpr double largest_log_odds_ratio = 40;

/// Grid points beyond a rejection that are looked at for another acceptance.
constexpr std::int64_t points_beyond = 5;

/// The tables as they compare with one of them between two effects.
struct SplitTables {
    std::vector<std::size_t> in;    ///< at least as extreme throughout
    std::vector<std::size_t> open;  ///< to be compared at each effect; the table itself is one

    [[nodiscard]] NullLine::GrowingRegion is_in(const NullLine& line) const {
        NullLine::GrowingRegion region(line);
        for (const std::size_t table : in)
            region.add(table);
        return region;
    }
};

/// Statistics are smooth in the effect, so that a difference of two that is larger at both ends of
/// a short range than its change over the range keeps its sign inside.
SplitTables split_tables(const std::vector<double>& below, const std::vector<double>& above,
                         std::size_t table) {
    constexpr double margin = 1e-6;
    SplitTables split;
    for (std::size_t i = 0; i < below.size(); ++i) {
        const double first = below[i] - below[table], last = above[i] - above[table];
        const double change = std::abs(first - last) + margin;
        if (first > change && last > change) {
            split.in.push_back(i);
        } else if (!(first < -change && last < -change)) {
            split.open.push_back(i);
        }
    }
    return split;
}

double grid_step(const design::ArmSizes& sizes, design::Measure measure) {
    const double root = std::sqrt(static_cast<double>(sizes.treated + sizes.control));
    return (design::is_ratio(measure) ? 0.6 : 0.12) / root;
}

std::size_t grid_size(double step, design::Measure measure) {
    const double reach = design::is_ratio(measure) ? largest_log_odds_ratio : 1 - 1e-12;
    return 2 * static_cast<std::size_t>(reach / step) + 1;
}

}  // namespace

ScoreInversion::ScoreInversion(const design::ArmSizes& sizes, const InversionRule& rule)
    : sizes_(sizes),
      rule_(rule),
      no_effect_line_(sizes, {rule.measure, design::no_effect(rule.measure)}),
      step_(grid_step(sizes, rule.measure)),
      points_(grid_size(step_, rule.measure)) {}

double ScoreInversion::coordinate_of(double effect) const {
    return design::is_ratio(rule_.measure) ? std::log(effect) : effect;
}

design::Effect ScoreInversion::effect_at(double coordinate) const {
    return {rule_.measure, design::is_ratio(rule_.measure) ? std::exp(coordinate) : coordinate};
}

const ScoreInversion::GridPoint& ScoreInversion::point_at(std::int64_t index) const {
    GridPoint& point = points_[static_cast<std::size_t>(index + last_index())];
    std::call_once(point.is_found, [&] {
        const design::Effect effect = effect_at(static_cast<double>(index) * step_);
        const auto line = std::make_shared<const NullLine>(no_effect_line_.moved_to(effect));
        point.statistics = score_statistics(line->grid(), rule_.tail, effect);
        point.level = OrderedTables(line, point.statistics).critical_level(rule_.alpha);
    });
    return point;
}

bool ScoreInversion::is_rejected(std::int64_t index, std::size_t table) const {
    const GridPoint& point = point_at(index);
    return !point.level.is_empty && is_at_least(point.statistics[table], point.level.statistic);
}

std::int64_t ScoreInversion::first_accepted(std::int64_t start, std::size_t table) const {
    std::int64_t accepted = start;
    while (is_rejected(accepted, table))
        ++accepted;
    std::int64_t rejected_in_a_row = 0;
    for (std::int64_t i = accepted - 1; i >= -last_index() && rejected_in_a_row < points_beyond;
         --i) {
        if (is_rejected(i, table)) {
            ++rejected_in_a_row;
        } else {
            accepted = i;
            rejected_in_a_row = 0;
        }
    }
    return accepted;
}

math::Root ScoreInversion::change_above(std::int64_t rejected, std::size_t table) const {
    const std::vector<double>& below = point_at(rejected).statistics;
    const std::vector<double>& above = point_at(rejected + 1).statistics;
    const SplitTables split = split_tables(below, above, table);
    const double left = static_cast<double>(rejected) * step_;
    // In units of the step, from 1 to 2, so that the relative tolerance is one of the step.
    const auto excess = [&](double position) {
        const design::Effect effect = effect_at(left + (position - 1) * step_);
        const NullLine line = no_effect_line_.moved_to(effect);
        const auto statistic = [&](std::size_t i) {
            const double z = score_z(cells_of(line.grid().table(i)), effect);
            return rule_.tail == Tail::two_sided ? std::abs(z) : z;
        };
        NullLine::GrowingRegion region = split.is_in(line);
        const double own = statistic(table);
        for (const std::size_t i : split.open) {
            if (is_at_least(statistic(i), own)) region.add(i);
        }
        math::BracketGoal goal;
        goal.width = 1e-6 * rule_.alpha;
        const double p = math::supremum(region.probability(), {}, goal).upper;
        return std::log(p / (rule_.alpha * (1 + alpha_slack)));
    };
    constexpr double tolerance = 1e-5;
    const math::Root root = math::bracketed_root(excess, 1, 2, tolerance);
    return {left + (root.value - 1) * step_, root.is_converged};
}

math::Root ScoreInversion::lower_limit(const design::Table2x2& table, double start) const {
    const auto last = static_cast<double>(last_index());
    const double estimate = std::clamp(coordinate_of(start) / step_, -last, last);
    const std::size_t index = no_effect_line_.grid().index_of(table);
    std::int64_t accepted = first_accepted(static_cast<std::int64_t>(std::floor(estimate)), index);
    if (accepted > 0 && !is_rejected(0, index)) accepted = 0;
    if (accepted == -last_index()) return {design::is_ratio(rule_.measure) ? 0.0 : -1.0, true};
    const math::Root change = change_above(accepted - 1, index);
    return {effect_at(change.value).value, change.is_converged};
}

}  // namespace rsasim::analysis
