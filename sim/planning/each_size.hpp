#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <rsasim/planning/probit_curve.hpp>

namespace rsasim::planning {

/// Simulates trials of `replicates` each at the steps of a ratio from `first` to `last`.
using SimulateSteps = std::function<std::vector<PowerLook>(std::int64_t first, std::int64_t last,
                                                           std::int64_t replicates)>;

struct EachSizeQuestion {
    double power = 0.9;
    std::int64_t last = 1;              ///< of the steps that are looked at
    std::int64_t replicates = 100'000;  ///< in all
    double confidence = 0.99;           ///< of the interval
};

/// Whole steps of a ratio.
struct StepInterval {
    std::int64_t lower = 0;
    std::int64_t at = 0;  ///< the smallest whose simulated power reaches the target
    std::int64_t upper = 0;
};

/// The smallest size with a power, among small ones: their power is no smooth curve, so each is
/// simulated, first from 1 to `last`, and again, with most of the replicates, from the smallest
/// that may have the power to the smallest that surely has. The interval holds the smallest size
/// that has it with at least this confidence: binomial limits of Clopper & Pearson 1934
/// (doi:10.1093/biomet/26.4.404) at every size, in each round shared out by Bonferroni. Nothing
/// where no size up to `last` surely has the power.
std::optional<StepInterval> smallest_of_each(const EachSizeQuestion& question,
                                             const SimulateSteps& simulate);

}  // namespace rsasim::planning
