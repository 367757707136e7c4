#include "block_list.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

namespace rsasim::engine {

BlockList::BlockList(std::span<const CellTask> tasks) {
    for (std::size_t cell = 0; cell < tasks.size(); ++cell) {
        std::int64_t done_to = 0;
        const std::int64_t block = block_of(tasks[cell].design);
        for (const tally::ReplicateRange& range : tasks[cell].todo) {
            if (range.first < done_to || range.last < range.first) {
                throw std::invalid_argument(
                    fmt::format("simulate: cell {}: replicates {} to {} are not a range after {}",
                                cell, range.first, range.last, done_to));
            }
            done_to = range.last;
            if (range.first == range.last) continue;
            pieces_.push_back({size_, cell, block, range});
            size_ += static_cast<std::size_t>((range.last - 1) / block - range.first / block + 1);
        }
    }
}

Block BlockList::operator[](std::size_t i) const {
    const auto after = std::partition_point(
        pieces_.begin(), pieces_.end(), [&](const Piece& piece) { return piece.first_block <= i; });
    const Piece& piece = *std::prev(after);
    const auto offset = static_cast<std::int64_t>(i - piece.first_block);
    const std::int64_t start = (piece.range.first / piece.block + offset) * piece.block;
    return {piece.cell,
            {std::max(piece.range.first, start), std::min(piece.range.last, start + piece.block)}};
}

}  // namespace rsasim::engine
