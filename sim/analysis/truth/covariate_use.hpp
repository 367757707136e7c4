#pragma once

#include <cstddef>
#include <vector>

#include <rsasim/design/patient_model.hpp>
#include <rsasim/design/patient_plan.hpp>

namespace rsasim::analysis {

/// What an integral over women asks of one covariate.
struct CovariateUse {
    std::size_t covariate = 0;                          ///< of the model
    std::vector<design::Feature> features;              ///< all that read it
    std::vector<double> cuts;                           ///< of factors
    std::vector<std::vector<design::Term>> predictors;  ///< its terms in each linear predictor

    /// False where only comparisons read it, so that nothing changes between their thresholds.
    [[nodiscard]] bool is_smooth() const;
};

/// The covariates that eligibility, outcome, adherence, drop-out or an analysis of the plan reads,
/// ascending; the others integrate out. Without a plan: those of eligibility and outcome alone.
std::vector<CovariateUse> covariate_uses(const design::PatientModel& model,
                                         const design::PatientPlan* plan);

}  // namespace rsasim::analysis
