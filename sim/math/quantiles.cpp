#include "policy.hpp"

#include <cmath>
#include <limits>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <rsasim/math/quantiles.hpp>

namespace rsasim::math {

namespace bm = boost::math;

double gamma_cdf(double x, double shape) {
    if (x <= 0) return 0;
    return std::isinf(x) ? 1 : bm::gamma_p(shape, x, Policy());
}

double gamma_upper_tail(double x, double shape) {
    if (x <= 0) return 1;
    return std::isinf(x) ? 0 : bm::gamma_q(shape, x, Policy());
}

double gamma_quantile(double probability, double shape) {
    if (probability <= 0) return 0;
    if (probability >= 1) return std::numeric_limits<double>::infinity();
    return bm::gamma_p_inv(shape, probability, Policy());
}

double gamma_upper_quantile(double tail, double shape) {
    if (tail <= 0) return std::numeric_limits<double>::infinity();
    if (tail >= 1) return 0;
    return bm::gamma_q_inv(shape, tail, Policy());
}

double beta_cdf(double x, double a, double b) {
    if (x <= 0) return 0;
    return x >= 1 ? 1 : bm::ibeta(a, b, x, Policy());
}

double beta_upper_tail(double x, double a, double b) {
    if (x <= 0) return 1;
    return x >= 1 ? 0 : bm::ibetac(a, b, x, Policy());
}

double beta_quantile(double probability, double a, double b) {
    if (probability <= 0) return 0;
    return probability >= 1 ? 1 : bm::ibeta_inv(a, b, probability, Policy());
}

double beta_upper_quantile(double tail, double a, double b) {
    if (tail <= 0) return 1;
    return tail >= 1 ? 0 : bm::ibetac_inv(a, b, tail, Policy());
}

double poisson_cdf(std::int64_t k, double mean) {
    return k < 0 ? 0 : gamma_upper_tail(mean, static_cast<double>(k) + 1);
}

double poisson_upper_tail(std::int64_t k, double mean) {
    return k < 0 ? 1 : gamma_cdf(mean, static_cast<double>(k) + 1);
}

// The share of failures mean / (mean + size) is what is small for large sizes.
double negative_binomial_cdf(std::int64_t k, double mean, double size) {
    if (k < 0) return 0;
    return beta_upper_tail(mean / (mean + size), static_cast<double>(k) + 1, size);
}

double negative_binomial_upper_tail(std::int64_t k, double mean, double size) {
    if (k < 0) return 1;
    return beta_cdf(mean / (mean + size), static_cast<double>(k) + 1, size);
}

}  // namespace rsasim::math
