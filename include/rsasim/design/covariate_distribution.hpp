#pragma once

#include <vector>

#include <rsasim/design/covariate.hpp>

namespace rsasim::design {

/// The value of a covariate whose normal score is z: F^-1(Phi(z)), F the distribution function
/// (truncated, shifted); for discrete covariates the smallest value whose F is at least Phi(z).
/// Accurate in both tails (the smaller of Phi(z) and its complement is what is inverted); finite
/// for |z| <= 7 and nondecreasing in z.
double value_at_score(const Distribution& distribution, double z);

/// The normal score of a value of a continuous covariate, the inverse of value_at_score.
double score_of(const Distribution& distribution, double value);

/// A discrete covariate as steps: it is values[k] for scores in (scores[k - 1], scores[k]], with
/// scores[-1] = -infinity and an infinite last score. Values that no 32-bit word reaches
/// (probability in the tail below 2^-34) are left out.
struct DiscreteSteps {
    std::vector<double> values;
    std::vector<double> scores;
};
DiscreteSteps discrete_steps(const Distribution& distribution);

}  // namespace rsasim::design
