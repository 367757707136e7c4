#pragma once

#include <cstdint>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// What a run is expected to need.
struct Cost {
    double seconds = 0;
    double memory_bytes = 0;
    double file_bytes = 0;
};

/// The sum of the cells' replicates.
std::int64_t total_replicates(const scenario::Scenario& scenario);

/// Measures a small piece of the very work (simulating and judging, well under a second) on this
/// machine and scales it up.
Cost predict_cost(const scenario::Scenario& scenario, unsigned threads);

}  // namespace rsasim::commands
