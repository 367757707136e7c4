#pragma once

#include <string>

namespace rsasim::commands {

/// The page rsasim-scenario(5): every key of a scenario, from the table that the reader uses.
std::string scenario_page();

}  // namespace rsasim::commands
