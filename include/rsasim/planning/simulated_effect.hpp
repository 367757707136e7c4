#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/planning/crossing_search.hpp>

namespace rsasim::planning {

/// Rejections among simulated trials with one treated rate.
struct RateLook {
    double treated_rate = 0;
    std::int64_t replicates = 0;
    std::int64_t rejected = 0;
};

/// Simulates trials with about each of the treated rates, as SimulatePowers does; a look has the
/// rate that its trials had.
using SimulateRates = std::function<std::vector<RateLook>(const std::vector<double>& treated_rates,
                                                          std::int64_t replicates, int round)>;

struct SimulatedEffectQuestion {
    design::ArmSizes sizes;
    double null_rate = 0;      ///< treated rate on the boundary of the null
    double farthest_rate = 0;  ///< the last that can be simulated, on the side that is asked about
    double power = 0.9;
    double level = 0.025;               ///< one-sided level of the test, for first guesses
    std::int64_t replicates = 100'000;  ///< in all, at least least_replicates
    double confidence = 0.99;           ///< of the interval
};

/// A detectable treated rate found by simulation, with its interval.
struct SimulatedEffect {
    double treated_rate = 0;
    double lower = 0;
    double upper = 0;
    double power_error = 0;       ///< standard error of the power at the rate
    std::int64_t replicates = 0;  ///< spent, in all
    std::vector<RateLook> looks;  ///< that the curve was fitted to, outwards
};

/// The treated rate between the null and the farthest at which simulated power crosses the target,
/// by a curve in the distance from the null on the arcsine scale (Cohen's h; Cohen 1988,
/// Statistical Power Analysis for the Behavioral Sciences, chapter 6). Rounds look at four or five
/// rates each, and share them.
///
/// Nothing where the farthest rate has not the power. Throws std::invalid_argument as
/// find_power_crossing does.
std::optional<SimulatedEffect> simulated_detectable_rate(const SimulatedEffectQuestion& question,
                                                         const SimulateRates& simulate);

}  // namespace rsasim::planning
