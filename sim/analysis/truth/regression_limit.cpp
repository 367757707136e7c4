#include "regression_limit.hpp"

#include "small_matrix.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/effect.hpp>
#include <rsasim/math/logistic.hpp>

namespace rsasim::analysis {
namespace {

constexpr int most_newton_steps = 100;
constexpr double converged_step = 1e-11;  // quadratic convergence: the next would be 1e-22
constexpr double greatest_coefficient = 60;
/// Women of whom all or none have the event, but for this share, say nothing about a slope.
constexpr double least_variance = 1e-14;

struct Coefficients {
    std::vector<double> slopes;
    std::vector<double> intercepts;
};

/// The rows with one intercept: its score, information and information with each slope.
struct Intercept {
    double score = 0;
    double information = 0;
    std::vector<double> with_slopes;
};

/// Newton's method for slopes and a great number of intercepts, of which each has rows of its own:
/// they are eliminated one by one.
class Fit {
  public:
    explicit Fit(const ScoreRows& rows) : rows_(rows), is_silent_(rows.intercepts()) {
        at_.slopes.resize(rows.columns);
        start();
    }

    /// The last slope, or NaN where the method does not converge.
    double last_slope() {
        for (int k = 0; k < most_newton_steps; ++k) {
            double score_left = 0;
            const auto step = newton_step(score_left);
            if (!step) return not_a_number;
            const double slopes = longest(step->slopes);
            move(*step, std::max(slopes, longest(step->intercepts)));
            if (slopes <= converged_step && score_left <= converged_step) return at_.slopes.back();
            if (!(std::abs(at_.slopes.back()) < greatest_coefficient)) return not_a_number;
        }
        return not_a_number;
    }

  private:
    static double longest(const std::vector<double>& step) {
        double length = 0;
        for (const double s : step)
            length = std::max(length, std::abs(s));
        return length;
    }

    /// Calls visit(intercept, row, weight, probability of the event) for all rows that count.
    template <class Visit>
    void for_rows(Visit&& visit) const {
        for (std::size_t d = 0; d < rows_.draws.size(); ++d) {
            const auto& [probability, events] = rows_.draws[d];
            for (std::size_t i = 0; i < rows_.count(); ++i) {
                const std::size_t k = rows_.intercept(d, i);
                if (!is_silent_[k])
                    visit(k, rows_.row(i), probability * rows_.weights[i], events[i]);
            }
        }
    }

    /// Every intercept at the log odds of its rows.
    void start() {
        std::vector<double> weights(rows_.intercepts()), events(rows_.intercepts());
        for_rows([&](std::size_t k, const double*, double weight, double event) {
            weights[k] += weight;
            events[k] += weight * event;
        });
        for (std::size_t k = 0; k < weights.size(); ++k) {
            const double rate = weights[k] > 0 ? events[k] / weights[k] : 0;
            is_silent_[k] = !(rate * (1 - rate) > least_variance);
            at_.intercepts.push_back(is_silent_[k] ? 0 : std::log(rate / (1 - rate)));
        }
    }

    [[nodiscard]] double linear(const Coefficients& b, std::size_t k, const double* z) const {
        double eta = b.intercepts[k];
        for (std::size_t j = 0; j < rows_.columns; ++j)
            eta += b.slopes[j] * z[j];
        return eta;
    }

    [[nodiscard]] double log_likelihood(const Coefficients& b) const {
        double sum = 0;
        for_rows([&](std::size_t k, const double* z, double weight, double event) {
            const double eta = linear(b, k, z);
            sum +=
                weight * (event * eta - std::max(eta, 0.0) - std::log1p(std::exp(-std::abs(eta))));
        });
        return sum;
    }

