#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/planning/allocation_ratio.hpp>
#include <rsasim/planning/size_goal.hpp>

namespace rsasim::planning {

/// Targets above this are refused: no finite trial has a power of 1.
inline constexpr double largest_target = 1 - 1e-9;

/// How many women a goal needs. Sizes are the multiples of the ratio, from one step on.
struct SampleSizeQuestion {
    SharedGoal goal;
    AllocationRatio ratio{1, 1};
    double target = 0.9;                  ///< the probability that the goal is to have
    std::int64_t cap = 20'000;            ///< women in both arms, at most
    std::optional<std::int64_t> horizon;  ///< women in both arms; by default twice `first`
    unsigned threads = 1;
};

/// Sizes, and the probability that they give to the goal.
struct SizedPower {
    design::ArmSizes sizes;
    double power = 0;
};

struct SampleSize {
    /// The smallest size that reaches the target; nothing where none up to the cap does.
    std::optional<SizedPower> first;
    /// The smallest size from which every size up to the horizon reaches the target; nothing where
    /// the last one does not.
    std::optional<SizedPower> stable;
    std::int64_t horizon = 0;  ///< women in both arms
    /// Women in both arms of the largest size that the goal is judged at, where the cap or the
    /// horizon lies beyond it; the horizon then ends there.
    std::optional<std::int64_t> judged_up_to;
};

/// By enumeration, size by size: exact power is a saw-tooth, so every size is asked. At both
/// answers, and the sizes just below, every table is asked as well (where an arm has no more than
/// 2,000 women); should that contradict the goal's own figure, all sizes are asked again that way.
/// Throws std::invalid_argument where the target lies outside (0, largest_target], or where a
/// horizon was given that lies below `first`.
SampleSize exact_sample_size(const SampleSizeQuestion& question);

/// The saw-tooth: the probability at every size of the ratio between two, as far as it is judged.
std::vector<SizedPower> power_by_size(const SampleSizeQuestion& question,
                                      const design::ArmSizes& first, const design::ArmSizes& last);

/// The probability with one woman more or less in either arm, and at the sizes themselves: ties of
/// tables are rarer between unequal arms. Splits at which the goal is not judged are left out.
std::vector<SizedPower> splits_near(const SampleSizeQuestion& question,
                                    const design::ArmSizes& sizes);

/// Throws std::invalid_argument unless 0 < target <= largest_target.
void require_target(double target);

}  // namespace rsasim::planning
