#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "interval_finding.hpp"
#include "score_variance.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {

namespace {

/// The lower limit where every treated woman has the event (b = 0). Up to the multiplier n1 the
/// fitted treated rate stays at 1 and the chi-square is lambda^2 d / (n0 (c + lambda)); beyond, the
/// multiplier stays at n1 and the rate falls.
double lower_limit_of_full_arm(const Cells& cells, double z) {
    const double n1 = cells.n_treated(), n0 = cells.n_control(), square = z * z;
    const double at_n1 = n1 * cells.d / (n0 * (cells.c + n1));  // chi-square / n1 there
    if (n1 * at_n1 >= square) {
        const double scaled = square * n0;
        const double lambda =
            (scaled + std::sqrt(scaled * (scaled + 4 * cells.d * cells.c))) / (2 * cells.d);
        return (n0 + lambda) / (cells.c + lambda);
    }
    const double odds_against = square / n1 - at_n1;
    return (n0 + n1) / ((cells.c + n1) * (1 + odds_against));
}

/// The risk ratio below the observed one with score chi-square z^2. With the multiplier lambda of
/// the restriction the fitted rates are (a - lambda) / (n1 - lambda) and (c + lambda) / (n0 +
/// lambda), and the chi-square is lambda^2 S, S = b / (n1 (a - lambda)) + d / (n0 (c + lambda)).
/// Solved for left = a - lambda as z^2 / S - lambda^2 = 0, increasing and concave in `left`.
double lower_limit_of_risk_ratio(const Cells& cells, double z) {
    if (cells.a == 0) return 0;
    if (cells.b == 0) return lower_limit_of_full_arm(cells, z);
    const double n0 = cells.n_control(), square = z * z;
    const double treated = cells.b / cells.n_treated(), control = cells.d / n0;
    const auto excess = [&](double left) -> math::ValueAndSlope {
        const double lambda = cells.a - left;
        const double r1 = 1 / left, r0 = 1 / (cells.c + lambda);
        const double harmonic = 1 / (treated * r1 + control * r0);
        const double change = treated * r1 * r1 - control * r0 * r0;
        return {square * harmonic - lambda * lambda,
                square * change * harmonic * harmonic + 2 * lambda};
    };
    const double guess = cells.a - z / std::sqrt(treated / (cells.a + 1) + control / (cells.c + 1));
    const double start = guess > 0 ? guess : cells.a * (cells.a / (square + 2 * cells.a));
    const math::Root root = math::increasing_root(excess, 0, cells.a, start);
    if (!root.is_converged) return not_a_number;
    const double left = root.value, lambda = cells.a - left;
    return left / (cells.b + left) * ((n0 + lambda) / (cells.c + lambda));
}

/// `factor_of` gives the factor on the variance at a table.
template <class Factor>
Judge prepare_risk_ratio_with(const Setting& setting, Factor factor_of) {
    const double quantile = math::two_sided_normal_quantile(setting.confidence);
    return [quantile, factor_of](const design::Table2x2& table) {
        const double z = quantile * std::sqrt(factor_of(table));
        if (table.events() == 0) return uninformative_ratio();
        const Cells cells = cells_of(table);
        const double lower = lower_limit_of_risk_ratio(cells, z);
        const double upper = 1 / lower_limit_of_risk_ratio(cells.with_arms_swapped(), z);
        if (std::isnan(lower) || std::isnan(upper)) return unconverged_finding();
        return interval_finding(design::Measure::risk_ratio, lower, upper);
    };
}

}  // namespace

Judge prepare_risk_ratio_score(const Setting& setting) {
    return prepare_risk_ratio_with(setting, [](const design::Table2x2&) { return 1.0; });
}

Judge prepare_risk_ratio_miettinen_nurminen(const Setting& setting) {
    return prepare_risk_ratio_with(setting, small_sample_factor);
}

}  // namespace rsasim::analysis
