#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <rsasim/random/philox.hpp>
#include <rsasim/replicate/allocation_scheme.hpp>

namespace rsasim::replicate {

/// Words of one Philox block.
inline constexpr std::size_t words_per_block = 4;

/// A number from 0 to n - 1: floor(n word / 2^32). Each number comes from floor(2^32 / n) words or
/// one more, so that the probability of any set of numbers is met to n 2^-32 at worst, and that of
/// the numbers below a bound to 2^-32.
inline std::uint32_t below(std::uint32_t n, std::uint32_t word) {
    return static_cast<std::uint32_t>((std::uint64_t{n} * word) >> 32);
}

/// The place of a task's block for the trial in `lane`.
inline random::Address place_of(const AllocationTask& task, std::size_t lane,
                                std::uint32_t position) {
    return {.purpose = task.purpose,
            .replicate = static_cast<std::uint64_t>(task.first_replicate) + lane,
            .position = position,
            .draw = task.first_draw};
}

/// blocks[lane] = the block at a position, for as many lanes as `blocks` has.
inline void fill_lanes(const AllocationTask& task, std::uint32_t position,
                       std::span<random::Block> blocks) {
    random::fill_blocks(task.key, place_of(task, 0, position), 1, blocks);
}

}  // namespace rsasim::replicate
