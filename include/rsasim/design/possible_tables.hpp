#pragma once

#include <rsasim/design/design.hpp>

namespace rsasim::design {

/// Designs with more possible tables than these are tallied one by one.
inline constexpr double most_counted_tables = 1048576;  // 2^20

/// About how many 2x2 tables of the first set of women can come up: the fewest that leave out a
/// probability of 1e-12 in all. Taken as normal, with variances v_i for what varies from trial to
/// trial (the size of each arm in the table, the events given the sizes; d of them), they fill an
/// ellipsoid
///
///     V_d prod (r sqrt(v_i) + 1),   P(chi-square_d > r^2) = 1e-12,
///
/// with V_d the volume of the unit ball and 1 for its rim on the lattice. Each v_i is an upper
/// approximation, so the number is one too: a woman is left out with a variance of at most 1/4, and
/// of her own log odds' where no feature moves them, and has an outcome with one of 1/4, since her
/// rate may not have been solved for; the arms of a scheme are as uneven as Efron's
/// coin in each level that it looks at, or as its block, limit or independent allocation allows;
/// women count as independent. Additions, multiplications and roots alone, so that every machine
/// decides alike. Tested against enumerated tables and simulated arms.
double possible_tables(const Design& design);

}  // namespace rsasim::design
