

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/jeffreys_fit.hpp>
#include <rsasim/math/logistic.hpp>

namespace rsasim::analysis {

namespace {

constexpr int most_iterations = 50;
constexpr int most_step_halvings = 25;
/// Largest change of a coefficient at convergence, relative to 1 + its size. Newton's last step
/// leaves an error of the order of its square.
constexpr double smallest_step = 1e-9;
/// Largest change of a coefficient's effect in one step.
constexpr double longest_step = 5;
/// A pivot below this share of its diagonal: the column follows from those before it.
constexpr double no_pivot = 1e-10;
/// Rounding of the penalised likelihood, relative.
constexpr double likelihood_slack = 1e-12;

/// log(1 + e^x)
double softplus(double x) {
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

}  // namespace

JeffreysFit::JeffreysFit(std::size_t most_women, std::size_t columns)
    : columns_(columns),
      coefficients_(columns),
      step_(columns),
      before_(columns),
      solved_(columns),
      factor_(columns * columns) {
    rows_.reserve(most_women * columns);
    outcomes_.reserve(most_women);
    probabilities_.reserve(most_women);
}

void JeffreysFit::add(std::span<const double> row, double outcome) {
    rows_.insert(rows_.end(), row.begin(), row.end());
    outcomes_.push_back(outcome);
}

/// Sets the probabilities and the factor of the information at the coefficients; -infinity where
/// there is none.
double JeffreysFit::penalised_log_likelihood() {
    probabilities_.resize(women());
    double sum = 0;
    for (std::size_t i = 0; i < women(); ++i) {
        double log_odds = 0;
        for (std::size_t j = 0; j < columns_; ++j)
            log_odds += row(i)[j] * coefficients_[j];
        probabilities_[i] = math::logistic(log_odds);
        sum -= softplus(outcomes_[i] != 0 ? -log_odds : log_odds);
    }
    if (!factorise()) return -HUGE_VAL;
    for (std::size_t j = 0; j < columns_; ++j)
        sum += std::log(factor_[j * columns_ + j]);  // half the log determinant
    return sum;
}

/// Cholesky's factor of the information. False where a pivot vanishes.
bool JeffreysFit::factorise() {
    std::ranges::fill(factor_, 0.0);
    for (std::size_t i = 0; i < women(); ++i) {
        const double weight = probabilities_[i] * (1 - probabilities_[i]);
        for (std::size_t j = 0; j < columns_; ++j) {
            for (std::size_t k = 0; k <= j; ++k)
                factor_[j * columns_ + k] += weight * row(i)[j] * row(i)[k];
        }
    }
    for (std::size_t j = 0; j < columns_; ++j) {
        const double diagonal = factor_[j * columns_ + j];
        for (std::size_t k = 0; k <= j; ++k) {
            double sum = factor_[j * columns_ + k];
            for (std::size_t l = 0; l < k; ++l)
                sum -= factor_[j * columns_ + l] * factor_[k * columns_ + l];
            if (k < j) {
                factor_[j * columns_ + k] = sum / factor_[k * columns_ + k];
            } else {
                if (!(sum > no_pivot * diagonal)) return false;
                factor_[j * columns_ + j] = std::sqrt(sum);
            }
        }
    }
    return true;
}

void JeffreysFit::scale_normals(std::span<double> z) const {
    for (std::size_t j = columns_; j-- > 0;) {
        for (std::size_t k = j + 1; k < columns_; ++k)
            z[j] -= factor_[k * columns_ + j] * z[k];
        z[j] /= factor_[j * columns_ + j];
    }
}

double JeffreysFit::standard_error(std::size_t j) const {
    std::vector<double> unit(columns_, 0.0);
    unit[j] = 1;
    solve_lower(unit);
    double variance = 0;
    for (const double element : unit)
        variance += element * element;
    return std::sqrt(variance);
}

void JeffreysFit::solve_lower(std::span<double> v) const {
    for (std::size_t j = 0; j < columns_; ++j) {
        for (std::size_t k = 0; k < j; ++k)
            v[j] -= factor_[j * columns_ + k] * v[k];
        v[j] /= factor_[j * columns_ + j];
    }
}

/// I^-1 U, with |L^-1 x|^2 w as h.
void JeffreysFit::set_step() {
    std::ranges::fill(step_, 0.0);
    for (std::size_t i = 0; i < women(); ++i) {
        std::copy_n(row(i), columns_, solved_.begin());
        solve_lower(solved_);
        double square = 0;
        for (const double s : solved_)
            square += s * s;
        const double p = probabilities_[i], h = p * (1 - p) * square;
        const double residual = outcomes_[i] - p + h * (0.5 - p);
        for (std::size_t j = 0; j < columns_; ++j)
            step_[j] += row(i)[j] * residual;
    }
    solve_lower(step_);
    scale_normals(step_);
}

/// Adds the step, halved until the penalised likelihood does not fall.
bool JeffreysFit::take_step(double& likelihood) {
    before_ = coefficients_;
    for (int halving = 0; halving < most_step_halvings; ++halving) {
        for (std::size_t j = 0; j < columns_; ++j)
            coefficients_[j] = before_[j] + step_[j];
        const double next = penalised_log_likelihood();
        if (next >= likelihood - likelihood_slack * (1 + std::abs(likelihood))) {
            likelihood = next;
            return true;
        }
        for (double& step : step_)
            step /= 2;
    }
    return false;
}

FitStatus JeffreysFit::fit() {
    std::ranges::fill(coefficients_, 0.0);
    double likelihood = penalised_log_likelihood();
    if (!(likelihood > -HUGE_VAL)) return FitStatus::collinear;
    for (int i = 0; i < most_iterations; ++i) {
        set_step();
        double largest = 0;
        for (std::size_t j = 0; j < columns_; ++j)
            largest = std::max(largest, std::abs(step_[j]) / (1 + std::abs(coefficients_[j])));
        if (largest > longest_step) {
            for (double& step : step_)
                step *= longest_step / largest;
        }
        if (!take_step(likelihood)) return FitStatus::not_converged;
        if (largest < smallest_step) return FitStatus::ok;
    }
    return FitStatus::not_converged;
}

}  // namespace rsasim::analysis
