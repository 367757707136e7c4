#pragma once

#include "covariate_use.hpp"

#include <span>
#include <vector>

#include <rsasim/design/covariate.hpp>

namespace rsasim::analysis {

/// A part of a covariate's range within which no comparison changes, by its normal scores.
struct ScorePiece {
    double lower = 0;  ///< may be -infinity
    double upper = 0;  ///< may be infinity
    /// Of a discrete covariate: its values in the piece and each one's upper score.
    std::span<const double> values;
    std::span<const double> scores;

    [[nodiscard]] double probability() const;
    /// The ends, infinite ones replaced by where only some 1e-13 of the piece lies beyond.
    [[nodiscard]] double finite_lower() const;
    [[nodiscard]] double finite_upper() const;
};

/// P(lower < Z <= upper), accurate in both tails.
double score_probability(double lower, double upper);

/// The pieces of a continuous covariate, ascending.
std::vector<ScorePiece> continuous_pieces(const design::Distribution& distribution,
                                          const CovariateUse& use);

/// The pieces of a discrete covariate, ascending; they refer to `values` and `scores`, its steps.
std::vector<ScorePiece> discrete_pieces(std::span<const double> values,
                                        std::span<const double> scores, const CovariateUse& use);

}  // namespace rsasim::analysis
