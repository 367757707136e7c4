#pragma once

#include "population.hpp"

#include <cstdint>
#include <vector>

namespace rsasim::analysis {

/// A probability at every node, by the arm allotted.
struct ArmProbabilities {
    std::vector<double> treated, control;
};

/// What happens to the women of each node, whichever analysis looks at it.
struct OutcomeLaw {
    /// Primary success whatever treatment was taken: non-adherers take the other arm's.
    ArmProbabilities policy;
    /// Success that is observed: missing counts as no event. Empty: nobody drops out.
    ArmProbabilities composite;
    /// The women of an arm who take the treatment, not the control. Empty: all adhere.
    ArmProbabilities takes_treatment;

    [[nodiscard]] const ArmProbabilities& composite_or_policy() const {
        return composite.treated.empty() ? policy : composite;
    }
};

/// `women`: of the trial, for the time trend.
OutcomeLaw outcome_law(const design::PatientModel& model, const Population& population,
                       std::int64_t women);

}  // namespace rsasim::analysis
