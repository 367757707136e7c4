#pragma once

#include "options.hpp"

#include <string>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Reads and checks the design; its notes go to standard error unless `quiet`.
/// Throws scenario::InputErrors or files::FileError.
scenario::Scenario read_input(const DesignInput& input, bool quiet);

}  // namespace rsasim::commands
