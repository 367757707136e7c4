#include <algorithm>
#include <stdexcept>

#include <rsasim/engine/shard.hpp>

namespace rsasim::engine {
namespace {

__extension__ using Cost = __int128;

std::int64_t blocks_in(const CellWork& cell) {
    return cell.replicates / cell.block + (cell.replicates % cell.block > 0 ? 1 : 0);
}

Cost cost_of(const CellWork& cell) {
    return static_cast<Cost>(cell.replicates) * cell.cost;
}

/// Twice the middle of a block, from the start of its cell.
Cost twice_middle(const CellWork& cell, std::int64_t block) {
    const std::int64_t first = block * cell.block;
    const std::int64_t last = first + std::min(cell.block, cell.replicates - first);
    return (static_cast<Cost>(first) + last) * cell.cost;
}

/// The first replicate of the first block whose middle, `before` having been passed in earlier
/// cells, is at or beyond boundary/count of `total`; the cell's end where none is.
struct Cut {
    Cost total = 0;
    std::int64_t count = 1;

    [[nodiscard]] std::int64_t first_from(const CellWork& cell, Cost before,
                                          std::int64_t boundary) const {
        std::int64_t low = 0, high = blocks_in(cell);
        while (low < high) {
            const std::int64_t block = low + (high - low) / 2;
            if ((2 * before + twice_middle(cell, block)) * count >= 2 * total * boundary) {
                high = block;
            } else {
                low = block + 1;
            }
        }
        return std::min(low * cell.block, cell.replicates);
    }
};

void check_work(std::span<const CellWork> cells, Shard shard) {
    if (shard.index < 0 || shard.index >= shard.count) {
        throw std::invalid_argument("ranges_of_shard: no such shard");
    }
    const bool is_positive = std::ranges::all_of(cells, [](const CellWork& cell) {
        return cell.replicates >= 0 && cell.block > 0 && 0 < cell.cost && cell.cost <= largest_cost;
    });
    if (!is_positive) throw std::invalid_argument("ranges_of_shard: work must be positive");
}

}  // namespace

std::vector<tally::ReplicateRanges> ranges_of_shard(std::span<const CellWork> cells, Shard shard) {
    check_work(cells, shard);
    Cut cut{0, shard.count};
    for (const CellWork& cell : cells)
        cut.total += cost_of(cell);
    std::vector<tally::ReplicateRanges> ranges(cells.size());
    Cost before = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::int64_t first = cut.first_from(cells[i], before, shard.index);
        const std::int64_t last = cut.first_from(cells[i], before, shard.index + 1);
        if (first < last) ranges[i].push_back({first, last});
        before += cost_of(cells[i]);
    }
    return ranges;
}

}  // namespace rsasim::engine
