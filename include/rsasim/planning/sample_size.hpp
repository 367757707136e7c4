#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

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

/// The saw-tooth: the power at every size of the ratio between two.
std::vector<SizedPower> power_by_size(const SampleSizeQuestion& question,
                                      const design::ArmSizes& first, const design::ArmSizes& last);

/// The power with one woman more or less in either arm, and at the sizes themselves: ties of tables
/// are rarer between unequal arms.
std::vector<SizedPower> splits_near(const SampleSizeQuestion& question,
                                    const design::ArmSizes& sizes);

/// Throws std::invalid_argument unless 0 < power <= largest_target.
void require_target(double power);

/// Both checks of exact_sample_size.
void require_answerable(const design::AnalysisPlan& plan, const design::Rates& rates, double power);

}  // namespace rsasim::planning
