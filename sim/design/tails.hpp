#pragma once

#include <cmath>
#include <cstdint>

#include <rsasim/design/covariate.hpp>
#include <rsasim/math/normal.hpp>

namespace rsasim::design {

/// A place in a distribution by the probability on either side of it, each computed as itself, so
/// that the smaller of the two keeps its relative accuracy.
struct Tails {
    double below = 0;  ///< P(X <= x)
    double above = 1;  ///< P(X > x)

    /// The normal score with these tails.
    [[nodiscard]] double score() const {
        return below < above ? math::normal_quantile(below) : math::normal_upper_quantile(above);
    }
};

/// P(a < X <= b) from the tails of a and b.
inline double mass_between(const Tails& a, const Tails& b) {
    return a.below < a.above ? b.below - a.below : a.above - b.above;
}

/// Of a continuous family without truncation.
Tails continuous_tails(const Distribution& distribution, double x);
/// The value with these tails, found from the smaller one.
double continuous_quantile(const Distribution& distribution, const Tails& tails);

/// Of a discrete family without truncation and shift; k = -1 lies below all.
Tails discrete_tails(const Distribution& distribution, std::int64_t k);

}  // namespace rsasim::design
