#pragma once

#include "covariate_use.hpp"

#include <vector>

#include <rsasim/analysis/finding.hpp>

namespace rsasim::analysis {

struct ScoreRange {
    double lower = -infinity;
    double upper = infinity;
};

/// A range for every covariate in use.
using ScoreBox = std::vector<ScoreRange>;

/// Cuts the scores into boxes at the thresholds of comparisons, so that integrands have no jumps
/// within them, as long as they are few; boxes that eligibility excludes are left out. Jumps of
/// further covariates, and those between the values of discrete ones, remain.
std::vector<ScoreBox> lattice_strata(const design::PatientModel& model,
                                     const std::vector<CovariateUse>& uses);

}  // namespace rsasim::analysis
