#pragma once

#include "options.hpp"

#include <string>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Reads and checks the design, for its powers alone or with all truths; its notes go to standard
/// error unless `quiet`. Throws scenario::InputErrors or files::FileError.
scenario::Scenario read_input(const DesignInput& input, bool quiet,
                              scenario::Truths truths = scenario::Truths::all);

}  // namespace rsasim::commands
