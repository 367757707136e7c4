#include <algorithm>
#include <cmath>

#include <rsasim/analysis/jeffreys_fit.hpp>
#include <rsasim/math/portable_exp.hpp>

namespace rsasim::analysis {

namespace {

constexpr int most_iterations = 200;
constexpr int most_step_halvings = 40;
/// Squared distance from the maximum, in standard errors, from which Newton's last step is made.
constexpr double negligible_decrement = 1e-16;
/// Largest change of a woman's log odds in one step.
constexpr double longest_step = 5;
/// A pivot of the columns' squares below this share of its diagonal: the column follows from those
/// before it.
constexpr double no_pivot = 1e-10;
/// The same of the weighted squares on the way: only rounding is left.
constexpr double lost_pivot = 1e-14;
/// Least curvature, relative to that of the likelihood alone, at which Newton's step is trusted.
constexpr double least_curvature = 1e-3;
/// What is added to the curvature where it is less, relative to that of the likelihood alone.
constexpr double least_added = 0.125, added_growth = 2;
/// Rounding of the penalised likelihood, relative.
constexpr double likelihood_slack = 1e-12;

/// A square matrix's lower triangle, of which the leading rows count.
template <class Number>
struct Triangle {
    std::span<Number> values;
    std::size_t stride, size;
    Number& at(std::size_t j, std::size_t k) const { return values[j * stride + k]; }
};

/// Cholesky's factor in place. False where a pivot is at most `least` or that share of its
/// diagonal.
bool factor(const Triangle<double>& matrix, double least, double least_share) {
    for (std::size_t j = 0; j < matrix.size; ++j) {
        const double diagonal = matrix.at(j, j);
        for (std::size_t k = 0; k <= j; ++k) {
            double sum = matrix.at(j, k);
            for (std::size_t l = 0; l < k; ++l)
                sum -= matrix.at(j, l) * matrix.at(k, l);
            if (k < j) {
                matrix.at(j, k) = sum / matrix.at(k, k);
            } else {
                if (!(sum > least && sum > least_share * diagonal)) return false;
                matrix.at(j, j) = std::sqrt(sum);
            }
        }
    }
    return true;
}

/// L^-1 v in place.
template <class Number>
void solve_lower(const Triangle<Number>& factored, std::span<double> v) {
    for (std::size_t j = 0; j < factored.size; ++j) {
        for (std::size_t k = 0; k < j; ++k)
            v[j] -= factored.at(j, k) * v[k];
        v[j] /= factored.at(j, j);
    }
}

/// L'^-1 v in place.
template <class Number>
void solve_upper(const Triangle<Number>& factored, std::span<double> v) {
    for (std::size_t j = factored.size; j-- > 0;) {
        for (std::size_t k = j + 1; k < factored.size; ++k)
            v[j] -= factored.at(k, j) * v[k];
        v[j] /= factored.at(j, j);
    }
}

}  // namespace

JeffreysFit::JeffreysFit(std::size_t most_women, std::size_t columns)
    : columns_(columns),
      coefficients_(columns),
      step_(columns),
      before_(columns),
      solved_(columns),
      factor_(columns * columns),
      score_(columns),
      penalty_(columns),
      curvature_(columns * columns) {
    rows_.reserve(most_women * columns);
    outcomes_.reserve(most_women);
    shares_.reserve(most_women);
}

void JeffreysFit::add(std::span<const double> row, double outcome) {
    rows_.insert(rows_.end(), row.begin(), row.end());
    outcomes_.push_back(outcome);
}

/// The penalised likelihood, with the women's shares and the factor of the information at the
/// coefficients; -infinity where there is none.
double JeffreysFit::evaluate(double least_pivot) {
    shares_.resize(women());
    double sum = 0;
    for (std::size_t i = 0; i < women(); ++i) {
        double log_odds = 0;
        for (std::size_t j = 0; j < columns_; ++j)
            log_odds += row(i)[j] * coefficients_[j];
        const math::Odds odds = math::odds_of(log_odds);
        const double scale = 1 / (odds.numerator + odds.denominator);
        const double event = odds.numerator * scale, other = odds.denominator * scale;
        const bool has_event = outcomes_[i] != 0;
        shares_[i] = {has_event ? other : -event, event * other, other - event};
        const double rarer = std::min(odds.numerator, odds.denominator);
        sum -= math::portable_log_one_plus(rarer / std::max(odds.numerator, odds.denominator));
        if (has_event != (log_odds > 0)) sum -= std::abs(log_odds);
    }
    if (!factorise(least_pivot)) return -HUGE_VAL;
    for (std::size_t j = 0; j < columns_; ++j)
        sum += math::portable_log(factor_[j * columns_ + j]);  // half the log determinant
    return sum;
}

/// Cholesky's factor of the information. False where a pivot vanishes.
bool JeffreysFit::factorise(double least_pivot) {
    std::ranges::fill(factor_, 0.0);
    for (std::size_t i = 0; i < women(); ++i) {
        for (std::size_t j = 0; j < columns_; ++j) {
            for (std::size_t k = 0; k <= j; ++k)
                factor_[j * columns_ + k] += shares_[i].weight * row(i)[j] * row(i)[k];
        }
    }
    return factor(Triangle<double>{factor_, columns_, columns_}, 0, least_pivot);
}

void JeffreysFit::scale_normals(std::span<double> z) const {
    solve_upper(Triangle<const double>{factor_, columns_, columns_}, z);
}

double JeffreysFit::standard_error(std::size_t j) const {
    std::vector<double> unit(columns_, 0.0);
    unit[j] = 1;
    solve_lower(Triangle<const double>{factor_, columns_, columns_}, unit);
    double variance = 0;
    for (const double element : unit)
        variance += element * element;
    return std::sqrt(variance);
}

double JeffreysFit::last_slope() const {
    // U = L (L^-1 U)
    double sum = 0;
    for (std::size_t k = 0; k < columns_; ++k)
        sum += factor_[(columns_ - 1) * columns_ + k] * score_[k];
    return sum;
}

/// Score and curvature, with z = L^-1 x: h = w |z|^2.
void JeffreysFit::differentiate() {
    std::ranges::fill(score_, 0.0);
    penalty_.clear();
    const Triangle<const double> information{factor_, columns_, columns_};
    for (std::size_t i = 0; i < women(); ++i) {
        std::copy_n(row(i), columns_, solved_.begin());
        solve_lower(information, solved_);
        double square = 0;
        for (const double s : solved_)
            square += s * s;
        const auto [residual, weight, slope] = shares_[i];
        const double h = weight * square;
        for (std::size_t j = 0; j < columns_; ++j)
            score_[j] += solved_[j] * (residual + h * slope / 2);
        penalty_.add(solved_, h * (1 - 6 * weight), weight * slope);
    }
}

/// Newton's step of the leading coefficients, with as much added to the curvature as makes it that
/// of a hill; returns its gain by the quadratic model, twice.
double JeffreysFit::set_step(std::size_t moving, bool& is_newton) {
    std::ranges::fill(step_, 0.0);
    std::copy_n(score_.begin(), moving, step_.begin());
    const Triangle<double> curvature{curvature_, columns_, moving};
    penalty_.set_curvature(curvature_);
    is_newton = factor(curvature, least_curvature, 0);
    bool is_hill = is_newton;
    for (double added = least_added; !is_hill; added *= added_growth) {
        penalty_.set_curvature(curvature_);
        for (std::size_t j = 0; j < moving; ++j)
            curvature.at(j, j) += added;
        is_hill = factor(curvature, least_curvature, 0);
    }
    solve_lower(curvature, step_);
    solve_upper(curvature, step_);
    double gain = 0;
    for (std::size_t j = 0; j < moving; ++j)
        gain += step_[j] * score_[j];
    scale_normals(step_);
    return gain;
}

/// Adds the step, first shortened where a woman's log odds would change by much, then halved until
/// the penalised likelihood does not fall.
bool JeffreysFit::take_step() {
    double largest = 0;
    for (std::size_t i = 0; i < women(); ++i) {
        double change = 0;
        for (std::size_t j = 0; j < columns_; ++j)
            change += row(i)[j] * step_[j];
        largest = std::max(largest, std::abs(change));
    }
    double share = std::min(1.0, longest_step / largest);
    before_ = coefficients_;
    const double least = likelihood_ - likelihood_slack * (1 + std::abs(likelihood_));
    for (int halving = 0; halving < most_step_halvings; ++halving) {
        for (std::size_t j = 0; j < columns_; ++j)
            coefficients_[j] = before_[j] + share * step_[j];
        likelihood_ = evaluate(lost_pivot);
        if (likelihood_ >= least) return true;
        share /= 2;
    }
    return false;
}

/// From the coefficients, where evaluate() has been. Score and factor are those of the end.
bool JeffreysFit::maximise(std::size_t moving) {
    for (int i = 0; i < most_iterations; ++i) {
        differentiate();
        bool is_newton = false;
        const double gain = set_step(moving, is_newton);
        if (!take_step()) return false;
        if (is_newton && gain < negligible_decrement) return true;
    }
    return false;
}

FitStatus JeffreysFit::fit() {
    std::ranges::fill(coefficients_, 0.0);
    likelihood_ = evaluate(no_pivot);
    if (!(likelihood_ > -HUGE_VAL)) return FitStatus::collinear;
    return maximise(columns_) ? FitStatus::ok : FitStatus::not_converged;
}

void JeffreysFit::move_to(std::span<const double> coefficients) {
    std::ranges::copy(coefficients, coefficients_.begin());
    likelihood_ = evaluate(lost_pivot);
}

FitStatus JeffreysFit::fit_with_last(double value) {
    // Along the last column of the inverse information, as the others' maximum moves.
    std::ranges::fill(step_, 0.0);
    const std::size_t last = columns_ - 1;
    step_[last] = factor_[last * columns_ + last];
    scale_normals(step_);
    const double move = value - coefficients_[last];
    before_ = coefficients_;
    for (std::size_t j = 0; j < last; ++j)
        coefficients_[j] += move * step_[j];
    coefficients_[last] = value;
    likelihood_ = evaluate(lost_pivot);
    if (!(likelihood_ > -HUGE_VAL)) {
        std::copy_n(before_.begin(), last, coefficients_.begin());
        likelihood_ = evaluate(lost_pivot);
    }
    if (!(likelihood_ > -HUGE_VAL)) return FitStatus::not_converged;
    return maximise(last) ? FitStatus::ok : FitStatus::not_converged;
}

}  // namespace rsasim::analysis
