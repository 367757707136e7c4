#pragma once

#include <optional>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/analysis_plan.hpp>

namespace rsasim::analysis {

/// Numbers of women to treat; `to` may be infinite.
struct NumberRange {
    double from = 0;
    double to = 0;
    bool operator==(const NumberRange&) const = default;
};

/// The number needed to treat for one woman to benefit (NNTB), to be harmed (NNTH). An interval of
/// the risk difference that contains 0 gives both, joined at infinity.
struct NumberNeeded {
    std::optional<NumberRange> benefit;
    std::optional<NumberRange> harm;
    bool operator==(const NumberNeeded&) const = default;
};

/// 1 / d for all risk differences d of the interval, a single one where its limits are the same:
/// benefit on the favourable side of 0, harm on the other. Neither for [0, 0] and without limits.
/// Altman 1998, doi:10.1136/bmj.317.7168.1309. Tested against its example.
NumberNeeded number_needed(const Interval& risk_difference, design::Direction direction);

}  // namespace rsasim::analysis
