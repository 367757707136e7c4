#include "sum.hpp"
#include "undefined.hpp"

#include <cmath>
#include <vector>

#include <rsasim/summary/performance.hpp>

namespace rsasim::summary {
namespace {

/// Sums of weighted values, and how the kind of weights turns them into means and errors.
class WeightedMeans {
  public:
    explicit WeightedMeans(const Sample& sample)
        : sample_(sample),
          n_(sum(sample.weights.size(), [&](std::size_t i) { return sample.weights[i]; })) {}

    [[nodiscard]] bool is_exact() const { return sample_.kind == Weights::probabilities; }
    [[nodiscard]] bool is_empty() const { return !(n_ > 0); }
    [[nodiscard]] double n() const { return n_; }

    /// Mean of f(value).
    template <class Function>
    [[nodiscard]] double mean(Function f) const {
        return total(f) / n_;
    }
    /// Variance of f(value) around its mean: n - 1 for counts, NaN for one; n for probabilities.
    template <class Function>
    [[nodiscard]] double variance(Function f, double mean) const {
        const double degrees = is_exact() ? n_ : n_ - 1;
        if (!(degrees > 0)) return undefined;
        const auto squared_deviation = [&](double value) {
            const double deviation = f(value) - mean;
            return deviation * deviation;
        };
        return total(squared_deviation) / degrees;
    }
    /// The figure, its error 0 under enumeration and NaN where the value is.
    [[nodiscard]] Figure figure(double value, double mcse) const {
        if (std::isnan(value)) return {};
        return {value, is_exact() ? 0.0 : mcse};
    }

  private:
    template <class Function>
    [[nodiscard]] double total(Function f) const {
        const double* const values = sample_.values.data();
        const double* const weights = sample_.weights.data();
        return sum(sample_.values.size(), [=](std::size_t i) { return weights[i] * f(values[i]); });
    }

    Sample sample_;
    double n_;
};

constexpr auto itself = [](double value) { return value; };

/// Mean and variance of the squares of the finite standard errors.
struct SquaredErrors {
    double n = 0;
    double mean = undefined;
    double variance = undefined;
};

SquaredErrors squared_errors(const Sample& estimates, std::span<const double> standard_errors) {
    std::vector<double> squares(standard_errors.size());
    std::vector<double> weights(standard_errors.size());
    std::size_t n = 0;
    for (std::size_t i = 0; i < standard_errors.size(); ++i) {
        squares[n] = standard_errors[i] * standard_errors[i];
        weights[n] = estimates.weights[i];
        n += std::isfinite(standard_errors[i]) ? 1 : 0;
    }
    squares.resize(n);
    weights.resize(n);
    const WeightedMeans means({squares, weights, estimates.kind});
    if (means.is_empty()) return {};
    const double mean = means.mean(itself);
    return {means.n(), mean, means.variance(itself, mean)};
}

/// var(s^2) / (4 n ModSE^4): the squared relative error of ModSE.
double relative_variance(const SquaredErrors& squared) {
    if (!(squared.mean > 0)) return undefined;
    return squared.variance / (4 * squared.n * squared.mean * squared.mean);
}

void add_errors_against_truth(Performance& result, const WeightedMeans& means, double theta) {
    if (!std::isfinite(theta)) return;
    const auto squared_error = [theta](double e) { return (e - theta) * (e - theta); };
    const double mse = means.mean(squared_error);
    result.bias = means.figure(result.mean.value - theta, result.mean.mcse);
    result.mse = means.figure(mse, std::sqrt(means.variance(squared_error, mse) / means.n()));
}

}  // namespace

Performance performance(const Sample& estimates, std::span<const double> standard_errors,
                        double theta) {
    Performance result;
    const WeightedMeans means(estimates);
    if (means.is_empty()) return result;
    const double n = means.n();
    const double mean = means.mean(itself);
    const double empirical_se = std::sqrt(means.variance(itself, mean));
    result.mean = means.figure(mean, empirical_se / std::sqrt(n));
    result.empirical_se = means.figure(empirical_se, empirical_se / std::sqrt(2 * (n - 1)));
    add_errors_against_truth(result, means, theta);

    const SquaredErrors squared = squared_errors(estimates, standard_errors);
    const double model_se = std::sqrt(squared.mean);
    const double relative = relative_variance(squared);
    result.model_se = means.figure(model_se, model_se * std::sqrt(relative));
    if (empirical_se > 0) {
        const double ratio = model_se / empirical_se;
        result.model_se_error =
            means.figure(ratio - 1, ratio * std::sqrt(relative + 1 / (2 * (n - 1))));
    }
    return result;
}

Figure mean_of(const Sample& sample) {
    const WeightedMeans means(sample);
    if (means.is_empty()) return {};
    const double mean = means.mean(itself);
    return means.figure(mean, std::sqrt(means.variance(itself, mean) / means.n()));
}

}  // namespace rsasim::summary
