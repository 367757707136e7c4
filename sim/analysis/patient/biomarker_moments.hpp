#pragma once

#include <array>

#include <rsasim/design/trial_batch.hpp>

namespace rsasim::analysis {

/// Moments of a biomarker y and its baseline x in one arm: sums are of deviations from the arm's
/// own means, and exactly 0 for a constant.
struct ArmMoments {
    double n = 0;
    double mean_y = 0, mean_x = 0;
    double yy = 0, xx = 0, xy = 0;
};

/// Of one trial.
struct BiomarkerMoments {
    ArmMoments treated, control;
};

/// By lane, of the women with a weight. `x` may be null. Two passes, so that nothing cancels.
std::array<BiomarkerMoments, design::lanes> biomarker_moments(const design::PatientColumns& columns,
                                                              const double* y, const double* x);

}  // namespace rsasim::analysis
