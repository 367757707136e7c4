#include "cgroup_quota.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>
#include <thread>

#include <sched.h>

#include <rsasim/engine/parallel.hpp>

namespace rsasim::engine {
namespace {

/// No limit known.
constexpr unsigned unlimited = 0;

unsigned slurm_limit() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in the program changes the environment
    const char* const text = std::getenv("SLURM_CPUS_PER_TASK");
    if (text == nullptr) return unlimited;
    const std::string_view digits(text);
    unsigned cores = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), cores);
    return result.ec == std::errc{} ? cores : unlimited;
}

unsigned affinity_limit() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) return unlimited;
    return static_cast<unsigned>(CPU_COUNT(&set));
}

/// A quota of one and a half cores is used by two threads.
unsigned cgroup_limit() {
    const auto quota = cgroup_quota("/proc/self/cgroup", "/sys/fs/cgroup");
    return quota ? static_cast<unsigned>(std::ceil(*quota)) : unlimited;
}

}  // namespace

unsigned available_threads() {
    unsigned threads = std::max(std::thread::hardware_concurrency(), 1U);
    for (const unsigned limit : {slurm_limit(), affinity_limit(), cgroup_limit()}) {
        if (limit != unlimited) threads = std::min(threads, limit);
    }
    return threads;
}

}  // namespace rsasim::engine
