#include <algorithm>

#include <rsasim/analysis/rejection_region.hpp>

namespace rsasim::analysis {
namespace {

std::vector<EventRange> rejecting_ranges(const design::ArmSizes& sizes, std::int64_t control_events,
                                         const Verdict& rejects) {
    std::vector<EventRange> ranges;
    for (std::int64_t x = 0; x <= sizes.treated; ++x) {
        if (!rejects({{x, sizes.treated}, {control_events, sizes.control}})) continue;
        if (!ranges.empty() && ranges.back().last == x - 1) {
            ranges.back().last = x;
        } else {
            ranges.push_back({x, x});
        }
    }
    return ranges;
}

RegionRow row_of(std::vector<EventRange> ranges, std::int64_t n_treated) {
    RegionRow row;
    for (const auto& range : ranges) {
        if (range.last == n_treated) {
            row.at_least = range.first;
        } else if (range.first == 0) {
            row.at_most = range.last;
        } else {
            row.is_bounded_so = false;
        }
    }
    if (!row.is_bounded_so) row.at_least = row.at_most = std::nullopt;
    row.rejecting = std::move(ranges);
    return row;
}

/// No boundary is one beyond all counts: above them for `at_least`, below them for `at_most`.
bool follows(const RegionRow& row, const RegionRow& next, std::int64_t n_treated) {
    return row.at_least.value_or(n_treated + 1) <= next.at_least.value_or(n_treated + 1) &&
           row.at_most.value_or(-1) <= next.at_most.value_or(-1);
}

}  // namespace

RejectionRegion rejection_region(const design::ArmSizes& sizes, const Verdict& rejects) {
    RejectionRegion region;
    for (std::int64_t y = 0; y <= sizes.control; ++y) {
        region.rows.push_back(row_of(rejecting_ranges(sizes, y, rejects), sizes.treated));
    }
    const auto breaks = [&](const RegionRow& row, const RegionRow& next) {
        return !follows(row, next, sizes.treated);
    };
    region.is_monotone =
        std::ranges::all_of(region.rows, [](const RegionRow& row) { return row.is_bounded_so; }) &&
        std::ranges::adjacent_find(region.rows, breaks) == region.rows.end();
    return region;
}

}  // namespace rsasim::analysis
