#pragma once

#include "options.hpp"

#include <map>
#include <string>

namespace rsasim::commands {

/// Adds priors given as flags, as settings of their keys. A design without a scenario that leaves
/// its rates to priors takes their means and medians; a risk ratio the median of what the prior has
/// where the treated rate is at most 1.
void add_priors(DesignInput& input, const std::map<std::string, PlanningOptions::Prior>& priors);

}  // namespace rsasim::commands
