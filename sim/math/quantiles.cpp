#include "policy.hpp"

#include <cmath>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <rsasim/math/quantiles.hpp>

namespace rsasim::math {

using boost::math::gamma_p;
using boost::math::gamma_q;

TailPair gamma_tails(double x, double shape, double rate) {
    if (!(x > 0)) return {0, 1};
    if (x > 1e300) return {1, 0};
    return {gamma_p(shape, rate * x, Policy()), gamma_q(shape, rate * x, Policy())};
}

TailPair beta_tails(double x, double shape1, double shape2) {
    if (!(x > 0)) return {0, 1};
    if (x >= 1) return {1, 0};
    return {boost::math::ibeta(shape1, shape2, x, Policy()),
            boost::math::ibetac(shape1, shape2, x, Policy())};
}

TailPair poisson_tails(std::int64_t x, double mean) {
    if (x < 0) return {0, 1};
    const auto shape = static_cast<double>(x) + 1;
    return {gamma_q(shape, mean, Policy()), gamma_p(shape, mean, Policy())};
}

TailPair negative_binomial_tails(std::int64_t x, double mean, double size) {
    if (x < 0) return {0, 1};
    const auto failures = static_cast<double>(x) + 1;
    const double success = size / (size + mean);
    return {boost::math::ibeta(size, failures, success, Policy()),
            boost::math::ibetac(size, failures, success, Policy())};
}

double gamma_quantile(const TailPair& at, double shape, double rate) {
    const double x = at.lower < at.upper ? boost::math::gamma_p_inv(shape, at.lower, Policy())
                                         : boost::math::gamma_q_inv(shape, at.upper, Policy());
    return x / rate;
}

namespace {

/// The lower quantile of a Beta variate. Near 0, where Boost.Math's search stops early, by the
/// first two terms of the series of the distribution function, x^a / (a B) (1 + a (1 - b) x / (a +
/// 1)).
double lower_beta_quantile(double p, double a, double b) {
    constexpr double small = 1e-6;
    const double first = std::exp(std::log(p * a * boost::math::beta(a, b, Policy())) / a);
    if (first < small) return first * (1 - (1 - b) * first / (a + 1));
    return boost::math::ibeta_inv(a, b, p, Policy());
}

}  // namespace

double beta_quantile(const TailPair& at, double shape1, double shape2) {
    return at.lower < at.upper ? lower_beta_quantile(at.lower, shape1, shape2)
                               : 1 - lower_beta_quantile(at.upper, shape2, shape1);
}

}  // namespace rsasim::math
