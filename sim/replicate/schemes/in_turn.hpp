#pragma once

#include "guesses.hpp"
#include "shares.hpp"
#include "words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include <rsasim/replicate/allocation_scheme.hpp>

namespace rsasim::replicate {

/// A scheme that looks at nothing but the sizes of the arms so far. Woman i of a trial has the word
/// i mod 4 of the block at position i / 4. The rule says of the sizes so far:
///
///     bool treats(word, so_far)      the arm of the next woman from a uniform word
///     double probability(so_far)     that she is treated
template <class Rule>
class InTurn final : public AllocationScheme {
  public:
    static constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

    InTurn(Rule rule, const Shares& shares, std::size_t most_women = any_number)
        : rule_(std::move(rule)), shares_(shares), most_women_(most_women) {}

    void allocate(const AllocationTask& task, const AllottedArms& arms) const override {
        if (task.women > most_women_)
            throw std::invalid_argument("allocate: more women than the scheme has places");
        std::array<design::ArmSizes, design::lanes> so_far{};
        std::array<random::Block, design::lanes> blocks;
        for (std::size_t woman = 0; woman < task.women; woman += words_per_block) {
            fill_lanes(task, static_cast<std::uint32_t>(woman / words_per_block),
                       std::span(blocks).first(task.live));
            const std::size_t last = std::min(words_per_block, task.women - woman);
            for (std::size_t word = 0; word < last; ++word) {
                double* const treated = arms.treated + (woman + word) * design::lanes;
                for (std::size_t lane = 0; lane < task.live; ++lane)
                    treated[lane] = allot(blocks[lane][word], so_far[lane]);
            }
        }
        guess_overall(task, shares_, arms);
    }

  private:
    double allot(std::uint32_t word, design::ArmSizes& so_far) const {
        const int treated = rule_.treats(word, so_far) ? 1 : 0;
        so_far.treated += treated;
        so_far.control += 1 - treated;
        return treated;
    }

    Rule rule_;
    Shares shares_;
    std::size_t most_women_;
};

/// The places of a scheme that fixes its totals.
inline std::size_t women_of(design::ArmSizes sizes) {
    return static_cast<std::size_t>(sizes.treated + sizes.control);
}

/// The sizes of the arms after all women, woman by woman. Sizes at the ends that at some woman had
/// a probability below 1e-30 are dropped: at most that for each woman and size.
template <class Rule>
std::vector<WeightedSizes> sizes_in_turn(const Rule& rule, std::int64_t women) {
    constexpr double negligible = 1e-30;
    std::vector<double> treated(static_cast<std::size_t>(women) + 1);  // by their number
    treated[0] = 1;
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
    for (std::int64_t woman = 0; woman < women; ++woman) {
        for (std::int64_t count = highest; count >= lowest; --count) {
            double* const here = &treated[static_cast<std::size_t>(count)];
            const double share = rule.probability({count, woman - count});
            here[1] += here[0] * share;
            here[0] *= 1 - share;
        }
        ++highest;
        const auto is_dropped = [&](std::int64_t count) {
            return treated[static_cast<std::size_t>(count)] < negligible;
        };
        while (is_dropped(lowest))
            treated[static_cast<std::size_t>(lowest++)] = 0;
        while (is_dropped(highest))
            treated[static_cast<std::size_t>(highest--)] = 0;
    }
    std::vector<WeightedSizes> sizes;
    for (std::int64_t count = lowest; count <= highest; ++count) {
        const double probability = treated[static_cast<std::size_t>(count)];
        if (probability > 0) sizes.push_back({{count, women - count}, probability});
    }
    return sizes;
}

}  // namespace rsasim::replicate
