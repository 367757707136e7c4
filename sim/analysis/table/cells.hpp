#pragma once

#include <cmath>

#include <rsasim/design/table.hpp>

namespace rsasim::analysis {

/// The four cells of a table as doubles, by the letters of the literature: a, b are the events and
/// non-events of the treated arm, c, d those of the control arm.
struct Cells {
    double a, b, c, d;

    [[nodiscard]] double n_treated() const { return a + b; }
    [[nodiscard]] double n_control() const { return c + d; }
    [[nodiscard]] double events() const { return a + c; }
    [[nodiscard]] double non_events() const { return b + d; }
    [[nodiscard]] double total() const { return a + b + c + d; }
    /// ad - bc, which has the sign of the rate difference and is exact below 2^53.
    [[nodiscard]] double determinant() const { return a * d - b * c; }
    /// The same with `added` in every cell.
    [[nodiscard]] Cells plus(double added) const {
        return {a + added, b + added, c + added, d + added};
    }
    [[nodiscard]] Cells with_arms_swapped() const { return {c, d, a, b}; }

    [[nodiscard]] double odds_ratio() const { return a * d / (b * c); }
    [[nodiscard]] double log_odds_ratio() const { return std::log(odds_ratio()); }
    /// Variance of the log odds ratio (Woolf).
    [[nodiscard]] double sum_of_reciprocals() const { return 1 / a + 1 / b + 1 / c + 1 / d; }

    /// a/n1 - c/n0, exactly 0 for equal rates.
    [[nodiscard]] double risk_difference() const {
        return determinant() / (n_treated() * n_control());
    }
    /// Variance of the risk difference, each arm with its own rate.
    [[nodiscard]] double unpooled_variance() const {
        const double n1 = n_treated(), n0 = n_control();
        return a / n1 * (b / n1) / n1 + c / n0 * (d / n0) / n0;
    }

    [[nodiscard]] double risk_ratio() const { return a * n_control() / (c * n_treated()); }
    /// Variance of the log risk ratio, 1/a - 1/n1 + 1/c - 1/n0 (Katz).
    [[nodiscard]] double log_risk_ratio_variance() const {
        return b / a / n_treated() + d / c / n_control();
    }
};

inline Cells cells_of(const design::Table2x2& table) {
    return {
        static_cast<double>(table.treated.events), static_cast<double>(table.treated.non_events()),
        static_cast<double>(table.control.events), static_cast<double>(table.control.non_events())};
}

}  // namespace rsasim::analysis
