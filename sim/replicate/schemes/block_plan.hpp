#pragma once

#include "shares.hpp"
#include "words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include <rsasim/replicate/allocation_scheme.hpp>

namespace rsasim::replicate {

/// Permuted blocks, in each stratum of their own.
struct BlockPlan {
    std::vector<std::int64_t> block_sizes;
    Shares shares;
    std::vector<std::size_t> levels;  ///< of each factor; none: one stratum
    std::size_t strata = 1;           ///< product of the levels
};

/// Throws std::invalid_argument where there is no block size, or one that is no multiple of the
/// ratio's sum, or where strata and women together are too many for the addresses of their words.
BlockPlan block_plan(const design::Allocation& allocation, design::ArmSizes sizes,
                     const std::vector<design::Factor>& factors);

/// The stratum of each lane's woman, the last factor moving fastest.
inline void find_strata(const BlockPlan& plan, const AllocationTask& task, std::size_t woman,
                        std::array<std::uint32_t, design::lanes>& strata) {
    strata.fill(0);
    for (std::size_t factor = 0; factor < plan.levels.size(); ++factor) {
        const double* const level = task.levels[factor] + woman * design::lanes;
        const auto levels = static_cast<std::uint32_t>(plan.levels[factor]);
        for (std::size_t lane = 0; lane < task.live; ++lane)
            strata[lane] = strata[lane] * levels + static_cast<std::uint32_t>(level[lane]);
    }
}

/// A state of every stratum and lane: on the stack for usual trials, else one allocation a call.
template <class State>
class StratumStates {
  public:
    explicit StratumStates(std::size_t strata) {
        if (strata > most_on_stack) many_.resize(strata * design::lanes);
        states_ = strata > most_on_stack ? many_.data() : few_.data();
    }
    StratumStates(const StratumStates&) = delete;
    StratumStates& operator=(const StratumStates&) = delete;

    State& of(std::size_t stratum, std::size_t lane) {
        return states_[stratum * design::lanes + lane];
    }
    static constexpr std::size_t most_on_stack = 32;

  private:
    std::array<State, most_on_stack * design::lanes> few_{};
    std::vector<State> many_;
    State* states_;
};

}  // namespace rsasim::replicate
