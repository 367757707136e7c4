#pragma once

#include "population.hpp"

#include <vector>

namespace rsasim::analysis {

/// Independent randomisations of the lattice: as many estimates, whose spread gives the error.
inline constexpr std::size_t lattice_shifts = 16;
/// Points of each where no threshold divides them; some more where they do.
inline constexpr std::size_t lattice_points = 16384;

/// Women by randomised quasi-Monte Carlo, before eligibility: a rank-1 lattice with product weights
/// 1 / j^2 (Sloan & Reztsov 2002, doi:10.1090/s0025-5718-01-01342-4, component by component),
/// shifted at random, made periodic by Sidi's sine transformation (Sidi 2006,
/// doi:10.1090/S0025-5718-05-01773-4) or, of many coordinates, the baker's (Hickernell 2002, in
/// Fang, Hickernell & Niederreiter, Monte Carlo and Quasi-Monte Carlo Methods 2000, 274-289), and
/// mapped to scores coordinate by coordinate, each restricted given those before (Genz 1992,
/// doi:10.1080/10618600.1992.10477010). Ranges between thresholds are integrated apart
/// (lattice_strata.hpp). One population per shift; the shifts are fixed.
std::vector<Population> lattice_populations(const design::PatientModel& model,
                                            const std::vector<CovariateUse>& uses);

}  // namespace rsasim::analysis
