#pragma once

#include <cstddef>

#include <rsasim/design/trial_batch.hpp>

namespace rsasim::analysis {

/// Women of one stratum and lane in one double: n + 2^13 treated + 2^26 events + 2^39 treated
/// events, exact for up to 8191 women.
struct PackedCounts {
    static constexpr int bits = 13;
    static constexpr std::size_t most_women = (std::size_t{1} << bits) - 1;
};

/// Some of the women, and the strata that are counted.
struct CountTask {
    const design::PatientColumns* columns = nullptr;
    const double* stratum = nullptr;  ///< null: all are in stratum 0
    std::size_t first_woman = 0;
    std::size_t last_woman = 0;  ///< one beyond; at most PackedCounts::most_women from the first
    std::size_t strata = 1;
};

/// packed[stratum * lanes + lane] = that stratum's women, for all 8 lanes; what lanes that are not
/// live get is of no use.
void count_packed(const CountTask& task, double* packed);

}  // namespace rsasim::analysis
