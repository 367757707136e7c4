#include "constant_feature.hpp"

#include "conditions.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

namespace rsasim::scenario {
namespace {

/// A comparison with a number, of whichever covariate; nothing where the right side is a level.
std::optional<design::Feature> numeric(const Condition& condition) {
    const auto threshold = finite_number_in(condition.right);
    if (!threshold) return std::nullopt;
    return design::Feature{0, condition.comparison, *threshold, 0, 1, {}};
}

/// Both steps where they are, between them and outside: comparisons change nowhere else.
std::vector<double> places_about(double first, double second) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<double> places{-infinity, infinity};
    for (const double step : {first, second}) {
        places.push_back(step);
        places.push_back(std::nextafter(step, -infinity));
        places.push_back(std::nextafter(step, infinity));
    }
    return places;
}

}  // namespace

bool is_constant_where(std::string_view feature, std::string_view condition) {
    const auto holds = condition_in(condition);
    const auto compared = condition_in(feature);
    if (!holds || (compared ? compared->name : canonical_condition(feature)) != holds->name)
        return false;
    if (holds->comparison == design::Comparison::equal) return true;
    const auto inside = numeric(*holds);
    const auto of_women = compared ? numeric(*compared) : std::nullopt;
    if (!inside || !of_women) return false;
    std::vector<double> seen;
    for (const double value : places_about(inside->threshold, of_women->threshold))
        if (inside->of(value) != 0) seen.push_back(of_women->of(value));
    return std::ranges::adjacent_find(seen, std::not_equal_to<>()) == seen.end();
}

}  // namespace rsasim::scenario
