#pragma once

#include "population.hpp"
#include "small_matrix.hpp"

#include <optional>
#include <vector>

namespace rsasim::analysis {

/// The correlations of the normal scores of the covariates in use.
SquareMatrix score_correlation(const design::PatientModel& model,
                               const std::vector<CovariateUse>& uses);

/// The product of every covariate's rule, before eligibility: exact sums over discrete covariates,
/// quadrature to about 1e-10 over continuous ones. Nothing where the nodes are too many.
std::optional<Population> tensor_population(const design::PatientModel& model,
                                            const std::vector<CovariateUse>& uses);

}  // namespace rsasim::analysis
