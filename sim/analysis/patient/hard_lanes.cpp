#include "patient/logistic_fit.hpp"
#include "patient/separation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <rsasim/math/portable_exp.hpp>

namespace rsasim::analysis {

namespace {

using Vector = std::array<double, most_columns>;

constexpr int most_steps = 80;
constexpr int most_halvings = 20;
// The last step begins where both are small: the distance from the maximum, squared, in standard
// errors, and the largest change of a linear predictor. Where data hardly overlap the former says
// nothing, and where they are separated a linear predictor changes by 1 in every step.
constexpr double converged_decrement = 1e-16;
constexpr double converged_move = 1e-6;
constexpr double lost_likelihood = 1e-12;  // relative: rounding of the sum

/// Newton's method in one lane, in the order of additions of the vector code.
class Lane {
  public:
    Lane(const LogisticRows& rows, std::size_t lane, std::size_t fitted)
        : rows_(rows),
          lane_(lane),
          fitted_(fitted),
          dropped_(rows.has_interaction && rows.keeps_feature[lane] == 0 ? rows.columns - 3
                                                                         : rows.columns) {}

    /// Log likelihood; with it score and factored information of all columns.
    double differentiate(const Vector& at) {
        score_.fill(0);
        std::ranges::fill(matrix_, 0.0);
        double likelihood = 0;
        for (std::size_t woman = 0; woman < rows_.women; ++woman) {
            const double weight = rows_.at(woman, 1, lane_), outcome = rows_.at(woman, 0, lane_);
            if (weight == 0) continue;
            const double along = predictor(at, woman);
            const math::Odds odds = math::odds_of(along);
            const double scale = 1 / (odds.numerator + odds.denominator);
            const double event = odds.numerator * scale, other = odds.denominator * scale;
            const double rarer = std::min(odds.numerator, odds.denominator);
            likelihood -=
                math::portable_log_one_plus(rarer / std::max(odds.numerator, odds.denominator));
            if ((outcome > 0) != (along > 0)) likelihood -= std::abs(along);
            add(woman, outcome > 0 ? other : -event, event * other);
        }
        factor();
        return likelihood;
    }

    /// Largest change of a woman's linear predictor in a step.
    [[nodiscard]] double largest_move(const Vector& step) const {
        double largest = 0;
        for (std::size_t woman = 0; woman < rows_.women; ++woman) {
            if (rows_.at(woman, 1, lane_) != 0)
                largest = std::max(largest, std::abs(predictor(step, woman)));
        }
        return largest;
    }

    /// False where rounding alone is left of the information.
    [[nodiscard]] bool is_definite() const {
        for (std::size_t j = 0; j < rows_.columns; ++j) {
            if (j != dropped_ && !(inverse_pivot_[j] > 0)) return false;
        }
        return true;
    }

    /// The step, and Newton's decrement.
    double solve(Vector& step) {
        double decrement = 0;
        for (std::size_t j = 0; j < rows_.columns; ++j) {
            for (std::size_t k = 0; k < j; ++k)
                score_[j] -= matrix_[packed(j, k)] * score_[k];
            if (j < fitted_) decrement += score_[j] * score_[j] * inverse_pivot_[j];
        }
        for (std::size_t j = fitted_; j-- > 0;) {
            step[j] = score_[j] * inverse_pivot_[j];
            for (std::size_t k = j + 1; k < fitted_; ++k)
                step[j] -= matrix_[packed(k, j)] * step[k];
        }
        return decrement;
    }

    void store(const Vector& coefficients, LogisticFit& fit) const {
        for (std::size_t j = 0; j < rows_.columns; ++j) {
            fit.coefficients[j][lane_] = j < fitted_ ? coefficients[j] : 0;
            fit.score[j][lane_] = score_[j];
            fit.inverse_pivot[j][lane_] = inverse_pivot_[j];
            for (std::size_t k = 0; k <= j; ++k)
                fit.lower[packed(j, k)][lane_] = matrix_[packed(j, k)];
        }
    }

