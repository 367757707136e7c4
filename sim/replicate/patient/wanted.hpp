#pragma once

#include "covariate_draws.hpp"

#include <rsasim/design/patient_model.hpp>
#include <rsasim/replicate/patient_trial.hpp>

namespace rsasim::replicate {

/// What must be drawn for the trial itself and for its analyses.
struct WantedColumns {
    WantedCovariates covariates;
    std::vector<bool> biomarkers;
};

WantedColumns wanted_columns(const design::PatientModel& model, const PatientColumnsNeeded& needed);

}  // namespace rsasim::replicate
