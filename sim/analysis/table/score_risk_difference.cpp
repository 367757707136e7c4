#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "interval_finding.hpp"
#include "pulled_rate.hpp"
#include "score_variance.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {

namespace {

/// The risk difference below the observed one with score chi-square z^2. With the multiplier lambda
/// of the restriction p1 - p0 = delta, each fitted rate solves a quadratic (pulled_down; the
/// control arm is pulled up), the distance from the observed difference is lambda V and the
/// chi-square lambda^2 V, V = p1 (1 - p1) / n1 + p0 (1 - p0) / n0. Both grow with lambda, so the
/// limit is where the one root of lambda sqrt(V) = z is.
double lower_limit_of_risk_difference(const Cells& cells, double z) {
    if (cells.a == 0 && cells.d == 0) return -1;
    const double n1 = cells.n_treated(), n0 = cells.n_control();
    const auto excess = [&](double lambda) -> math::ValueAndSlope {
        const PulledRate treated = pulled_down(cells.a, cells.b, lambda);
        const PulledRate control = pulled_down(cells.d, cells.c, lambda);
        const double variance = treated.variance + control.variance;
        const double change = (treated.variance > 0 ? treated.variance * n1 / treated.root : 0) +
                              (control.variance > 0 ? control.variance * n0 / control.root : 0);
        const double root = std::sqrt(variance);
        return {lambda * root - z, (variance + change) / (2 * root)};
    };
    constexpr double just_below = 1 - 1e-9;  // the bound may be the root itself
    const double bound = just_below * 2 * z / std::sqrt(1 / n1 + 1 / n0);  // V <= (1/n1 + 1/n0) / 4
    const double variance = cells.unpooled_variance();
    const double start = variance > 0 ? z / std::sqrt(variance) : (cells.c == 0 ? n0 : n1) + z * z;
    const math::Root root = math::increasing_root(excess, bound, infinity, start);
    if (!root.is_converged) return not_a_number;
    const double p1 = pulled_down(cells.a, cells.b, root.value).rate;
    const double q0 = pulled_down(cells.d, cells.c, root.value).rate;
    return std::clamp(p1 + q0 - 1, -1.0, cells.risk_difference());
}

/// `factor_of` gives the factor on the variance at a table.
template <class Factor>
Judge prepare_risk_difference_with(const Setting& setting, Factor factor_of) {
    const double quantile = math::two_sided_normal_quantile(setting.confidence);
    return [quantile, factor_of](const design::Table2x2& table) {
        const double z = quantile * std::sqrt(factor_of(table));
        const Cells cells = cells_of(table);
        const double lower = lower_limit_of_risk_difference(cells, z);
        const double upper = -lower_limit_of_risk_difference(cells.with_arms_swapped(), z);
        if (std::isnan(lower) || std::isnan(upper)) return unconverged_finding();
        return interval_finding(design::Measure::risk_difference, lower, upper);
    };
}

}  // namespace

Judge prepare_risk_difference_score(const Setting& setting) {
    return prepare_risk_difference_with(setting, [](const design::Table2x2&) { return 1.0; });
}

Judge prepare_risk_difference_miettinen_nurminen(const Setting& setting) {
    return prepare_risk_difference_with(setting, small_sample_factor);
}

}  // namespace rsasim::analysis
