#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/engine/shard.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::commands {

/// "3/64" as a shard, from 0. Throws scenario::InputErrors where it is none.
engine::Shard parse_shard(const std::string& text);

/// The replicates that each cell is to have: all, or those of a shard. They follow from scenario
/// and shard alone.
std::vector<tally::ReplicateRanges> wanted_ranges(const scenario::Scenario& scenario,
                                                  const std::optional<engine::Shard>& shard);

/// The expected cost of one replicate beside those of other designs. Of a design alone, in whole
/// numbers, the same on every machine.
std::int64_t cost_of_replicate(const design::Design& design);

/// How many replicates the ranges of all cells hold.
std::int64_t replicates_in(const std::vector<tally::ReplicateRanges>& ranges);

/// What is wanted of each cell and not in `taken`.
std::vector<tally::ReplicateRanges> without(const std::vector<tally::ReplicateRanges>& wanted,
                                            const std::vector<tally::ReplicateRanges>& taken);

/// What is wanted and not in the results' ledgers.
std::vector<tally::ReplicateRanges> remaining_ranges(
    const std::vector<tally::ReplicateRanges>& wanted, const summary::Results& done);

std::vector<engine::CellTask> tasks_of(const scenario::Scenario& scenario,
                                       std::vector<tally::ReplicateRanges> ranges);

/// The integers of stored results as totals to go on from. They are moved from.
std::vector<engine::CellTotals> totals_of(const scenario::Scenario& scenario,
                                          summary::Results&& stored);

}  // namespace rsasim::commands
