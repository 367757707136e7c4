#pragma once

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/analysis_plan.hpp>
#include <rsasim/design/table.hpp>

namespace rsasim::analysis {

/// Relative slack of "P <= alpha". Exact P-values that equal alpha as fractions come out a few ulp
/// on either side of it; the slack puts all of them in the rejection region.
inline constexpr double alpha_slack = 1e-9;

/// Slack of "the interval contains the effect", relative to max(|effect|, 1).
inline constexpr double cover_slack = 1e-9;

/// A missing P-value (NaN) rejects nothing.
inline bool rejects(double p_value, double alpha) {
    return p_value <= alpha * (1 + alpha_slack);
}

enum class Position { covers, misses_below, misses_above, undefined };

/// Where the interval lies against the effect: `misses_below` when the whole interval lies below
/// it. Limits or effects that are NaN are `undefined`; an infinite effect is covered by an infinite
/// limit.
inline Position position_of(const Interval& interval, double effect) {
    if (std::isnan(interval.lower) || std::isnan(interval.upper) || std::isnan(effect)) {
        return Position::undefined;
    }
    if (std::isinf(effect)) {
        if (effect > 0) return interval.upper == effect ? Position::covers : Position::misses_below;
        return interval.lower == effect ? Position::covers : Position::misses_above;
    }
    const double slack = cover_slack * std::max(std::abs(effect), 1.0);
    if (interval.upper + slack < effect) return Position::misses_below;
    if (interval.lower - slack > effect) return Position::misses_above;
    return Position::covers;
}

/// The tail that a plan's rule looks at: both, or the one in the favourable direction. A test of
/// equivalence looks at one tail of each of its two nulls instead.
inline Tail deciding_tail(const design::AnalysisPlan& plan) {
    if (plan.sides == design::Sides::two) return Tail::two_sided;
    return plan.direction == design::Direction::higher_is_better ? Tail::greater : Tail::less;
}

/// Sign of the observed effect minus an effect, -1, 0 or 1; 0 where the observed one is 0/0. Exact
/// at no effect.
inline int side_of(const design::Table2x2& table, const design::Effect& effect) {
    if (effect.is_no_effect()) return design::side_of(table);
    const auto product = [](std::int64_t x, std::int64_t y) {
        return static_cast<double>(x) * static_cast<double>(y);
    };
    const auto& [treated, control] = table;
    const bool is_odds = effect.measure == design::Measure::odds_ratio;
    const double left = product(treated.events, is_odds ? control.non_events() : control.n);
    const double right = product(control.events, is_odds ? treated.non_events() : treated.n);
    const double excess = design::is_ratio(effect.measure)
                              ? left - effect.value * right
                              : left - right - effect.value * product(treated.n, control.n);
    return excess > 0 ? 1 : (excess < 0 ? -1 : 0);
}

/// True where the observed effect is strictly on the favourable side of the plan's null; for
/// equivalence, strictly between the margins.
inline bool is_favourable(const design::Table2x2& table, const design::AnalysisPlan& plan) {
    if (const auto& margins = plan.equivalence) {
        return side_of(table, {margins->measure, margins->lower}) > 0 &&
               side_of(table, {margins->measure, margins->upper}) < 0;
    }
    const int side = side_of(table, plan.null);
    return plan.direction == design::Direction::higher_is_better ? side > 0 : side < 0;
}

}  // namespace rsasim::analysis
