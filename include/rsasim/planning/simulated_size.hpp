#pragma once

#include <cstdint>
#include <functional>
#include <optional>
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

/// Sizes up to which each is simulated.
inline constexpr std::int64_t few_steps = 12;

struct SimulatedSizeQuestion {
    AllocationRatio ratio{1, 1};
    double power = 0.9;
    double level = 0.025;               ///< one-sided level of the test, for first guesses
    std::int64_t start = 150;           ///< women in both arms, a first guess
    std::int64_t cap = 20'000;          ///< women in both arms, at most
    std::int64_t replicates = 100'000;  ///< in all, at least least_replicates
    double confidence = 0.99;           ///< of the interval
};

/// The size found by simulation. It has an interval, and is neither the first nor a stable one.
struct SimulatedSize {
    /// What a fitted curve has at a size.
    struct Fitted {
        double power = 0;
        double error = 0;  ///< standard error
    };
    design::ArmSizes sizes;  ///< the next whole step of the ratio
    double women = 0;        ///< in both arms, where the power crosses the target
    std::int64_t lower = 0;  ///< women in both arms: whole steps around the interval
    std::int64_t upper = 0;
    std::optional<Fitted> curve;  ///< at `sizes`; nothing where each size was simulated
    SizeLook at_sizes;            ///< trials of `sizes`, independent of all that led there
    std::int64_t replicates = 0;  ///< spent, in all
    std::vector<SizeLook> looks;  ///< that the curve was fitted to, by size; or of each size
};

/// The size at which simulated power crosses the target, by a curve in the root of the number of
/// women. Each round of find_power_crossing looks at every size within 12 per cent, or at some
/// forty of them, so that the saw-tooth of exact power averages out. Where that would be a handful
/// of sizes, a guess of at most `few_steps` of the ratio, each size is simulated instead
/// (each_size.hpp), and the answer is the smallest with the power. A quarter of the replicates goes
/// to trials of the size found, whose share of rejections is its power: the curve has none of the
/// saw-tooth.
///
/// Throws std::invalid_argument with the reason where there are too few replicates, where no size
/// up to the cap has the power, or where the power does not grow enough with the size.
SimulatedSize simulated_sample_size(const SimulatedSizeQuestion& question,
                                    const SimulateSizes& simulate);

}  // namespace rsasim::planning
