#include "asymptotic_methods.hpp"
#include "interval_finding.hpp"
#include "likelihood_root.hpp"
#include "restricted_fit.hpp"
#include "z_finding.hpp"

#include <cmath>

#include <rsasim/math/deviance.hpp>
#include <rsasim/math/normal.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {

namespace {

/// G^2 = 2 sum observed log(observed / fit), where the fit has `moved` less in a and d and `moved`
/// more in b and c.
double deviance(const Cells& observed, const Cells& fit, double moved) {
    return 2 * (math::deviance_term(observed.a, fit.a, moved) +
                math::deviance_term(observed.b, fit.b, -moved) +
                math::deviance_term(observed.c, fit.c, -moved) +
                math::deviance_term(observed.d, fit.d, moved));
}

Cells fit_of_no_effect(const Cells& cells) {
    const double treated = cells.n_treated() / cells.total();
    const double control = cells.n_control() / cells.total();
    return {treated * cells.events(), treated * cells.non_events(), control * cells.events(),
            control * cells.non_events()};
}

/// The odds ratio below the observed one with likelihood-ratio statistic z^2. G^2 falls from
/// infinity to 0 as `left` grows, with derivative -2 moved S, S = the sum of the reciprocal fitted
/// cells; z - G is solved, which is nearly linear.
double lower_profile_limit(const Cells& observed, double z) {
    const FittedTables path(observed);
    const double most_left = path.most_left();
    if (most_left == 0) return 0;
    const auto excess = [&](double left) -> math::ValueAndSlope {
        const Cells fit = path.at(left);
        const double moved = path.moved(left);
        const double root = std::sqrt(deviance(observed, fit, moved));
        return {z - root, moved * fit.sum_of_reciprocals() / root};
    };
    const double start = most_left - z / std::sqrt(observed.plus(0.5).sum_of_reciprocals());
    const math::Root root = math::increasing_root(excess, 0, most_left, start);
    return root.is_converged ? path.at(root.value).odds_ratio() : not_a_number;
}

}  // namespace

double signed_likelihood_root(const Cells& cells) {
    const double moved = cells.determinant() / cells.total();
    return std::copysign(std::sqrt(deviance(cells, fit_of_no_effect(cells), moved)), moved);
}

Judge prepare_likelihood_ratio(const Setting&) {
    return [](const design::Table2x2& table) {
        if (table.has_empty_margin()) return degenerate_finding();
        const double root = signed_likelihood_root(cells_of(table));
        return z_finding(root * root, root);
    };
}

Judge prepare_profile_likelihood(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.has_empty_margin()) return uninformative_ratio();
        const Cells cells = cells_of(table);
        const double lower = lower_profile_limit(cells, z);
        const double upper = 1 / lower_profile_limit(cells.with_arms_swapped(), z);
        if (std::isnan(lower) || std::isnan(upper)) return unconverged_finding();
        return interval_finding(design::Measure::odds_ratio, lower, upper);
    };
}

}  // namespace rsasim::analysis
