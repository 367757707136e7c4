#pragma once

#include <cstdint>
#include <vector>

namespace rsasim::math {

/// P(X = x) of a binomial variate, 0 <= x <= n, 0 <= rate <= 1. A rate of 0 or 1 puts all mass on
/// x = 0 or x = n. By the saddle point of Loader 2000, "Fast and accurate computation of binomial
/// probabilities": relative error about 1e-15 (1 + |log P|) for n up to 1e8; results below 1e-308
/// may be 0. Tested against integer fractions and Boost.Math.
/// Throws std::invalid_argument outside these ranges.
double binomial_probability(std::int64_t x, std::int64_t n, double rate);

/// P(X = x) for x = first, first + 1, ..., last. Errors as binomial_probability; 0 <= first <= last
/// <= n.
std::vector<double> binomial_probabilities(std::int64_t n, double rate, std::int64_t first,
                                           std::int64_t last);

/// P(X = x) for x = 0, ..., n.
std::vector<double> binomial_probabilities(std::int64_t n, double rate);

/// P(X <= x), accurate where it is small; 0 for x < 0, 1 for x >= n.
double binomial_cdf(std::int64_t x, std::int64_t n, double rate);

/// P(X > x), accurate where it is small; 1 for x < 0, 0 for x >= n.
double binomial_upper_tail(std::int64_t x, std::int64_t n, double rate);

/// The rates that are not rejected at (1 - confidence) / 2 on either side by x events of n.
struct RateLimits {
    double lower = 0;
    double upper = 1;
};

/// Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404. 0 <= x <= n, 0 < confidence < 1; accurate
/// for 1 - confidence as small as 1e-12.
RateLimits clopper_pearson(std::int64_t x, std::int64_t n, double confidence);

}  // namespace rsasim::math