  private:
    [[nodiscard]] double predictor(const Vector& at, std::size_t woman) const {
        double sum = at[0];
        for (std::size_t j = 1; j < fitted_; ++j)
            sum += at[j] * rows_.at(woman, 1 + j, lane_);
        return sum;
    }

    void add(std::size_t woman, double residual, double weight) {
        for (std::size_t j = 0; j < rows_.columns; ++j) {
            const double x = rows_.at(woman, 1 + j, lane_);
            score_[j] += x * residual;
            for (std::size_t k = 0; k <= j; ++k)
                matrix_[packed(j, k)] += x * weight * rows_.at(woman, 1 + k, lane_);
        }
    }

    void factor() {
        for (std::size_t j = 0; j < rows_.columns; ++j) {
            for (std::size_t k = 0; k < j; ++k) {
                for (std::size_t m = 0; m < k; ++m)
                    matrix_[packed(j, k)] -= matrix_[packed(j, m)] * matrix_[packed(k, m)];
            }
            for (std::size_t k = 0; k < j; ++k) {
                const double scaled = matrix_[packed(j, k)];
                matrix_[packed(j, k)] = scaled * inverse_pivot_[k];
                matrix_[packed(j, j)] -= scaled * matrix_[packed(j, k)];
            }
            inverse_pivot_[j] = j == dropped_ ? 0 : 1 / matrix_[packed(j, j)];
        }
    }

    const LogisticRows& rows_;
    std::size_t lane_, fitted_, dropped_;
    Vector score_{}, inverse_pivot_{};
    std::array<double, packed(most_columns, 0)> matrix_{};
};

Vector moved(const Vector& from, double share, const Vector& step) {
    Vector to = from;
    for (std::size_t j = 0; j < to.size(); ++j)
        to[j] += share * step[j];
    return to;
}

/// The step with which the vector code ended.
Vector last_step(const LogisticFit& fit, std::size_t lane) {
    Vector step{};
    for (std::size_t j = fit.columns; j-- > 0;) {
        step[j] = fit.score[j][lane] * fit.inverse_pivot[j][lane];
        for (std::size_t k = j + 1; k < fit.columns; ++k)
            step[j] -= fit.lower[packed(k, j)][lane] * step[k];
    }
    return step;
}

/// Moves along a step, halved until the likelihood does not fall; returns the likelihood there.
double climb(Lane& newton, double likelihood, const Vector& step, Vector& coefficients) {
    double share = 1;
    Vector next = moved(coefficients, share, step);
    double gained = newton.differentiate(next);
    for (int i = 0; i < most_halvings && !(gained >= likelihood * (1 + lost_likelihood)); ++i) {
        share /= 2;
        next = moved(coefficients, share, step);
        gained = newton.differentiate(next);
    }
    coefficients = next;
    return gained;
}

}  // namespace

void resolve_lane(const LogisticRows& rows, std::size_t lane, LogisticFit& fit) {
    fit.status[lane] = Status::separated;
    const auto columns = fit.columns;
    const Vector direction = last_step(fit, lane);
    if (separates(rows, lane, std::span(direction).first(columns))) return;
    Lane newton(rows, lane, columns);
    Vector coefficients{}, step{};
    const double events = rows.events[lane];
    coefficients[0] = math::portable_log(events / (rows.included[lane] - events));
    double likelihood = newton.differentiate(coefficients);
    for (int steps = 0; steps < most_steps && newton.is_definite(); ++steps) {
        const double decrement = newton.solve(step);
        if (decrement < converged_decrement && newton.largest_move(step) < converged_move) {
            coefficients = moved(coefficients, 1, step);
            newton.differentiate(coefficients);
            newton.solve(step);
            newton.store(moved(coefficients, 1, step), fit);
            fit.status[lane] = Status::ok;
            return;
        }
        if (separates(rows, lane, std::span(step).first(columns))) return;
        likelihood = climb(newton, likelihood, step, coefficients);
    }
    fit.status[lane] = Status::not_converged;
}

}  // namespace rsasim::analysis
