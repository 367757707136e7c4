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

std::vector<double> ScoreInversion::statistics(const design::Effect& effect) const {
    return score_statistics(TableGrid(sizes_), rule_.tail, effect);
}

bool ScoreInversion::grid_rejects(std::int64_t index, const design::Table2x2& table) const {
    const design::Effect effect = effect_at(static_cast<double>(index) * step_);
    GridPoint& point = points_[static_cast<std::size_t>(index + last_index())];
    std::call_once(point.is_found, [&] {
        const auto line = std::make_shared<const NullLine>(no_effect_line_.moved_to(effect));
        point.level = OrderedTables(line, statistics(effect)).critical_level(rule_.alpha);
    });
    if (point.level.is_empty) return false;
    const double z = score_z(cells_of(table), effect);
    return is_at_least(rule_.tail == Tail::two_sided ? std::abs(z) : z, point.level.statistic);
}

bool ScoreInversion::no_effect_accepts(const design::Table2x2& table) const {
    return !grid_rejects(0, table);
}

std::int64_t ScoreInversion::first_accepted(std::int64_t start,
                                            const design::Table2x2& table) const {
    std::int64_t accepted = start;
    while (grid_rejects(accepted, table))
        ++accepted;
    std::int64_t rejected_in_a_row = 0;
    for (std::int64_t i = accepted - 1; i >= -last_index() && rejected_in_a_row < points_beyond;
         --i) {
        if (grid_rejects(i, table)) {
            ++rejected_in_a_row;
        } else {
            accepted = i;
            rejected_in_a_row = 0;
        }
    }
    return accepted;
}

double ScoreInversion::excess(double coordinate, const design::Table2x2& table) const {
    const design::Effect effect = effect_at(coordinate);
    const OrderedTables tables(std::make_shared<const NullLine>(no_effect_line_.moved_to(effect)),
                               statistics(effect));
    math::BracketGoal goal;
    goal.width = 1e-9 * rule_.alpha;
    const double p = tables.p_value(tables.statistic(table), goal).upper;
    return std::log(p / (rule_.alpha * (1 + alpha_slack)));
}

math::Root ScoreInversion::lower_limit(const design::Table2x2& table, double start) const {
    constexpr double tolerance = 1e-8;
    const double estimate =
        std::clamp(coordinate_of(start) / step_, static_cast<double>(-last_index()),
                   static_cast<double>(last_index()));
    std::int64_t accepted = first_accepted(static_cast<std::int64_t>(std::floor(estimate)), table);
    if (accepted > 0 && no_effect_accepts(table)) accepted = 0;
    if (accepted == -last_index()) return {design::is_ratio(rule_.measure) ? 0.0 : -1.0, true};
    const double inside = static_cast<double>(accepted) * step_;
    const auto function = [&](double coordinate) { return excess(coordinate, table); };
    const math::Root root = math::bracketed_root(function, inside - step_, inside, tolerance);
    return {effect_at(root.value).value, root.is_converged};
}

}  // namespace rsasim::analysis
