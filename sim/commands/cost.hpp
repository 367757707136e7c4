#pragma once

#include <cstdint>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// What a run is expected to need, reading the scenario left out.
struct Cost {
    double seconds = 0;
    double memory_bytes = 0;
    double file_bytes = 0;
};

/// The sum of the cells' replicates.
std::int64_t total_replicates(const scenario::Scenario& scenario);

/// Does a small piece of the very work on this machine, in about half a second, and scales it up:
/// some replicates of a few cells spread over the sweep, their judging, their file.
Cost predict_cost(const scenario::Scenario& scenario, unsigned threads);

}  // namespace rsasim::commands
