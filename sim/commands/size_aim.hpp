#pragma once

#include "options.hpp"

#include <rsasim/files/planning_text.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// What a size is sought for, and how it is asked.
struct ChosenAim {
    files::SizeAim aim;
    planning::SharedGoal goal;
};

/// From the flags, and the prior of the scenario or the flags. `plan` has one test; for a
/// half-width one interval. Throws scenario::InputErrors, or std::invalid_argument with a reason.
ChosenAim choose_aim(const PlanningOptions& options, const scenario::Scenario& scenario,
                     const design::Rates& rates, const planning::SharedPlan& plan);

/// Throws scenario::InputErrors where the flags have several aims.
void require_one_aim(const PlanningOptions& options);

/// True where the flags ask for an assurance.
bool asks_for_assurance(const PlanningOptions& options);

}  // namespace rsasim::commands
