#pragma once

#include <span>

namespace rsasim::math {

/// De Casteljau's scheme at 1/2: Bernstein coefficients `c` on a range become those on its upper
/// half, and `below`, of the same size, those on its lower half. N^2 / 2 averages of neighbours.
void cut_in_the_middle(std::span<double> c, std::span<double> below);

}  // namespace rsasim::math
