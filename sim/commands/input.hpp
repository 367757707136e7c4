#pragma once

#include "options.hpp"

#include <string>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Reads and checks the design, for its powers alone or with all truths; its notes go to standard
/// error unless `quiet`. Throws scenario::InputErrors or files::FileError.
scenario::Scenario read_input(const DesignInput& input, bool quiet,
                              scenario::Truths truths = scenario::Truths::all);

/// Reads and checks the design, and solves for none of its models (see scenario::solve). Throws as
/// read_input.
scenario::Scenario describe_input(const DesignInput& input);

void tell_notes(const scenario::Scenario& scenario);

}  // namespace rsasim::commands
