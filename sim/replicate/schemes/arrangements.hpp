#pragma once

#include "shares.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rsasim::replicate {

/// All arrangements of small blocks, one drawn by one word.
///
/// A fixed block: a word stands for as many blocks in a row as have at most `most_patterns`
/// arrangements together (four blocks of four women: 6^4 = 1296). Several sizes: the word's integer
/// part by their number is the size, its remainder the arrangement. The probability of each
/// pattern is met to 2^-32.
class Arrangements {
  public:
    /// What a pattern says of a woman, 3 bits: bit 0 her arm, above it doubled_guess of her arm.
    static constexpr unsigned bits = 3;
    /// The pattern of no women: what is left once the last one is shifted out.
    static constexpr std::uint64_t none = 1;
    static constexpr std::size_t most_patterns = 4096;

    /// False where a block has more than 21 women, or too many arrangements.
    static bool can_hold(const std::vector<std::int64_t>& block_sizes, const Shares& shares);
    /// Requires can_hold.
    Arrangements(const std::vector<std::int64_t>& block_sizes, const Shares& shares);

    /// The codes of the women of a block, the first in the lowest bits, `none` above the last.
    [[nodiscard]] std::uint64_t pattern(std::uint32_t word) const {
        const std::uint64_t scaled = std::uint64_t{word} * groups_.size();
        const Group& group = groups_[scaled >> 32];
        return patterns_[group.first + (((scaled & 0xFFFFFFFF) * group.patterns) >> 32)];
    }
    /// The fewest women that a word stands for.
    [[nodiscard]] std::size_t least_women() const { return least_women_; }

  private:
    struct Group {
        std::size_t first;
        std::uint64_t patterns;
    };
    std::vector<Group> groups_;  ///< one per block size
    std::vector<std::uint64_t> patterns_;
    std::size_t least_women_;
};

}  // namespace rsasim::replicate
