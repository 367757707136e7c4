#include "patient/standardisation.hpp"

#include <array>
#include <cmath>

#include <rsasim/math/portable_exp.hpp>

namespace rsasim::analysis {

namespace {

/// Covariance with divisor n - 1, from sums.
double covariance(double n, double products, double sum_a, double sum_b) {
    return (products - sum_a * sum_b / n) / (n - 1);
}

/// One arm's own sums: its women, their events, predictions in this arm and in the other, and their
/// products with the outcomes.
struct ArmSums {
    double women, events, own, other, events_own, events_other;
};

double own_variance(const ArmSums& arm, double total, double mu_variance) {
    const double of_outcome = covariance(arm.women, arm.events, arm.events, arm.events);
    const double shared = covariance(arm.women, arm.events_own, arm.events, arm.own);
    const double share = arm.women / total;
    return (of_outcome - 2 * shared + mu_variance) / share + 2 * shared - mu_variance;
}

}  // namespace

StandardisedRisks risks_of_ye(const LogisticRows& rows, const StandardisedSums& s,
                              std::size_t lane) {
    const double n = rows.included[lane], n1 = rows.treated[lane];
    const ArmSums treated{n1,           s.t_y[lane],    s.t_p1[lane],
                          s.t_p0[lane], s.t_y_p1[lane], s.t_y_p0[lane]};
    const ArmSums control{n - n1,
                          rows.events[lane] - s.t_y[lane],
                          s.p0[lane] - s.t_p0[lane],
                          s.p1[lane] - s.t_p1[lane],
                          s.y_p0[lane] - s.t_y_p0[lane],
                          s.y_p1[lane] - s.t_y_p1[lane]};
    const double var1 = covariance(n, s.p1_p1[lane], s.p1[lane], s.p1[lane]);
    const double var0 = covariance(n, s.p0_p0[lane], s.p0[lane], s.p0[lane]);
    const double both =
        covariance(treated.women, treated.events_other, treated.events, treated.other) +
        covariance(control.women, control.events_other, control.events, control.other) -
        covariance(n, s.p1_p0[lane], s.p1[lane], s.p0[lane]);
    return {s.p1[lane] / n, s.p0[lane] / n, own_variance(treated, n, var1) / n,
            own_variance(control, n, var0) / n, both / n};
}

StandardisedRisks risks_of_ge(const LogisticRows& rows, const LogisticFit& fit,
                              const StandardisedSums& s, std::size_t lane) {
    std::array<double, most_columns> d1{}, d0{};
    const double n = rows.included[lane];
    StandardisedRisks risks{s.p1[lane] / n, s.p0[lane] / n};
    for (std::size_t j = 0; j < rows.columns; ++j) {
        d1[j] = s.slope1[j][lane] / n;
        d0[j] = s.slope0[j][lane] / n;
        for (std::size_t k = 0; k < j; ++k) {
            const double lower = fit.lower[packed(j, k)][lane];
            d1[j] -= lower * d1[k];
            d0[j] -= lower * d0[k];
        }
        const double inverse = fit.inverse_pivot[j][lane];
        risks.treated_variance += d1[j] * d1[j] * inverse;
        risks.control_variance += d0[j] * d0[j] * inverse;
        risks.covariance += d1[j] * d0[j] * inverse;
    }
    return risks;
}

Contrast contrast_of(const StandardisedRisks& r, design::Measure measure) {
    double estimate = r.treated - r.control, by_treated = 1, by_control = -1;
    if (measure == design::Measure::risk_ratio) {
        estimate = math::portable_log(r.treated / r.control);
        by_treated = 1 / r.treated;
        by_control = -1 / r.control;
    } else if (measure == design::Measure::odds_ratio) {
        estimate = math::portable_log(r.treated * (1 - r.control) / ((1 - r.treated) * r.control));
        by_treated = 1 / (r.treated * (1 - r.treated));
        by_control = -1 / (r.control * (1 - r.control));
    }
    const double variance = by_treated * by_treated * r.treated_variance +
                            2 * by_treated * by_control * r.covariance +
                            by_control * by_control * r.control_variance;
    return {estimate, std::sqrt(variance)};
}

}  // namespace rsasim::analysis
