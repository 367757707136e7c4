#pragma once

#include <cstdint>
#include <vector>

namespace rsasim::design {

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

}  // namespace rsasim::design
