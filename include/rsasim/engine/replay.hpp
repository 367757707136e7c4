#pragma once

#include <cstdint>
#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/design/table.hpp>
#include <rsasim/random/stream_key.hpp>

namespace rsasim::engine {

/// One simulated woman. Columns that the trial does not have are empty or hold what all women have.
struct ReplayedWoman {
    std::vector<double> covariates;  ///< by the model's covariates; NaN where not drawn
    bool is_treated = false;         ///< as allotted
    bool is_adherent = true;
    std::int64_t stages_passed = 0;
    bool has_event = false;
    bool is_observed = true;
    std::vector<double> biomarkers;  ///< NaN where not drawn
};

/// One replicate, as the run saw it.
struct ReplayedTrial {
    design::Table2x2 table;                   ///< of the first set
    std::vector<ReplayedWoman> women;         ///< empty where the design is two counts
    std::vector<analysis::Finding> findings;  ///< of the plan's patient-level methods
};

/// Simulates one replicate by itself: the same trial, and the same findings, as in a run.
ReplayedTrial replay(const design::Design& design, random::StreamKey key, std::int64_t replicate);

}  // namespace rsasim::engine
