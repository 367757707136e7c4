#pragma once

#include "population.hpp"

#include <vector>

#include <rsasim/design/patient_plan.hpp>

namespace rsasim::analysis {

/// The eligible women: one population where a product rule of moderate size integrates over them,
/// several randomised ones elsewhere. Throws ImpossibleModel where nobody is eligible.
std::vector<Population> eligible_women(const design::PatientModel& model,
                                       const design::PatientPlan* plan);

}  // namespace rsasim::analysis
