#include "policy.hpp"

#include <cstddef>
#include <stdexcept>

#include <boost/math/special_functions/beta.hpp>
#include <fmt/format.h>

#include <rsasim/math/binomial.hpp>

namespace rsasim::math {

namespace {

void check_arguments(std::int64_t n, double rate) {
    if (n < 0 || !(rate >= 0 && rate <= 1)) {
        throw std::invalid_argument(fmt::format(
            "binomial with n = {} and rate {}: n must not be negative and the rate be in [0, 1]", n,
            rate));
    }
}

/// P(X = x) = ibeta_derivative(x + 1, n - x + 1, rate) / (n + 1).
double probability(std::int64_t x, std::int64_t n, double rate) {
    if (rate == 0) return x == 0 ? 1 : 0;
    if (rate == 1) return x == n ? 1 : 0;
    return boost::math::ibeta_derivative(static_cast<double>(x + 1), static_cast<double>(n - x + 1),
                                         rate, Policy()) /
           static_cast<double>(n + 1);
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

}  // namespace rsasim::math
