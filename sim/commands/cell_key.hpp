#pragma once

#include <cstddef>

#include <rsasim/random/stream_key.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// The key of a cell's random numbers: one for all cells, or one for each trial model.
random::StreamKey key_of_cell(const scenario::Scenario& scenario, std::size_t cell);

}  // namespace rsasim::commands
