#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "pulled_rate.hpp"
#include "score_variance.hpp"
#include "skewness_correction.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

/// Risk differences below the observed one; u is the multiplier lambda of the restriction (see
/// pulled_down), with which S = lambda V. V = v1 + v0, v = p (1 - p) / n, and
/// mu3 = v1 (1 - 2 p1) / n1 - v0 (1 - 2 p0) / n0.
class RiskDifferencePath {
  public:
    static constexpr design::Measure measure = design::Measure::risk_difference;
    static constexpr double lower_end = -1;
    static double reversed(double effect) { return -effect; }

    RiskDifferencePath(const Cells& observed, double variance_factor)
        : cells_(observed), factor_(variance_factor) {}

    [[nodiscard]] bool is_at_lower_end() const { return cells_.a == 0 && cells_.d == 0; }
    [[nodiscard]] bool is_at_upper_end() const { return cells_.b == 0 && cells_.c == 0; }
    [[nodiscard]] double guess(double z) const {
        // The fitted rate of a full or empty arm stays until the multiplier is the arm's size.
        const double bend = std::max(cells_.b == 0 ? cells_.n_treated() : 0,
                                     cells_.c == 0 ? cells_.n_control() : 0);
        return bend > 0 ? bend : z / std::sqrt(cells_.plus(1).unpooled_variance());
    }
    [[nodiscard]] double effect(double u) const {
        const double p1 = pulled_down(cells_.a, cells_.b, u).rate;
        const double q0 = pulled_down(cells_.d, cells_.c, u).rate;
        return std::clamp(p1 + q0 - 1, -1.0, cells_.risk_difference());
    }
    [[nodiscard]] double corrected(double u) const {
        const PulledRate treated = pulled_down(cells_.a, cells_.b, u);
        const PulledRate control = pulled_down(cells_.d, cells_.c, u);
        const double variance = treated.variance + control.variance;
        if (variance == 0) return -1;  // to which it goes as the variance goes to 0
        const double third = treated.variance * (treated.rest - treated.rate) / cells_.n_treated() +
                             control.variance * (control.rest - control.rate) / cells_.n_control();
        const double root = std::sqrt(factor_ * variance);
        return skewness_corrected(u * variance / root, third / (root * root * root));
    }

  private:
    Cells cells_;
    double factor_;
};

}  // namespace

Judge prepare_risk_difference_scas(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        return skewness_corrected_interval<RiskDifferencePath>(cells_of(table), z,
                                                               small_sample_factor(table));
    };
}

}  // namespace rsasim::analysis
