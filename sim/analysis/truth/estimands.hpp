#pragma once

#include "population.hpp"

#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/design/patient_plan.hpp>

namespace rsasim::analysis {

/// What the methods of a plan estimate in one population.
struct Estimands {
    design::Rates rates;  ///< of the first set's table
    double eligible = 1;
    std::vector<double> methods;
};

Estimands estimands_in(const Population& population, const design::PatientModel& model,
                       design::ArmSizes sizes, const design::PatientPlan& plan);

}  // namespace rsasim::analysis
