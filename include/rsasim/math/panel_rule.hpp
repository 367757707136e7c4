#pragma once

#include <cstddef>
#include <vector>

namespace rsasim::math {

/// A point of a quadrature rule and its weight.
struct WeightedPoint {
    double at = 0;
    double weight = 0;
};

/// Points per panel of panel_rule.
inline constexpr std::size_t points_per_panel = 16;

/// Gauss-Legendre quadrature on `panels` >= 1 equal parts of [lower, upper], each with
/// points_per_panel points, in ascending order: exact for polynomials of degree 31 on each part.
/// Nothing where lower >= upper.
std::vector<WeightedPoint> panel_rule(double lower, double upper, std::size_t panels);

}  // namespace rsasim::math
