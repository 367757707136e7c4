#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "interval_finding.hpp"
#include "score_variance.hpp"
#include "skewness_correction.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

/// Risk ratios below the observed one. With the multiplier lambda of the restriction the fitted
/// rates are (a - lambda) / (n1 - lambda) and (c + lambda) / (n0 + lambda), with odds against the
/// event o1 = b / (a - lambda) and o0 = d / (c + lambda). In units of the treated rate
///
///     V = o1 / n1 + o0 / n0,  S = lambda V,  mu3 = o1 (o1 - 1) / n1^2 - o0 (o0 - 1) / n0^2.
///
/// lambda = a u / (1 + u). Where every treated woman has the event (b = 0), p1 = 1 until lambda is
/// n1, at u = 1; from there on lambda stays and o1 = u - 1.
class RiskRatioPath {
  public:
    static constexpr design::Measure measure = design::Measure::risk_ratio;
    static constexpr double lower_end = 0;
    static double reversed(double effect) { return 1 / effect; }

    RiskRatioPath(const Cells& observed, double variance_factor)
        : cells_(observed), factor_(variance_factor) {}

    [[nodiscard]] bool is_at_lower_end() const { return cells_.a == 0; }
    [[nodiscard]] bool is_at_upper_end() const { return cells_.c == 0; }
    [[nodiscard]] double guess(double z) const {
        if (cells_.b == 0) return 1;
        return z / std::sqrt(cells_.plus(0.5).log_risk_ratio_variance()) / cells_.a;
    }
    [[nodiscard]] double effect(double u) const {
        const Fit fit = at(u);
        return (cells_.n_control() + fit.multiplier) /
               ((cells_.c + fit.multiplier) * (1 + fit.treated_odds));
    }
    [[nodiscard]] double corrected(double u) const {
        const Fit fit = at(u);
        const double treated = fit.treated_odds / cells_.n_treated();
        const double control = fit.control_odds / cells_.n_control();
        const double variance = treated + control;
        if (variance == 0) return -1;  // to which it goes as the variance goes to 0
        const double third = treated * (treated - 1 / cells_.n_treated()) -
                             control * (control - 1 / cells_.n_control());
        const double root = std::sqrt(factor_ * variance);
        return skewness_corrected(fit.multiplier * variance / root, third / (root * root * root));
    }

  private:
    struct Fit {
        double multiplier;
        double treated_odds;  ///< against the event
        double control_odds;
    };
    [[nodiscard]] Fit at(double u) const {
        if (cells_.b == 0) {
            const double multiplier = cells_.a * std::min(u, 1.0);
            return {multiplier, std::max(0.0, u - 1), cells_.d / (cells_.c + multiplier)};
        }
        const double left = cells_.a / (1 + u);
        return {left * u, cells_.b / left, cells_.d / (cells_.c + left * u)};
    }

    Cells cells_;
    double factor_;
};

}  // namespace

Judge prepare_risk_ratio_scas(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.events() == 0) return uninformative_ratio();
        return skewness_corrected_interval<RiskRatioPath>(cells_of(table), z,
                                                          small_sample_factor(table));
    };
}

}  // namespace rsasim::analysis
