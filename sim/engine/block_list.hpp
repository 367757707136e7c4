#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <rsasim/engine/simulate.hpp>

namespace rsasim::engine {

/// Replicates of one cell that are simulated in one go.
struct Block {
    std::size_t cell = 0;
    tally::ReplicateRange replicates;
};

/// All replicates to do, cut at the multiples of its block size into one flat list of blocks: cell
/// by cell, from first to last. Holds an entry per range, not per block.
class BlockList {
  public:
    /// Throws std::invalid_argument where a cell's ranges are not sorted, disjoint and >= 0.
    explicit BlockList(std::span<const CellTask> tasks);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] Block operator[](std::size_t i) const;

  private:
    struct Piece {
        std::size_t first_block = 0;
        std::size_t cell = 0;
        std::int64_t block = count_block;
        tally::ReplicateRange range;
    };
    std::vector<Piece> pieces_;
    std::size_t size_ = 0;
};

}  // namespace rsasim::engine
