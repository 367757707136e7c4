#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace rsasim::analysis {

/// How half the log determinant of a logistic regression's information I = L L' bends, in the
/// coordinates u = L' b in which the information is the unit matrix: with z_i = L^-1 x_i,
/// w_i = p_i (1 - p_i) and its derivatives w_i (1 - 2 p_i) and w_i (1 - 6 w_i), the second
/// derivatives are
///
///     1/2 sum w_i (1 - 6 w_i) |z_i|^2 z_i z_i' - 1/2 sum_cd T_acd T_bcd,
///     T_abc = sum w_i (1 - 2 p_i) z_ia z_ib z_ic
///
/// (second derivative of log det: tr(I^-1 I_rs) - tr(I^-1 I_r I^-1 I_s)). Women add columns^3 / 6
/// products each.
class PenaltyCurvature {
  public:
    explicit PenaltyCurvature(std::size_t columns);

    void clear();
    /// A woman with these `z`: `quadratic` = w (1 - 6 w) |z|^2, `cubic` = w (1 - 2 p).
    void add(std::span<const double> z, double quadratic, double cubic);
    /// Minus the second derivatives of the penalised log likelihood, the information's 1 included:
    /// lower triangle, row by row, of columns x columns.
    void set_curvature(std::span<double> matrix) const;

  private:
    [[nodiscard]] double tensor(std::size_t a, std::size_t b, std::size_t c) const;

    std::size_t columns_;
    std::vector<double> squares_;  ///< lower triangle, packed
    std::vector<double> cubes_;    ///< T_abc with a >= b >= c, packed
};

}  // namespace rsasim::analysis
