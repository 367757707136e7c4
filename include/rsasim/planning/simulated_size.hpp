#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <rsasim/planning/allocation_ratio.hpp>
#include <rsasim/planning/crossing_search.hpp>

namespace rsasim::planning {

/// Rejections among simulated trials of one size.
struct SizeLook {
    design::ArmSizes sizes;
    std::int64_t replicates = 0;
    std::int64_t rejected = 0;
};

/// Simulates trials of each of the sizes, as SimulatePowers does.
using SimulateSizes = std::function<std::vector<SizeLook>(
    const std::vector<design::ArmSizes>& sizes, std::int64_t replicates, int round)>;

struct SimulatedSizeQuestion {
    AllocationRatio ratio{1, 1};
    double power = 0.9;
    double level = 0.025;               ///< one-sided level of the test, for first guesses
    std::int64_t start = 150;           ///< women in both arms, a first guess
    std::int64_t cap = 20'000;          ///< women in both arms, at most
    std::int64_t replicates = 100'000;  ///< in all, at least least_replicates
    double confidence = 0.99;           ///< of the interval
};

/// A size found by simulation. It has an interval, and is neither the first nor a stable one.
struct SimulatedSize {
    design::ArmSizes sizes;  ///< the next whole step of the ratio
    double women = 0;        ///< in both arms, where the fitted power crosses the target
    std::int64_t lower = 0;  ///< women in both arms: whole steps around the interval
    std::int64_t upper = 0;
    double power = 0;             ///< fitted, at `sizes`
    double power_error = 0;       ///< its standard error
    std::int64_t replicates = 0;  ///< spent, in all
    std::vector<SizeLook> looks;  ///< that the curve was fitted to, by size
};

/// The size at which simulated power crosses the target, by a curve in the root of the number of
/// women. Each round of find_power_crossing looks at every size within 12 per cent, or at some
/// forty of them, so that the saw-tooth of exact power averages out.
///
/// Throws std::invalid_argument with the reason where there are too few replicates, where no size
/// up to the cap has the power, or where the power does not grow enough with the size.
SimulatedSize simulated_sample_size(const SimulatedSizeQuestion& question,
                                    const SimulateSizes& simulate);

}  // namespace rsasim::planning
