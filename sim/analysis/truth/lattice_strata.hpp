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

struct LatticeStrata {
    std::vector<ScoreBox> boxes;
    bool have_jumps = false;  ///< within boxes
};

/// Cuts the scores into boxes at the thresholds of comparisons and between the values of discrete
/// covariates of few values, so that integrands have no jumps within them, as long as the boxes
/// are few; those that eligibility excludes are left out.
LatticeStrata lattice_strata(const design::PatientModel& model,
                             const std::vector<CovariateUse>& uses);

}  // namespace rsasim::analysis
