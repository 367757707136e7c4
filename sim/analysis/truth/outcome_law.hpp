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

/// Averaged over the centres' random effects. `women`: of the trial, for the time trend.
OutcomeLaw outcome_law(const design::PatientModel& model, const Population& population,
                       std::int64_t women);

/// The law where the random effect of the woman's centre is one of the points of a rule, with the
/// point's weight; the weights sum to 1.
struct LawGivenEffect {
    double probability = 1;
    OutcomeLaw law;
};

/// The same by the effect of the centre. Empty where centres have none.
std::vector<LawGivenEffect> laws_given_centre_effects(const design::PatientModel& model,
                                                      const Population& population,
                                                      std::int64_t women);

}  // namespace rsasim::analysis
