#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

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

/// Marginal rates that the pathway is to have among eligible women, if all took the treatment of
/// their arm.
struct TargetRates {
    std::optional<double> control;  ///< sets the intercept of stage `free_stage`
    std::optional<double> treated;  ///< sets its treatment effect
    std::size_t free_stage = 0;
    std::int64_t women = 0;  ///< whose entries the time trend is averaged over; 0: very many
};

/// The model with the free stage solved for. Throws ImpossibleModel.
design::PatientModel calibrated(design::PatientModel model, const TargetRates& targets);

/// What every method of the plan estimates, and the rates of the 2x2 table of its first set, by
/// integration over eligible women at the design's allocation. Throws ImpossibleModel.
design::PatientTruth truth_of(const design::PatientModel& model, design::ArmSizes sizes,
                              const design::PatientPlan& plan);

}  // namespace rsasim::analysis
