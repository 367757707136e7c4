#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace rsasim::analysis {

enum class FitStatus { ok, collinear, not_converged };

/// Logistic regression with Jeffreys' penalty of one small data set: the b with
///
///     sum x_i (y_i - p_i + h_i (1/2 - p_i)) = 0,   h_i = w_i x_i' I^-1 x_i,   w_i = p_i (1 - p_i),
///
/// I = sum w_i x_i x_i' (Firth 1993, doi:10.1093/biomet/80.1.27), which is finite whether or not
/// the columns separate the outcome. Newton's method with that I, steps halved until the penalised
/// likelihood does not fall. Memory is kept from one data set to the next. Tested against logistf.
class JeffreysFit {
  public:
    JeffreysFit(std::size_t most_women, std::size_t columns);

    void clear() { outcomes_.clear(), rows_.clear(); }
    /// `row` has all columns, the intercept's 1 included.
    void add(std::span<const double> row, double outcome);
    /// No woman, or columns that depend on each other: `collinear`.
    FitStatus fit();

    [[nodiscard]] std::span<const double> coefficients() const { return coefficients_; }
    /// Of coefficient j: the root of the diagonal of I^-1.
    [[nodiscard]] double standard_error(std::size_t j) const;
    /// L' x = z solved for x, I = L L' at the estimate: standard normal z become draws of N(0,
    /// I^-1), in place.
    void scale_normals(std::span<double> z) const;

  private:
    [[nodiscard]] std::size_t women() const { return outcomes_.size(); }
    [[nodiscard]] const double* row(std::size_t woman) const {
        return rows_.data() + woman * columns_;
    }
    double penalised_log_likelihood();
    bool factorise();
    void solve_lower(std::span<double> v) const;  ///< L^-1 v in place
    void set_step();
    bool take_step(double& likelihood);

    std::size_t columns_;
    std::vector<double> rows_, outcomes_, probabilities_;
    std::vector<double> coefficients_, step_, before_, solved_;
    std::vector<double> factor_;  ///< lower triangle L, row by row
};

}  // namespace rsasim::analysis
