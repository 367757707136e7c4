#include "patient/wald_finding.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/portable_exp.hpp>

namespace rsasim::analysis {

namespace {

PValues p_values(double z) {
    const double two_sided = math::normal_two_sided_tail(z);
    // The larger tail is at least 1/2: nothing is lost by taking it as a complement.
    const double smaller = two_sided / 2, larger = 1 - smaller;
    return {two_sided, z > 0 ? smaller : larger, z > 0 ? larger : smaller};
}

}  // namespace

WaldScale wald_scale(design::Measure measure, const design::Effect& null, double confidence) {
    const double value = null.measure == measure ? null.value : design::no_effect(measure);
    return {measure, design::is_ratio(measure) ? std::log(value) : value,
            math::two_sided_normal_quantile(confidence)};
}

Finding wald_finding(double estimate, double standard_error, const WaldScale& scale) {
    Finding finding;
    if (!(std::isfinite(estimate) && std::isfinite(standard_error) && standard_error > 0)) {
        return finding;
    }
    finding.status = Status::ok;
    finding.statistic = (estimate - scale.null) / standard_error;
    finding.standard_error = standard_error;
    finding.p_value = p_values(finding.statistic);
    const double margin = scale.quantile * standard_error;
    if (design::is_ratio(scale.measure)) {
        finding.estimate = math::portable_exp(estimate);
        finding.interval = {math::portable_exp(estimate - margin),
                            math::portable_exp(estimate + margin)};
    } else {
        finding.estimate = estimate;
        finding.interval = {estimate - margin, estimate + margin};
    }
    return finding;
}

Finding signed_root_finding(double chi_square, bool is_positive) {
    Finding finding;
    if (!std::isfinite(chi_square)) return finding;
    finding.status = Status::ok;
    finding.statistic = std::max(chi_square, 0.0);
    const double root = std::sqrt(finding.statistic);
    finding.p_value = p_values(is_positive ? root : -root);
    return finding;
}

Finding status_finding(Status status) {
    Finding finding;
    finding.status = status;
    return finding;
}

}  // namespace rsasim::analysis
