#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rsasim::analysis {

/// Points and weights: an integral becomes the weighted sum of the integrand at the points.
struct Rule {
    std::vector<double> points;
    std::vector<double> weights;
};

/// Gauss-Legendre of n >= 1 points on [lower, upper]: exact for polynomials of degree 2n - 1.
Rule legendre_rule(std::size_t n, double lower, double upper);

/// The Gauss rule of n points for a measure given by atoms, with the atoms' total weight. The
/// three-term recurrence of the orthogonal polynomials by Stieltjes' procedure (Gautschi 2004,
/// "Orthogonal Polynomials", section 2.2), which is stable where n is well below the number of
/// atoms; points by bisection of Sturm sequences, weights by Christoffel numbers.
Rule gauss_rule(const Rule& atoms, std::size_t n);

/// A normal variate with mean 0: equidistant points, which converge geometrically for integrands
/// that are analytic near the real line (Trefethen & Weideman 2014, doi:10.1137/130932132). The
/// step follows the poles of logistic functions of the variate, at distance pi. Weights sum to 1.
Rule normal_rule(double sd);

/// entry / (women - 1) - 1/2 for entry = 0, ..., women - 1, all alike: all of them where there are
/// few, else the Gauss rule of the discrete Chebyshev polynomials. One woman: 0; no women: the
/// limit of many. Weights sum to 1.
Rule entries_rule(std::int64_t women);

}  // namespace rsasim::analysis
