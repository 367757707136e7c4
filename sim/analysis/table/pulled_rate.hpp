#pragma once

#include <cmath>

namespace rsasim::analysis {

/// An arm's fitted rate under a restriction that pulls it down.
struct PulledRate {
    double rate;      ///< p
    double rest;      ///< 1 - p
    double variance;  ///< p (1 - p) / n
    double root;      ///< sqrt of the discriminant, = n + lambda (1 - 2p)
};

/// The root p in [0, 1] of x - n p = lambda p (1 - p), lambda >= 0, n = x + y, with 1 - p from its
/// own equation; every sum has terms of one sign. With the multiplier lambda of the restriction
/// p1 - p0 = delta both fitted rates of a risk difference below the observed one are of this form,
/// the control arm's with its non-events; they equal the cubic's answer of Miettinen & Nurminen
/// 1985 without that formula's cancellation.
inline PulledRate pulled_down(double x, double y, double lambda) {
    const double n = x + y;
    const double root = std::sqrt((n - lambda) * (n - lambda) + 4 * lambda * y);
    const double rate = 2 * x / (n + lambda + root);
    const double rest = lambda <= n ? (y == 0 ? 0 : 2 * y / (n - lambda + root))
                                    : (lambda - n + root) / (2 * lambda);
    return {rate, rest, rate * rest / n, root};
}

}  // namespace rsasim::analysis
