#pragma once

#include <array>

#include <rsasim/scenario/keys.hpp>

namespace rsasim::scenario {

inline constexpr Range margin_ratio_range{0, std::numeric_limits<double>::infinity(), Ends::open};
inline constexpr Range margin_difference_range{-1, 1, Ends::open};

/// The key of a null or of a margin of equivalence.
constexpr KeyRow margin_row(std::string_view path, std::string_view axis_name, int way,
                            const Range& range, std::string_view meaning) {
    KeyRow row;
    row.path = path;
    row.kind = Kind::number;
    row.range = range;
    row.sweep = Sweep::allowed;
    row.question = Question::null;
    row.way = way;
    row.axis_name = axis_name;
    row.meaning = meaning;
    const bool is_ratio = range.lowest == 0;
    row.rule = is_ratio ? "a ratio of odds or risks is finite and lies above 0"
                        : "a margin of the risk difference lies between -1 and 1, without the ends";
    row.remedy = is_ratio ? "Write 1 for no effect." : "Write 10 percentage points as 0.10.";
    return row;
}

/// analysis.null and analysis.equivalence, a key for each scale and bound.
inline constexpr std::array margin_rows{
    margin_row("analysis.null.odds_ratio", "null_value", 1, margin_ratio_range,
               "Odds ratio that the tests test"),
    margin_row("analysis.null.risk_difference", "null_value", 2, margin_difference_range,
               "Risk difference that the tests test"),
    margin_row("analysis.null.risk_ratio", "null_value", 3, margin_ratio_range,
               "Risk ratio that the tests test"),
    margin_row("analysis.equivalence.odds_ratio.lower", "equivalence_lower", 4, margin_ratio_range,
               "Lower margin of equivalence, an odds ratio"),
    margin_row("analysis.equivalence.odds_ratio.upper", "equivalence_upper", 4, margin_ratio_range,
               "Upper margin of equivalence, an odds ratio"),
    margin_row("analysis.equivalence.risk_difference.lower", "equivalence_lower", 5,
               margin_difference_range, "Lower margin of equivalence, a risk difference"),
    margin_row("analysis.equivalence.risk_difference.upper", "equivalence_upper", 5,
               margin_difference_range, "Upper margin of equivalence, a risk difference"),
    margin_row("analysis.equivalence.risk_ratio.lower", "equivalence_lower", 6, margin_ratio_range,
               "Lower margin of equivalence, a risk ratio"),
    margin_row("analysis.equivalence.risk_ratio.upper", "equivalence_upper", 6, margin_ratio_range,
               "Upper margin of equivalence, a risk ratio"),
};

}  // namespace rsasim::scenario
