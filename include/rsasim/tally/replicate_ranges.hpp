#pragma once

#include <cstdint>
#include <vector>

namespace rsasim::tally {

/// Replicates first, first + 1, ..., last - 1.
struct ReplicateRange {
    std::int64_t first = 0;
    std::int64_t last = 0;
    bool operator==(const ReplicateRange&) const = default;
};

/// Sorted, disjoint, with gaps between them: the replicates of a cell that are done.
using ReplicateRanges = std::vector<ReplicateRange>;

/// Adds a range, joining neighbours. Throws std::logic_error where it overlaps what is there.
void add_range(ReplicateRanges& ranges, ReplicateRange range);

/// The replicates of `ranges` that are not in `taken`; both sorted and disjoint.
ReplicateRanges without(const ReplicateRanges& ranges, const ReplicateRanges& taken);

/// How many replicates the ranges hold.
std::int64_t replicates_in(const ReplicateRanges& ranges);

}  // namespace rsasim::tally
