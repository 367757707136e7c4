#pragma once

#include <stdexcept>

#include <rsasim/design/design.hpp>
#include <rsasim/design/patient_model.hpp>
#include <rsasim/design/patient_plan.hpp>
#include <rsasim/design/patient_truth.hpp>

namespace rsasim::analysis {

/// A model for which something cannot be: eligibility that nobody meets, a rate that cannot be
/// reached. The text says which and why.
class ImpossibleModel : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The model with its free stages solved for: it meets its targets. Throws ImpossibleModel.
design::PatientModel calibrated(design::PatientModel model);

/// What every method of the plan estimates, and the rates of the 2x2 table of its first set, by
/// integration over eligible women at the design's allocation. Throws ImpossibleModel.
design::PatientTruth truth_of(const design::PatientModel& model, design::ArmSizes sizes,
                              const design::PatientPlan& plan);

}  // namespace rsasim::analysis
