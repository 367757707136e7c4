#pragma once

#include <cstddef>
#include <functional>

namespace rsasim::engine {

/// Cores this process may use: the least of SLURM_CPUS_PER_TASK, the affinity mask, the cgroup
/// quota and the hardware.
unsigned available_threads();

/// Runs `body(first, last)` over disjoint pieces of [0, n) on at most `threads` threads; pieces
/// have at least `grain` items. Returns when all are done; the first exception is rethrown here.
void for_each_range(std::size_t n, std::size_t grain, unsigned threads,
                    const std::function<void(std::size_t first, std::size_t last)>& body);

}  // namespace rsasim::engine
