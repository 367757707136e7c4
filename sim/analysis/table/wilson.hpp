#pragma once

#include <cmath>

#include <rsasim/analysis/finding.hpp>

namespace rsasim::analysis {

/// Wilson's score limits of a rate after x events in n: the roots p of (x - n p)^2 = z^2 n p (1 -
/// p). The lower one comes from the product of the roots, so that both are exact to rounding; 0 and
/// 1 at x = 0 and x = n. Wilson 1927, doi:10.1080/01621459.1927.10502953.
inline Interval wilson_limits(double x, double n, double z) {
    const double square = z * z;
    const double sum = 2 * x + square + z * std::sqrt(square + 4 * x * (n - x) / n);
    const double upper = x == n ? 1 : sum / (2 * (n + square));
    return {2 * x * (x / n) / sum, upper};
}

}  // namespace rsasim::analysis
