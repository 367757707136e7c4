#pragma once

#include <cstdint>
#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/design/replayed_woman.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::engine {

/// One replicate, as the run saw it.
struct ReplayedTrial {
    design::Table2x2 table;                    ///< of the first set
    std::vector<design::ReplayedWoman> women;  ///< empty where the design is two counts
    std::vector<analysis::Finding> findings;   ///< of the plan's patient-level methods
};

/// Simulates one replicate by itself: the same trial, and the same findings, as in a run.
ReplayedTrial replay(const design::Design& design, random::StreamKey key, std::int64_t replicate);

}  // namespace rsasim::engine
