#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include <rsasim/design/design.hpp>
#include <rsasim/planning/allocation_ratio.hpp>

namespace rsasim::planning {

/// Targets above this are refused: no finite trial has a power of 1.
inline constexpr double largest_target = 1 - 1e-9;

/// How many women a test needs. Sizes are the multiples of the ratio, from one step on.
struct SampleSizeQuestion {
    std::shared_ptr<const design::AnalysisPlan> plan;
    std::size_t test = 0;  ///< of the plan's tests
    design::Rates rates;
    AllocationRatio ratio{1, 1};
    double power = 0.9;
    std::int64_t cap = 20'000;            ///< women in both arms, at most
    std::optional<std::int64_t> horizon;  ///< women in both arms; by default twice `first`
    unsigned threads = 1;
};

struct SizedPower {
    design::ArmSizes sizes;
    double power = 0;
};

struct SampleSize {
    /// The smallest size whose power reaches the target; nothing where none up to the cap does.
    std::optional<SizedPower> first;
    /// The smallest size from which every size up to the horizon reaches the target; nothing where
    /// the last one does not.
    std::optional<SizedPower> stable;
    std::int64_t horizon = 0;  ///< women in both arms
};

/// By enumeration of tables, size by size: exact power is a saw-tooth, so every size is asked.
/// Throws std::invalid_argument where the target lies outside (0, largest_target], or where the
/// rates lie in the null hypothesis, so that no size has power.
SampleSize exact_sample_size(const SampleSizeQuestion& question);

/// The two checks above.
void require_answerable(const design::AnalysisPlan& plan, const design::Rates& rates, double power);

}  // namespace rsasim::planning
