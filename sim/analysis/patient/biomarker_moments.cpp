#include "patient/biomarker_moments.hpp"

#include <cstddef>

namespace rsasim::analysis {

namespace {

using design::lanes;
using Lanes = std::array<double, lanes>;

/// Number and mean of one arm, by lane.
struct ArmMeans {
    Lanes n{}, mean{};
};

bool is_in(const design::PatientColumns& columns, std::size_t i, bool is_treated) {
    const bool is_counted = columns.weight == nullptr || columns.weight[i] != 0;
    const bool is_known = columns.biomarker_weight == nullptr || columns.biomarker_weight[i] != 0;
    return is_counted && is_known && (columns.treated[i] != 0) == is_treated;
}

/// Counted from the first woman's value, so that the mean of equal values is that value.
ArmMeans means(const design::PatientColumns& columns, const double* y, bool is_treated) {
    ArmMeans arm;
    Lanes first{}, sum{};
    for (std::size_t woman = 0; woman < columns.women; ++woman) {
        for (std::size_t lane = 0; lane < columns.live; ++lane) {
            const std::size_t i = woman * lanes + lane;
            if (!is_in(columns, i, is_treated)) continue;
            if (arm.n[lane] == 0) first[lane] = y[i];
            arm.n[lane] += 1;
            sum[lane] += y[i] - first[lane];
        }
    }
    for (std::size_t lane = 0; lane < columns.live; ++lane) {
        if (arm.n[lane] > 0) arm.mean[lane] = first[lane] + sum[lane] / arm.n[lane];
    }
    return arm;
}

/// Sums of products of deviations of y and x from their means.
Lanes products(const design::PatientColumns& columns, bool is_treated, const double* y,
               const Lanes& mean_y, const double* x, const Lanes& mean_x) {
    Lanes sum{};
    for (std::size_t woman = 0; woman < columns.women; ++woman) {
        for (std::size_t lane = 0; lane < columns.live; ++lane) {
            const std::size_t i = woman * lanes + lane;
            if (is_in(columns, i, is_treated)) {
                sum[lane] += (y[i] - mean_y[lane]) * (x[i] - mean_x[lane]);
            }
        }
    }
    return sum;
}

std::array<ArmMoments, lanes> moments_of_arm(const design::PatientColumns& columns, const double* y,
                                             const double* x, bool is_treated) {
    std::array<ArmMoments, lanes> moments;
    const ArmMeans arm = means(columns, y, is_treated);
    const Lanes yy = products(columns, is_treated, y, arm.mean, y, arm.mean);
    for (std::size_t lane = 0; lane < columns.live; ++lane)
        moments[lane] = {arm.n[lane], arm.mean[lane], 0, yy[lane], 0, 0};
    if (x == nullptr) return moments;
    const ArmMeans baseline = means(columns, x, is_treated);
    const Lanes xx = products(columns, is_treated, x, baseline.mean, x, baseline.mean);
    const Lanes xy = products(columns, is_treated, y, arm.mean, x, baseline.mean);
    for (std::size_t lane = 0; lane < columns.live; ++lane) {
        moments[lane].mean_x = baseline.mean[lane];
        moments[lane].xx = xx[lane];
        moments[lane].xy = xy[lane];
    }
    return moments;
}

}  // namespace

std::array<BiomarkerMoments, lanes> biomarker_moments(const design::PatientColumns& columns,
                                                      const double* y, const double* x) {
    const auto treated = moments_of_arm(columns, y, x, true);
    const auto control = moments_of_arm(columns, y, x, false);
    std::array<BiomarkerMoments, lanes> moments;
    for (std::size_t lane = 0; lane < columns.live; ++lane)
        moments[lane] = {treated[lane], control[lane]};
    return moments;
}

}  // namespace rsasim::analysis