    /// Nothing where the information is singular. `score_left`: the largest score of an intercept
    /// relative to the information about all; those near 0 or 1 have little but rounding to give.
    std::optional<Coefficients> newton_step(double& score_left) const {
        const std::size_t p = rows_.columns;
        std::vector<Intercept> intercepts(rows_.intercepts());
        for (Intercept& one : intercepts)
            one.with_slopes.resize(p);
        std::vector<double> score(p);
        SquareMatrix information(p);
        for_rows([&](std::size_t k, const double* z, double weight, double event) {
            const double eta = linear(at_, k, z);
            const double fitted = math::logistic(eta);
            const double residual = weight * (event - fitted);
            const double variance = weight * fitted * math::logistic(-eta);
            Intercept& own = intercepts[k];
            own.score += residual;
            own.information += variance;
            for (std::size_t j = 0; j < p; ++j) {
                score[j] += residual * z[j];
                own.with_slopes[j] += variance * z[j];
                for (std::size_t l = 0; l <= j; ++l)
                    information(j, l) += variance * z[j] * z[l];
            }
        });
        double information_of_all = 0;
        for (const Intercept& one : intercepts) {
            score_left = std::max(score_left, std::abs(one.score));
            information_of_all += one.information;
            eliminate(one, score, information);
        }
        score_left /= information_of_all;
        const auto root = cholesky(information);
        if (!root) return std::nullopt;
        Coefficients step{cholesky_solve(*root, score), {}};
        for (const Intercept& one : intercepts)
            step.intercepts.push_back(step_of(one, step.slopes));
        return step;
    }

    static void eliminate(const Intercept& one, std::vector<double>& score,
                          SquareMatrix& information) {
        if (!(one.information > 0)) return;
        for (std::size_t j = 0; j < score.size(); ++j) {
            const double share = one.with_slopes[j] / one.information;
            score[j] -= share * one.score;
            for (std::size_t l = 0; l <= j; ++l)
                information(j, l) -= share * one.with_slopes[l];
        }
    }

    static double step_of(const Intercept& one, const std::vector<double>& slopes) {
        if (!(one.information > 0)) return 0;
        double left = one.score;
        for (std::size_t j = 0; j < slopes.size(); ++j)
            left -= one.with_slopes[j] * slopes[j];
        return left / one.information;
    }

    /// Goes a share of the step, the whole where it is short; halved until the likelihood grows.
    void move(const Coefficients& step, double length) {
        constexpr double short_step = 1;  // log odds: Newton's method is at home
        const double height = length > short_step ? log_likelihood(at_) : 0;
        for (double share = 1;; share /= 2) {
            const Coefficients next = moved(step, share);
            if (length * share > short_step && log_likelihood(next) < height) continue;
            at_ = next;
            return;
        }
    }

    [[nodiscard]] Coefficients moved(const Coefficients& step, double share) const {
        Coefficients next = at_;
        for (std::size_t j = 0; j < next.slopes.size(); ++j)
            next.slopes[j] += share * step.slopes[j];
        for (std::size_t k = 0; k < next.intercepts.size(); ++k)
            next.intercepts[k] += share * step.intercepts[k];
        return next;
    }

    const ScoreRows& rows_;
    std::vector<bool> is_silent_;
    Coefficients at_;
};

}  // namespace

double regression_limit(const AnalysedWomen& women, const RegressionColumns& columns,
                        double treated_share) {
    ScoreRows rows = score_rows(women, columns, treated_share);
    const design::Rates rates = mean_rates(rows);
    const auto is_edge = [](double rate) { return rate <= 0 || rate >= 1; };
    if (is_edge(rates.treated) || is_edge(rates.control)) {
        return columns.interaction ? not_a_number
                                   : design::effect_of(design::Measure::odds_ratio, rates);
    }
    const auto kept = independent_columns(rows);
    if (kept.empty() || kept.back() + 1 != rows.columns) return not_a_number;
    rows = with_columns(std::move(rows), kept);
    return std::exp(Fit(rows).last_slope() / rows.scale);
}

}  // namespace rsasim::analysis
