#pragma once

#include <cstdint>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Seconds that pieces of a run's work take on this machine.
struct WorkRates {
    double simulate_seconds = 0;  ///< per unit of cost, on all threads
    double begin_seconds = 0;     ///< per block, on all threads
    double prepare_seconds = 0;   ///< to judge a first table of some arm sizes, on one thread
    double judge_seconds = 0;     ///< per further table, on one thread
    double prepare_bytes = 0;     ///< kept to judge tables of some arm sizes

    /// Replicates of such a cost that can be simulated in so many seconds, from one to `most`.
    [[nodiscard]] std::int64_t affordable_replicates(double cost, double seconds,
                                                     std::int64_t most) const;
};

/// What the program has of the heap.
double heap_bytes();

/// The cost of one replicate of every cell (see cost_of_replicate).
double cost_of_each(const scenario::Scenario& scenario);

/// Measured in a third of a second on some replicates of each cell, and on tables of some; in
/// more only where a few trials already take longer.
WorkRates measure_rates(const scenario::Scenario& tried, unsigned threads);

}  // namespace rsasim::commands
