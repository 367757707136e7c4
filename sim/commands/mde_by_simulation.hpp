#pragma once

#include "options.hpp"

#include <string>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Searches the detectable effects by simulation and prints them; `why` says why they are not
/// sought by enumeration. Throws scenario::InputErrors.
void print_mde_by_simulation(const PlanningOptions& options, const scenario::Scenario& scenario,
                             const std::string& why);

}  // namespace rsasim::commands
