#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <rsasim/analysis/penalty_curvature.hpp>

namespace rsasim::analysis {

enum class FitStatus { ok, collinear, not_converged };

/// Logistic regression with Jeffreys' penalty of one small data set: the b with
///
///     sum x_i (y_i - p_i + h_i (1/2 - p_i)) = 0,   h_i = w_i x_i' I^-1 x_i,   w_i = p_i (1 - p_i),
///
/// I = sum w_i x_i x_i' (Firth 1993, doi:10.1093/biomet/80.1.27), which is finite whether or not
/// the columns separate the outcome. Newton's method with all second derivatives of the penalised
/// likelihood, curvature added where they are not those of a hill; steps are halved until the
/// penalised likelihood does not fall. A fit ends after a step of Newton's that began
/// less than 1e-8 standard errors away, so that it leaves rounding alone. Every processor gives
/// the same bits. Memory is kept from one data set to the next. Tested against logistf and against
/// maxima found by R's optim.
class JeffreysFit {
  public:
    JeffreysFit(std::size_t most_women, std::size_t columns);

    void clear() { outcomes_.clear(), rows_.clear(); }
    /// `row` has all columns, the intercept's 1 included.
    void add(std::span<const double> row, double outcome);
    /// No woman, or columns that depend on each other: `collinear`.
    FitStatus fit();
    /// After a fit: the maximum with the last coefficient held at `value`, sought from the present
    /// coefficients. The penalty stays that of all columns.
    FitStatus fit_with_last(double value);

    /// Where the next fit_with_last() begins, if not at the present coefficients.
    void move_to(std::span<const double> coefficients);

    [[nodiscard]] std::size_t columns() const { return columns_; }
    [[nodiscard]] std::span<const double> coefficients() const { return coefficients_; }
    /// Log likelihood plus half the log determinant of I.
    [[nodiscard]] double penalised_log_likelihood() const { return likelihood_; }
    /// Of the penalised log likelihood by the last coefficient, where the last step began.
    [[nodiscard]] double last_slope() const;
    /// Of coefficient j: the root of the diagonal of I^-1.
    [[nodiscard]] double standard_error(std::size_t j) const;
    /// L' x = z solved for x, I = L L' at the estimate: standard normal z become draws of N(0,
    /// I^-1), in place.
    void scale_normals(std::span<double> z) const;

  private:
    /// What a woman adds to the sums.
    struct Shares {
        double residual, weight, slope;  ///< y - p, p (1 - p), 1 - 2 p
    };

    [[nodiscard]] std::size_t women() const { return outcomes_.size(); }
    [[nodiscard]] const double* row(std::size_t woman) const {
        return rows_.data() + woman * columns_;
    }
    double evaluate(double least_pivot);
    bool factorise(double least_pivot);
    void differentiate();
    double set_step(std::size_t moving, bool& is_newton);
    bool take_step();
    bool maximise(std::size_t moving);

    std::size_t columns_;
    std::vector<double> rows_, outcomes_;
    std::vector<Shares> shares_;  ///< by woman, at the coefficients
    std::vector<double> coefficients_, step_, before_, solved_;
    double likelihood_ = 0;
    std::vector<double> factor_;  ///< lower triangle L, row by row
    std::vector<double> score_;   ///< L^-1 U of the penalised likelihood
    PenaltyCurvature penalty_;
    std::vector<double> curvature_;  ///< as L^-1 C L'^-1, lower triangle, row by row
};

}  // namespace rsasim::analysis
