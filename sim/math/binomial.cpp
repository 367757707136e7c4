#include "policy.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <stdexcept>

#include <boost/math/special_functions/beta.hpp>
#include <fmt/format.h>

#include <rsasim/math/binomial.hpp>
#include <rsasim/math/deviance.hpp>

namespace rsasim::math {

namespace {

void check_arguments(std::int64_t n, double rate) {
    if (n < 0 || !(rate >= 0 && rate <= 1)) {
        throw std::invalid_argument(fmt::format(
            "binomial with n = {} and rate {}: n must not be negative and the rate be in [0, 1]", n,
            rate));
    }
}

/// log n! - log(sqrt(2 pi n) (n/e)^n) for n = 1, ..., 15; the entry of 0 is not used.
constexpr std::array small_stirling_errors{0.0,
                                           0.0810614667953272582,
                                           0.0413406959554092941,
                                           0.0276779256849983391,
                                           0.0207906721037650931,
                                           0.0166446911898211922,
                                           0.0138761288230707480,
                                           0.0118967099458917701,
                                           0.0104112652619720965,
                                           0.0092554621827127329,
                                           0.0083305634333628713,
                                           0.0075736754879518408,
                                           0.0069428401072095299,
                                           0.0064089941880042071,
                                           0.0059513701127588477,
                                           0.0055547335519628014};

/// The error of Stirling's formula for log n!, n >= 1: 1/(12 n) - 1/(360 n^3) + ... (Abramowitz &
/// Stegun 6.1.41); at n = 16 the first term left out is below 3e-20.
double stirling_error(double n) {
    if (n < static_cast<double>(small_stirling_errors.size())) {
        return small_stirling_errors[static_cast<std::size_t>(n)];
    }
    constexpr std::array coefficients{1.0 / 156,  -691.0 / 360360, 1.0 / 1188, -1.0 / 1680,
                                      1.0 / 1260, -1.0 / 360,      1.0 / 12};
    const double square = 1 / (n * n);
    double sum = 0;
    for (const double coefficient : coefficients) {
        sum = sum * square + coefficient;
    }
    return sum / n;
}

/// P(X = x) by the saddle point: the binomial at its best fitting rate, in which only the errors of
/// Stirling's formula differ from 1, times exp(-deviance).
double probability(std::int64_t count, std::int64_t size, double rate) {
    if (rate == 0) return count == 0 ? 1 : 0;
    if (rate == 1) return count == size ? 1 : 0;
    const auto x = static_cast<double>(count), n = static_cast<double>(size);
    const double y = n - x;
    if (count == 0) return std::exp(n * std::log1p(-rate));
    if (count == size) return std::exp(n * std::log(rate));
    const double excess = std::fma(-n, rate, x);  // x - n rate with one rounding
    const double deviance =
        deviance_term(x, n * rate, excess) + deviance_term(y, n * (1 - rate), -excess);
    const double correction = stirling_error(n) - stirling_error(x) - stirling_error(y);
    return std::exp(correction - deviance) * std::sqrt(n / (2 * std::numbers::pi * x * y));
}

}  // namespace

double binomial_probability(std::int64_t x, std::int64_t n, double rate) {
    return binomial_probabilities(n, rate, x, x).front();
}

std::vector<double> binomial_probabilities(std::int64_t n, double rate, std::int64_t first,
                                           std::int64_t last) {
    check_arguments(n, rate);
    if (first < 0 || first > last || last > n) {
        throw std::invalid_argument(
            fmt::format("binomial with n = {}: no range of counts {} to {}", n, first, last));
    }
    std::vector<double> probabilities;
    probabilities.reserve(static_cast<std::size_t>(last - first + 1));
    for (std::int64_t x = first; x <= last; ++x) {
        probabilities.push_back(probability(x, n, rate));
    }
    return probabilities;
}

std::vector<double> binomial_probabilities(std::int64_t n, double rate) {
    return binomial_probabilities(n, rate, 0, n);
}

double binomial_cdf(std::int64_t x, std::int64_t n, double rate) {
    check_arguments(n, rate);
    if (x < 0) return 0;
    if (x >= n) return 1;
    return boost::math::ibetac(static_cast<double>(x + 1), static_cast<double>(n - x), rate,
                               Policy());
}

double binomial_upper_tail(std::int64_t x, std::int64_t n, double rate) {
    check_arguments(n, rate);
    if (x < 0) return 1;
    if (x >= n) return 0;
    return boost::math::ibeta(static_cast<double>(x + 1), static_cast<double>(n - x), rate,
                              Policy());
}

RateLimits clopper_pearson(std::int64_t x, std::int64_t n, double confidence) {
    const double tail = (1 - confidence) / 2;
    const auto events = static_cast<double>(x), others = static_cast<double>(n - x);
    return {x == 0 ? 0.0 : boost::math::ibeta_inv(events, others + 1, tail, Policy()),
            x == n ? 1.0 : boost::math::ibetac_inv(events + 1, others, tail, Policy())};
}

}  // namespace rsasim::math
