#pragma once

#include <cstddef>
#include <vector>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// The scenario with some of its cells alone; all axes are zipped into one.
scenario::Scenario with_cells(const scenario::Scenario& scenario,
                              const std::vector<std::size_t>& cells);

/// The scenario with at most `most` of its cells, spread evenly over the sweep.
scenario::Scenario with_some_cells(const scenario::Scenario& scenario, std::size_t most);

}  // namespace rsasim::commands
