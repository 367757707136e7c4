#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include <sys/resource.h>

namespace bench {

/// What one run of a task took.
struct Cost {
    double wall_seconds = 0;
    double cpu_seconds = 0;
};

inline double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The run with the median wall time out of an odd number of runs.
template <class Task>
Cost median_cost(int repeats, Task task) {
    std::vector<Cost> costs;
    for (int i = 0; i < repeats; ++i) {
        const double cpu_before = cpu_seconds();
        const auto before = std::chrono::steady_clock::now();
        task();
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - before;
        costs.push_back({wall.count(), cpu_seconds() - cpu_before});
    }
    const auto middle = costs.begin() + repeats / 2;
    std::nth_element(costs.begin(), middle, costs.end(),
                     [](const Cost& a, const Cost& b) { return a.wall_seconds < b.wall_seconds; });
    return *middle;
}

/// One row of the result: task, tab, replicates per second.
inline void print_rate(const std::string& task, double replicates, const Cost& cost) {
    std::printf("%s\t%.0f\n", task.c_str(), replicates / cost.wall_seconds);
    std::fflush(stdout);
}

/// A row that is not a rate starts with #, so that readers of rates pass over it.
inline void print_note(const std::string& what, double value) {
    std::printf("# %s\t%.3f\n", what.c_str(), value);
    std::fflush(stdout);
}

}  // namespace bench
