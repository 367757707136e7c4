#pragma once

#include <cstdint>

namespace rsasim::math {

/// Both tails of a distribution at a point; the smaller one keeps its relative accuracy.
struct TailPair {
    double lower = 0;  ///< P(X <= x)
    double upper = 1;  ///< P(X > x)
};

/// Gamma with mean shape / rate. x >= 0.
TailPair gamma_tails(double x, double shape, double rate);
/// Beta. 0 <= x <= 1.
TailPair beta_tails(double x, double shape1, double shape2);
/// Poisson and negative binomial (variance = mean + mean^2 / size). x >= 0.
TailPair poisson_tails(std::int64_t x, double mean);
TailPair negative_binomial_tails(std::int64_t x, double mean, double size);

/// The x with the given tails, inverted from the smaller one. By Boost.Math; tested against R.
double gamma_quantile(const TailPair& at, double shape, double rate);
double beta_quantile(const TailPair& at, double shape1, double shape2);

}  // namespace rsasim::math
