#include <cmath>

#include <rsasim/analysis/number_needed.hpp>

namespace rsasim::analysis {
namespace {

/// 1 / d for the differences above 0 of [lower, upper].
std::optional<NumberRange> reciprocals(double lower, double upper) {
    if (!(upper > 0)) return std::nullopt;
    return NumberRange{1 / upper, lower > 0 ? 1 / lower : infinity};
}

}  // namespace

NumberNeeded number_needed(const Interval& risk_difference, design::Direction direction) {
    const auto [lower, upper] = risk_difference;
    if (std::isnan(lower) || std::isnan(upper)) return {};
    const auto above = reciprocals(lower, upper);
    const auto below = reciprocals(-upper, -lower);
    if (direction == design::Direction::higher_is_better) return {above, below};
    return {below, above};
}

}  // namespace rsasim::analysis
