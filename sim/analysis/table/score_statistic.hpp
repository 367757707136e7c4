#pragma once

#include "cells.hpp"

#include <rsasim/design/effect.hpp>

namespace rsasim::analysis {

/// The efficient score at a null: how far the table lies from it, and the variance of that distance
/// under the fit that maximum likelihood makes under the null. With fitted rates p1, p0 (q = 1 - p)
///
///     odds ratio theta       distance a - A, the fitted cells with A D = theta B C
///                            variance 1 / (1/A + 1/B + 1/C + 1/D)
///     risk difference delta  distance a/n1 - c/n0 - delta
///                            variance p1 q1/n1 + p0 q0/n0
///     risk ratio theta       distance a/n1 - theta c/n0
///                            variance p1 q1/n1 + theta^2 p0 q0/n0
///
/// At no effect all three are the pooled z of Pearson. Both are 0 where the table says nothing
/// about the null: an empty margin at an odds ratio or at no effect, no event at a risk ratio.
struct Score {
    double distance;
    double variance;

    [[nodiscard]] bool says_nothing() const { return distance == 0 && variance == 0; }
    /// distance / sqrt(variance): 0 where the distance is 0, infinite where only the variance is.
    [[nodiscard]] double z() const;
};

/// The uncorrected score of a table. A ratio is finite and above 0, a difference in [-1, 1]. Closed
/// forms without cancellation for the ratios; for the difference the cubic's root by its sine,
/// polished on the likelihood equation, with fitted rates of exactly 0 or 1 where an empty cell
/// puts them there. Relative error below 1e-11 for differences beyond 1e-6; tables that mirror each
/// other (both arms and outcomes swapped; for the difference also the arms with its sign) differ by
/// rounding alone. Cost about 100 ns at most.
/// Sources: Cornfield 1956; Mee 1984, doi:10.2307/2531174; Farrington & Manning 1990,
/// doi:10.1002/sim.4780091208; Koopman 1984, doi:10.2307/2531405; Miettinen & Nurminen 1985,
/// doi:10.1002/sim.4780040211. Tested against searches of the likelihood in long double.
Score score_at(const Cells& cells, const design::Effect& null);

/// Its z: positive where the treated arm does better than the null says.
double score_z(const Cells& cells, const design::Effect& null);

}  // namespace rsasim::analysis
