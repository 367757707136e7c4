#pragma once

#include "cell_reader.hpp"
#include "conditions.hpp"

#include <vector>

namespace rsasim::scenario {

/// Shares are decimals that somebody added up.
inline constexpr double sum_slack = 1e-9;

/// One [[covariate]] of a cell.
CovariateEntry read_covariate(const CellReader& cell, const NamedEntry& entry);

/// The covariates of a cell in the order of the scenario, the centre last. Missing and
/// contradicting parameters are faults; what is at fault keeps its place.
std::vector<CovariateEntry> read_covariates(const CellReader& cell);

/// The correlation matrix of the normal scores, row by row; empty where none is given. One that is
/// not positive definite is a fault.
std::vector<double> read_correlation(const CellReader& cell,
                                     const std::vector<CovariateEntry>& covariates);

design::Eligibility read_eligibility(const CellReader& cell,
                                     const std::vector<CovariateEntry>& covariates);

/// The factors that a list names; more than 10,000 strata are a fault.
std::vector<design::Factor> read_factors(const CellReader& cell, std::string_view path,
                                         const std::vector<CovariateEntry>& covariates);

}  // namespace rsasim::scenario
