#include "table/interval_finding.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/math/student_t.hpp>

namespace rsasim::analysis {

namespace {

/// Mean of the estimates, their variance between data sets, mean variance within.
struct Variances {
    double mean = 0, between = 0, within = 0;
};

Variances variances_of(const PooledInput& input) {
    const auto m = static_cast<double>(input.estimates.size());
    Variances found;
    for (const double estimate : input.estimates)
        found.mean += (estimate - input.estimates[0]) / m;
    found.mean += input.estimates[0];
    for (const double estimate : input.estimates)
        found.between += (estimate - found.mean) * (estimate - found.mean) / (m - 1);
    for (const double variance : input.variances)
        found.within += variance / m;
    return found;
}

/// v = 1 / (1/v_m + 1/v_obs) with v_m = (m - 1) / lambda^2 and v_obs = (v_com + 1)/(v_com + 3)
/// v_com (1 - lambda), lambda the share of the variance that is due to what is missing (eq. 3).
double degrees_of_freedom(double m, double share, double complete) {
    const double of_imputations = share * share / (m - 1);
    if (std::isinf(complete)) return 1 / of_imputations;
    const double observed = (complete + 1) / (complete + 3) * complete * (1 - share);
    return 1 / (of_imputations + 1 / observed);
}

}  // namespace

Finding pool(const PooledInput& input, design::Measure measure, double confidence) {
    const auto m = static_cast<double>(input.estimates.size());
    const auto is_finite = [](double value) { return std::isfinite(value); };
    Finding finding;
    if (m < 2 || input.variances.size() != input.estimates.size() ||
        !std::ranges::all_of(input.estimates, is_finite) ||
        !std::ranges::all_of(input.variances, is_finite)) {
        return finding;
    }
    const auto [mean, between, within] = variances_of(input);
    const double missing = (1 + 1 / m) * between, total = within + missing;
    const auto on_own_scale = [&](double value) {
        return design::is_ratio(measure) ? std::exp(value) : value;
    };
    finding.estimate = on_own_scale(mean);
    if (!(total > 0)) {
        finding.status = Status::degenerate;
        return finding;
    }
    const double v = degrees_of_freedom(m, missing / total, input.complete_degrees_of_freedom);
    finding.standard_error = std::sqrt(total);
    const double reach = math::two_sided_student_t_quantile(confidence, v) * finding.standard_error;
    finding.status = Status::ok;
    finding.interval = {on_own_scale(mean - reach), on_own_scale(mean + reach)};
    const double t = (mean - input.null) / finding.standard_error;
    finding.statistic = t;
    finding.p_value = {math::student_t_two_sided_tail(t, v), math::student_t_upper_tail(t, v),
                       math::student_t_upper_tail(-t, v)};
    return finding;
}

}  // namespace rsasim::analysis
