#include "asymptotic_methods.hpp"
#include "interval_finding.hpp"
#include "restricted_fit.hpp"
#include "score_variance.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {

namespace {

/// The odds ratio below the observed one with score chi-square z^2 = moved^2 S, S = the sum of the
/// reciprocal fitted cells. Solved as z^2 / S(left) - moved^2 = 0, increasing and concave in `left`
/// (1/S is a harmonic mean of linear functions), so that Newton's method cannot fail.
double lower_limit_of_odds_ratio(const Cells& observed, double z) {
    const FittedTables path(observed);
    const double most_left = path.most_left(), square = z * z;
    if (most_left == 0) return 0;
    const auto excess = [&](double left) -> math::ValueAndSlope {
        const Cells fit = path.at(left);
        const double moved = path.moved(left);
        const double ra = 1 / fit.a, rb = 1 / fit.b, rc = 1 / fit.c, rd = 1 / fit.d;
        const double harmonic = 1 / (ra + rb + rc + rd);
        const double change = ra * ra + rd * rd - rb * rb - rc * rc;
        return {square * harmonic - moved * moved,
                square * change * harmonic * harmonic + 2 * moved};
    };
    const double guess = most_left - z / std::sqrt(observed.plus(1).sum_of_reciprocals());
    const double start = guess > 0 ? guess : most_left * (most_left / (square + 2 * most_left));
    const math::Root root = math::increasing_root(excess, 0, most_left, start);
    return root.is_converged ? path.at(root.value).odds_ratio() : not_a_number;
}

/// `factor_of` gives the factor on the variance at a table.
template <class Factor>
Judge prepare_odds_ratio_with(const Setting& setting, Factor factor_of) {
    const double quantile = math::two_sided_normal_quantile(setting.confidence);
    return [quantile, factor_of](const design::Table2x2& table) {
        const double z = quantile * std::sqrt(factor_of(table));
        if (table.has_empty_margin()) return uninformative_ratio();
        const Cells cells = cells_of(table);
        const double lower = lower_limit_of_odds_ratio(cells, z);
        const double upper = 1 / lower_limit_of_odds_ratio(cells.with_arms_swapped(), z);
        if (std::isnan(lower) || std::isnan(upper)) return unconverged_finding();
        return interval_finding(design::Measure::odds_ratio, lower, upper);
    };
}

}  // namespace

Judge prepare_odds_ratio_score(const Setting& setting) {
    return prepare_odds_ratio_with(setting, [](const design::Table2x2&) { return 1.0; });
}

Judge prepare_odds_ratio_miettinen_nurminen(const Setting& setting) {
    return prepare_odds_ratio_with(setting, small_sample_factor);
}

}  // namespace rsasim::analysis
