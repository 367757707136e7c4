#pragma once

#include <cstdint>
#include <vector>

#include <rsasim/replicate/count_trial.hpp>
#include <rsasim/tally/replicate_ranges.hpp>
#include <rsasim/tally/table_rows.hpp>

namespace rsasim::engine {

/// The memory in which one worker counts tables; kept from block to block.
struct CountScratch {
    std::vector<std::uint32_t> counts;
    std::vector<std::uint32_t> numbers;
    tally::TableCounts rows;
};

/// Possible tables up to which a block is counted in an array of all of them (4 MiB). Above, the
/// tables that came up are listed and sorted.
inline constexpr std::uint64_t largest_count_array = std::uint64_t{1} << 20;

/// The sorted rows of the replicates of a block, at most 2^32 - 1 of them. They live in `scratch`
/// until the next call.
const tally::TableCounts& rows_of_block(const replicate::CountTrial& trial,
                                        tally::ReplicateRange block, CountScratch& scratch);

}  // namespace rsasim::engine
