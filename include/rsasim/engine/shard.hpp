#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::engine {

/// Part `index`, from 0, of `count` parts of the work.
struct Shard {
    std::int64_t index = 0;
    std::int64_t count = 1;
};

/// What decides how the replicates of one cell are shared out.
struct CellWork {
    std::int64_t replicates = 0;
    std::int64_t block = 1;  ///< replicates per block; the last may have fewer
    std::int64_t cost = 1;   ///< expected of one replicate, in any unit
};

/// The largest expected cost of a replicate, so that stretches of a whole sweep are worked out in
/// 128 bits.
inline constexpr std::int64_t largest_cost = std::int64_t{1} << 40;

/// The replicates of each cell that belong to a shard. The cells stand in a row on a line as long
/// as there are shards, each with a stretch in proportion to its cost. The blocks of a cell whose
/// stretch is within a shard, or no longer than 1/8 of one, all belong to the shard of its middle;
/// those of a longer one are dealt round to the shards under it, in proportion to what of each it
/// covers, from the middle on.
///
/// To whom a block belongs depends on its number and on the ratios of the cells' costs and
/// replicates alone: replicates that are added to every cell in proportion move no block. Any k
/// shards are disjoint and together everything. Of one cell with up to 64 blocks a shard each has
/// as many as any other, or one more; beyond that blocks are dealt by twos, fours, ..., so that a
/// ledger stays short and no shard has more than 1/32 above its share. A shard's whole cells differ
/// from their share by at most 1/8 of a shard. Whole numbers alone decide. Throws
/// std::invalid_argument unless 0 <= index < count, and work is positive.
std::vector<tally::ReplicateRanges> ranges_of_shard(std::span<const CellWork> cells, Shard shard);

}  // namespace rsasim::engine
