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

/// The largest expected cost of a replicate, so that costs of a whole sweep add up in 128 bits.
inline constexpr std::int64_t largest_cost = std::int64_t{1} << 40;

/// The replicates of each cell that belong to a shard. All blocks of all cells stand in a row, each
/// as long as its cost; shard i of k has those whose middle lies in [i/k, (i+1)/k) of the whole. So
/// any k shards are disjoint and together everything, each differs from its even share by at most
/// the cost of one block, and most have blocks of few cells. Whole numbers alone decide. Throws
/// std::invalid_argument unless 0 <= index < count, and work is positive.
std::vector<tally::ReplicateRanges> ranges_of_shard(std::span<const CellWork> cells, Shard shard);

}  // namespace rsasim::engine
