#include "patient/mean_tests.hpp"

#include <cmath>

#include <rsasim/math/student_t.hpp>

namespace rsasim::analysis {

namespace {

struct Difference {
    double estimate;
    double variance;
    double degrees_of_freedom;
};

/// A residual sum of squares below this share of the total counts as none: rounding of the
/// difference leaves about 1e-15.
constexpr double no_residual = 1e-13;

Finding finding_of(const Difference& difference, double null, StudentQuantile& quantile) {
    Finding finding;
    finding.estimate = difference.estimate;
    if (!(difference.variance > 0)) {
        finding.status = Status::degenerate;
        return finding;
    }
    finding.status = Status::ok;
    finding.standard_error = std::sqrt(difference.variance);
    const double reach = quantile.at(difference.degrees_of_freedom) * finding.standard_error;
    finding.interval = {finding.estimate - reach, finding.estimate + reach};
    const double t = (finding.estimate - null) / finding.standard_error;
    finding.statistic = t;
    finding.p_value.two_sided = math::student_t_two_sided_tail(t, difference.degrees_of_freedom);
    const double near = finding.p_value.two_sided / 2, far = 0.5 + (0.5 - near);
    finding.p_value.greater = t >= 0 ? near : far;
    finding.p_value.less = t >= 0 ? far : near;
    return finding;
}

Finding undefined_finding() {
    return {};
}

}  // namespace

double StudentQuantile::at(double degrees_of_freedom) {
    if (degrees_of_freedom != degrees_of_freedom_) {
        degrees_of_freedom_ = degrees_of_freedom;
        quantile_ = math::two_sided_student_t_quantile(confidence_, degrees_of_freedom);
    }
    return quantile_;
}

Finding welch_finding(const BiomarkerMoments& moments, double null, StudentQuantile& quantile) {
    const auto& [treated, control] = moments;
    if (treated.n < 2 || control.n < 2) return undefined_finding();
    const double v1 = treated.yy / (treated.n - 1) / treated.n;
    const double v0 = control.yy / (control.n - 1) / control.n;
    const double v = v1 + v0;
    const double squares = v1 * v1 / (treated.n - 1) + v0 * v0 / (control.n - 1);
    return finding_of({treated.mean_y - control.mean_y, v, v * v / squares}, null, quantile);
}

Finding pooled_finding(const BiomarkerMoments& moments, double null, StudentQuantile& quantile) {
    const auto& [treated, control] = moments;
    const double freedom = treated.n + control.n - 2;
    if (treated.n == 0 || control.n == 0 || freedom < 1) return undefined_finding();
    const double variance = (treated.yy + control.yy) / freedom;
    return finding_of(
        {treated.mean_y - control.mean_y, variance * (1 / treated.n + 1 / control.n), freedom},
        null, quantile);
}

Finding ancova_finding(const BiomarkerMoments& moments, double null, StudentQuantile& quantile) {
    const auto& [treated, control] = moments;
    const double freedom = treated.n + control.n - 3;
    if (treated.n == 0 || control.n == 0 || freedom < 1) return undefined_finding();
    const double yy = treated.yy + control.yy, xx = treated.xx + control.xx;
    if (xx == 0) {
        Finding finding;
        finding.status = Status::collinear;
        return finding;
    }
    const double slope = (treated.xy + control.xy) / xx;
    const double shift = treated.mean_x - control.mean_x;
    const double residual = yy - slope * (treated.xy + control.xy);
    const double variance = residual > no_residual * yy ? residual / freedom : 0;
    return finding_of({treated.mean_y - control.mean_y - slope * shift,
                       variance * (1 / treated.n + 1 / control.n + shift * shift / xx), freedom},
                      null, quantile);
}

}  // namespace rsasim::analysis
