#include "dealing.hpp"

#include <algorithm>
#include <stdexcept>

#include <rsasim/engine/shard.hpp>

namespace rsasim::engine {
namespace {

__extension__ using Wide = __int128;

/// Replicates of a cell count in parts of 2^20 of the most that a cell has: in such weights a sweep
/// of 2^20 cells of the largest cost, cut into 2^20 shards, stays within 128 bits.
constexpr std::int64_t most_replicates = std::int64_t{1} << 20;

std::int64_t blocks_in(const CellWork& cell) {
    return cell.replicates / cell.block + (cell.replicates % cell.block > 0 ? 1 : 0);
}

Wide weight_of(const CellWork& cell, std::int64_t most) {
    const auto part = static_cast<Wide>(cell.replicates) * most_replicates / most;
    return std::max<Wide>(part, 1) * cell.cost;
}

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
    std::int64_t most = 1;
    for (const CellWork& cell : cells)
        most = std::max(most, cell.replicates);
    Wide total = 0;
    for (const CellWork& cell : cells)
        total += weight_of(cell, most);
    const auto on_line = [&](Wide weight) {
        return static_cast<std::int64_t>(weight * shard.count * shard_length / total);
    };
    std::vector<tally::ReplicateRanges> ranges(cells.size());
    Wide before = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Wide after = before + weight_of(cells[i], most);
        const Dealing dealing({on_line(before), on_line(after)}, shard.count);
        before = after;
        if (!dealing.reaches(shard.index)) continue;
        for (const auto& [first, last] : dealing.blocks_of(shard.index, blocks_in(cells[i]))) {
            ranges[i].push_back(
                {first * cells[i].block, std::min(last * cells[i].block, cells[i].replicates)});
        }
    }
    return ranges;
}

}  // namespace rsasim::engine
