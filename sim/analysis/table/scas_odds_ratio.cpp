#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "interval_finding.hpp"
#include "restricted_fit.hpp"
#include "score_variance.hpp"
#include "skewness_correction.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

/// Odds ratios below the observed one: of the `most_left` women in the smaller of the cells a and d
/// the share u / (1 + u) has moved. In terms of the fitted cells A, ..., D and w = 1 / (1/A + 1/B):
///
///     S = moved (1/A + 1/B + 1/C + 1/D),  V = the sum of reciprocals,
///     mu3 = 1/A^2 - 1/B^2 - 1/C^2 + 1/D^2,  bias = (p1 - p0) / (w1 + w0)
///
/// (Gart 1985, doi:10.1093/biomet/72.3.673, for the bias).
class OddsRatioPath {
  public:
    static constexpr design::Measure measure = design::Measure::odds_ratio;
    static constexpr double lower_end = 0;
    static double reversed(double effect) { return 1 / effect; }

    OddsRatioPath(const Cells& observed, double variance_factor)
        : fits_(observed), factor_(variance_factor) {}

    [[nodiscard]] bool is_at_lower_end() const { return fits_.most_left() == 0; }
    [[nodiscard]] bool is_at_upper_end() const {
        return fits_.observed().b == 0 || fits_.observed().c == 0;
    }
    [[nodiscard]] double guess(double z) const {
        return z / std::sqrt(fits_.observed().plus(0.5).sum_of_reciprocals()) / fits_.most_left();
    }
    [[nodiscard]] double effect(double u) const { return fits_.at(left(u)).odds_ratio(); }
    [[nodiscard]] double corrected(double u) const {
        const Cells fit = fits_.at(left(u));
        const double moved = left(u) * u;
        const double sum = fit.sum_of_reciprocals();
        const double p1 = fit.a / fit.n_treated(), p0 = fit.c / fit.n_control();
        const double bias = (p1 - p0) / (p1 * fit.b + p0 * fit.d);
        const auto share = [&](double cell) { return 1 / (cell * sum) / (cell * sum); };
        const double third = share(fit.a) - share(fit.b) - share(fit.c) + share(fit.d);
        const double root = std::sqrt(sum / factor_);
        return skewness_corrected((moved - bias / sum) * root, third * root / factor_);
    }

  private:
    [[nodiscard]] double left(double u) const { return fits_.most_left() / (1 + u); }

    FittedTables fits_;
    double factor_;
};

}  // namespace

Judge prepare_odds_ratio_scas(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.has_empty_margin()) return uninformative_ratio();
        return skewness_corrected_interval<OddsRatioPath>(cells_of(table), z,
                                                          small_sample_factor(table));
    };
}

}  // namespace rsasim::analysis
