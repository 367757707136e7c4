#pragma once

#include <cstddef>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// The scenario with at most `most` of its cells, spread evenly over the sweep; all axes are zipped
/// into one.
scenario::Scenario with_some_cells(const scenario::Scenario& scenario, std::size_t most);

}  // namespace rsasim::commands
