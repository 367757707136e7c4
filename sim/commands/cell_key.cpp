#include "cell_key.hpp"

namespace rsasim::commands {

random::StreamKey key_of_cell(const scenario::Scenario& scenario, std::size_t cell) {
    if (scenario.common_random_numbers) return random::stream_key(scenario.seed);
    return random::stream_key(scenario.seed, scenario.grid.cells[cell].design.model_text());
}

}  // namespace rsasim::commands
