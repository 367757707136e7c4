#pragma once

#include "conditional_distribution.hpp"
#include "interval_finding.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {

/// A piece of a two-sided conditional P-value as a function of the log odds ratio t: on it
/// P_t = P(X <= low) + share P(X = observed) + P(X > observed), low < observed.
struct HullPiece {
    std::int64_t low;
    std::int64_t observed;
    double share;  ///< of the observed count's own probability: 1, or 1/2 for mid-P
};

/// The P of a piece from the distribution cut at its two counts.
inline double probability_outside(const Shares& cut, double share) {
    return (cut.low.mass + share * cut.at.mass + cut.high.mass) / cut.total();
}

/// The one t in [left, right] where the piece's P is alpha: P must be at most alpha at `left` and
/// exceed it at `right`. The log odds of P are solved, whose slope is
/// E(X | counted) - E(X | not counted).
math::Root root_of_piece(const ConditionalDistribution& distribution, const HullPiece& piece,
                         double alpha, double left, double right);

/// The interval from the lower ends, in log odds ratios, of the hull {P > alpha} of a table and of
/// its mirror image. `p_at_null` is the test's P at an odds ratio of 1: where it is not rejected 1
/// is in the hull, whatever the rounding of a limit near it.
Finding hull_finding(const math::Root& lower, const math::Root& mirrored, double p_at_null,
                     double alpha);

}  // namespace rsasim::analysis
