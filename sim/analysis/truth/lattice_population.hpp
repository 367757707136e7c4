#pragma once

#include "population.hpp"

#include <vector>

namespace rsasim::analysis {

/// Independent randomisations of the lattice: as many estimates, whose spread gives the error.
inline constexpr std::size_t lattice_shifts = 16;
/// Points of each.
inline constexpr std::size_t lattice_points = 16384;

/// Women by randomised quasi-Monte Carlo, before eligibility: a rank-1 lattice with product weights
/// 1 / j^2 (Sloan & Reztsov 2002, doi:10.1090/s0025-5718-01-01342-4, component by component),
/// shifted at random, folded by the baker's transformation (Hickernell 2002,
/// doi:10.1007/978-3-642-56046-0_17) and mapped to scores coordinate by coordinate. Rules of
/// eligibility about one covariate restrict its conditional range and enter as weights (Genz 1992,
/// doi:10.1080/10618600.1992.10477010). One population per shift; the shifts are fixed.
std::vector<Population> lattice_populations(const design::PatientModel& model,
                                            const std::vector<CovariateUse>& uses);

}  // namespace rsasim::analysis
