#pragma once

#include <cstdint>

namespace rsasim::math {

/// Distribution functions and their inverses, each tail computed as itself and never as a
/// complement: relative errors about 1e-13, tested against R in both tails.
///
/// Quantiles take the probability of the tail they are named for, in [0, 1]; 0 and 1 give the ends
/// of the support. Results that no double holds are 0 or infinity.

/// P(X <= x) and P(X > x) of a gamma variate with this shape and rate 1.
double gamma_cdf(double x, double shape);
double gamma_upper_tail(double x, double shape);
/// The x with P(X <= x) = probability, and the x with P(X > x) = tail.
double gamma_quantile(double probability, double shape);
double gamma_upper_quantile(double tail, double shape);

/// P(X <= x) and P(X > x) of a beta variate with the shapes a and b.
double beta_cdf(double x, double a, double b);
double beta_upper_tail(double x, double a, double b);
/// The x with P(X <= x) = probability, and the x with P(X > x) = tail.
double beta_quantile(double probability, double a, double b);
double beta_upper_quantile(double tail, double a, double b);

/// P(X <= k) and P(X > k) of a Poisson variate; 0 and 1 for k < 0.
double poisson_cdf(std::int64_t k, double mean);
double poisson_upper_tail(std::int64_t k, double mean);

/// P(X <= k) and P(X > k) of a negative binomial variate with variance mean + mean^2 / size; 0 and
/// 1 for k < 0.
double negative_binomial_cdf(std::int64_t k, double mean, double size);
double negative_binomial_upper_tail(std::int64_t k, double mean, double size);

}  // namespace rsasim::math
