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

/// The level in a column.
inline std::size_t level_at(const double* levels, std::size_t place) {
    return static_cast<std::size_t>(static_cast<std::int64_t>(levels[place]));  // signed is faster
}

/// call(stratum_of) with a function of a woman's place in the columns: one for each usual number of
/// factors, the last factor moving fastest.
template <class Call>
void with_strata(const BlockPlan& plan, const AllocationTask& task, Call call) {
    if (task.levels.size() < plan.levels.size())
        throw std::invalid_argument("allocate: a factor of the strata has no levels");
    if (plan.levels.empty()) {
        call([](std::size_t) { return std::size_t{0}; });
    } else if (plan.levels.size() == 1) {
        const double* const only = task.levels[0];
        call([only](std::size_t place) { return level_at(only, place); });
    } else if (plan.levels.size() == 2) {
        const double* const first = task.levels[0];
        const double* const second = task.levels[1];
        const std::size_t levels = plan.levels[1];
        call([=](std::size_t place) {
            return level_at(first, place) * levels + level_at(second, place);
        });
    } else {
        call([&plan, &task](std::size_t place) {
            std::size_t stratum = 0;
            for (std::size_t factor = 0; factor < plan.levels.size(); ++factor)
                stratum = stratum * plan.levels[factor] + level_at(task.levels[factor], place);
            return stratum;
        });
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
    StratumStates(StratumStates&&) = delete;
    StratumStates& operator=(StratumStates&&) = delete;
    ~StratumStates() = default;

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
