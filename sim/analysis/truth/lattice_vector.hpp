#pragma once

#include <cstdint>

namespace rsasim::analysis {

/// Generating vector for 2^14 points: each component minimises, given those before, the sum of the
/// worst-case error's squares in the space of once-differentiable periodic functions, i.e. of
/// prod_j (1 + j^-2 2 pi^2 B_2({i g_j / n})), over all odd numbers below n / 2.
inline constexpr std::uint32_t lattice_vector[] = {
    1,    6229, 2691, 4955, 1105, 4335, 465,  1435, 1003, 4049, 1185, 5245, 3565, 5479, 4497, 6453,
    2097, 1061, 3637, 3993, 2147, 3417, 1479, 6651, 5103, 7067, 301,  6789, 3837, 2345, 1775, 6083,
    7681, 5493, 2839, 4207, 2777, 3197, 4893, 1875, 3447, 8157, 5875, 3711, 2383, 5331, 6949, 6117,
    5953, 1549, 5647, 3599, 6991, 741,  6037, 4809, 4861, 4721, 6891, 2363, 5779, 5583, 2351, 5175};

}  // namespace rsasim::analysis
