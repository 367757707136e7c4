#include <algorithm>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::tally {
namespace {

[[noreturn]] void refuse(ReplicateRange range, const char* reason) {
    throw std::logic_error(
        fmt::format("add_range: replicates {} to {} {}", range.first, range.last, reason));
}

}  // namespace

void add_range(ReplicateRanges& ranges, ReplicateRange range) {
    if (range.first < 0 || range.first > range.last) refuse(range, "are not a range");
    if (range.first == range.last) return;

    const auto after = std::partition_point(
        ranges.begin(), ranges.end(),
        [&](const ReplicateRange& known) { return known.first < range.first; });
    const bool has_before = after != ranges.begin();
    const bool has_after = after != ranges.end();
    if ((has_before && std::prev(after)->last > range.first) ||
        (has_after && range.last > after->first)) {
        refuse(range, "were added before");
    }
    const bool joins_before = has_before && std::prev(after)->last == range.first;
    const bool joins_after = has_after && after->first == range.last;
    if (joins_before && joins_after) {
        std::prev(after)->last = after->last;
        ranges.erase(after);
    } else if (joins_before) {
        std::prev(after)->last = range.last;
    } else if (joins_after) {
        after->first = range.first;
    } else {
        ranges.insert(after, range);
    }
}

ReplicateRanges without(const ReplicateRanges& ranges, const ReplicateRanges& taken) {
    ReplicateRanges left;
    auto next = taken.begin();
    for (ReplicateRange range : ranges) {
        while (next != taken.end() && next->last <= range.first)
            ++next;
        for (auto hole = next; hole != taken.end() && hole->first < range.last; ++hole) {
            if (range.first < hole->first) left.push_back({range.first, hole->first});
            range.first = std::min(hole->last, range.last);
        }
        if (range.first < range.last) left.push_back(range);
    }
    return left;
}

std::int64_t replicates_in(const ReplicateRanges& ranges) {
    std::int64_t sum = 0;
    for (const ReplicateRange& range : ranges) {
        sum += range.last - range.first;
    }
    return sum;
}

}  // namespace rsasim::tally
