#pragma once

#include "shares.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <rsasim/design/design.hpp>

namespace rsasim::replicate {

/// What a scheme of blocks says of a woman, in a byte: bit 0 her arm, bits 1 and 2 doubled_guess of
/// her arm, bits 3 and 4 twice whether that was correct.
struct Code {
    static constexpr std::uint8_t of(int treated, int guess_doubled) {
        const int correct = treated == 1 ? guess_doubled : 2 - guess_doubled;
        return static_cast<std::uint8_t>(treated | (guess_doubled << 1) | (correct << 3));
    }
    static constexpr double arm(std::uint8_t code) { return code & 1; }
    static constexpr double guess(std::uint8_t code) { return 0.5 * ((code >> 1) & 3); }
    static constexpr std::uint32_t doubled_correct(std::uint8_t code) { return code >> 3; }
    static constexpr std::uint8_t end = 31;  ///< after the last woman
};

/// The women of a word's blocks.
struct ArrangementRow {
    std::array<std::uint8_t, 23> codes;  ///< `women` of them, then Code::end
    std::uint8_t women;
};

/// All arrangements of small blocks, one drawn by one word.
///
/// A fixed block: a word stands for as many blocks in a row as have at most `most_rows`
/// arrangements together (four blocks of four women: 6^4 = 1296). Several sizes: the word's integer
/// part by their number is the size, its remainder the arrangement. The probability of each row is
/// met to 2^-32.
class Arrangements {
  public:
    static constexpr std::size_t most_rows = 4096;
    static constexpr std::int64_t most_women = 22;

    /// False where a block has more women, or all have more rows.
    static bool can_hold(const std::vector<std::int64_t>& block_sizes, const Shares& shares);
    /// Requires can_hold.
    Arrangements(const std::vector<std::int64_t>& block_sizes, const Shares& shares);

    [[nodiscard]] const ArrangementRow& row(std::uint32_t word) const {
        const std::uint64_t scaled = std::uint64_t{word} * groups_.size();
        const Group& group = groups_[scaled >> 32];
        return rows_[group.first + (((scaled & 0xFFFFFFFF) * group.rows) >> 32)];
    }
    /// The fewest women that a word stands for.
    [[nodiscard]] std::size_t least_women() const { return least_women_; }

  private:
    struct Group {
        std::size_t first;
        std::uint64_t rows;
    };
    std::vector<Group> groups_;  ///< one per block size
    std::vector<ArrangementRow> rows_;
    std::size_t least_women_;
};

}  // namespace rsasim::replicate
