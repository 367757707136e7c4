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

/// The tail that a plan's rule looks at: both, or the one in the favourable direction.
inline Tail deciding_tail(const design::AnalysisPlan& plan) {
    if (plan.sides == design::Sides::two) return Tail::two_sided;
    return plan.direction == design::Direction::higher_is_better ? Tail::greater : Tail::less;
}

/// True where the observed difference is strictly on the favourable side.
inline bool is_favourable(const design::Table2x2& table, design::Direction direction) {
    const int side = design::side_of(table);
    return direction == design::Direction::higher_is_better ? side > 0 : side < 0;
}

}  // namespace rsasim::analysis
