#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <rsasim/analysis/fragility.hpp>
#include <rsasim/design/design.hpp>

namespace rsasim::analysis {

/// Numbers of treated events, first to last.
struct EventRange {
    std::int64_t first = 0;
    std::int64_t last = 0;
    bool operator==(const EventRange&) const = default;
};

/// The numbers of treated events at which a test rejects, for one number of control events.
struct RegionRow {
    std::vector<EventRange> rejecting;  ///< ascending, with gaps between them
    /// Where the test rejects from some number of treated events up to all, and from none up to
    /// some number, and nowhere else: these two. A test that rejects throughout has `at_least` 0.
    std::optional<std::int64_t> at_least;
    std::optional<std::int64_t> at_most;
    bool is_bounded_so = true;  ///< false where it rejects elsewhere too: then neither is given
};

/// Where a test rejects.
struct RejectionRegion {
    std::vector<RegionRow> rows;  ///< by control events, from 0 to all
    /// Every row has its boundary, and with one more control event it takes no fewer treated events
    /// to reject from above and no fewer suffice from below: Barnard's convexity.
    /// Barnard 1947, doi:10.1093/biomet/34.1-2.123.
    bool is_monotone = true;
};

/// Asks `rejects` about every table of the design: (n1 + 1) (n0 + 1) of them.
RejectionRegion rejection_region(const design::ArmSizes& sizes, const Verdict& rejects);

}  // namespace rsasim::analysis
