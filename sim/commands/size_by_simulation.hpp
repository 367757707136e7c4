#pragma once

#include "options.hpp"

#include <string>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Searches a size by simulation and prints it; `why` says why it is not by enumeration. Throws
/// scenario::InputErrors.
void print_size_by_simulation(const PlanningOptions& options, const scenario::Scenario& scenario,
                              const std::string& why);

}  // namespace rsasim::commands
