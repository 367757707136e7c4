#pragma once

#include <cmath>
#include <numbers>

namespace rsasim::math {

/// P(Z > z) of a standard normal, 1/2 erfc(z / sqrt 2): keeps its relative accuracy far in the tail
/// (about 1e-15; 0 only beyond z = 38). z may be infinite.
inline double normal_upper_tail(double z) {
    return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

/// P(Z <= z), accurate in the lower tail.
inline double normal_cdf(double z) {
    return normal_upper_tail(-z);
}

/// P(|Z| > |z|), at most 1.
inline double normal_two_sided_tail(double z) {
    return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

/// The z with P(Z <= z) = probability. -infinity at 0, infinity at 1, NaN outside [0, 1].
double normal_quantile(double probability);

/// The z with P(Z > z) = tail, accurate for tails as small as 1e-300.
double normal_upper_quantile(double tail);

/// The z with P(|Z| > z) = 1 - confidence: 1.959964 at 0.95.
double two_sided_normal_quantile(double confidence);

}  // namespace rsasim::math
