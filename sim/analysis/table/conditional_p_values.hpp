#pragma once

#include "conditional_distribution.hpp"

#include <cstdint>

#include <rsasim/analysis/finding.hpp>

namespace rsasim::analysis {

/// How much of the observed table's probability a tail takes in: all of it, or half (mid-P).
enum class TailRule { whole, half };

constexpr double share_of_observed(TailRule rule) {
    return rule == TailRule::whole ? 1.0 : 0.5;
}

/// All three functions give the one-sided P-values of the observed count at an odds ratio, each
/// tail with the observed count's share, and a two-sided P. The first two are there for
/// ConditionalDistribution and StratifiedDistribution:
///
/// central: twice the smaller one-sided P, at most 1;
template <class Distribution>
PValues central_p_values(const Distribution& distribution, std::int64_t observed, TailRule rule,
                         double odds_ratio = 1);

/// minlike: the probability of all counts no more likely than the observed one; under
/// TailRule::half minus half the probability of all counts tied with it. Exactly 1 where no count
/// is more likely;
template <class Distribution>
PValues minlike_p_values(const Distribution& distribution, std::int64_t observed, TailRule rule,
                         double odds_ratio = 1);

/// Blaker, whole tails: the smaller tail plus the largest opposite tail that does not exceed it,
/// within the slack of ties. Exactly 1 where the two tails meet.
PValues blaker_p_values(const ConditionalDistribution& distribution, std::int64_t observed,
                        double odds_ratio = 1);

}  // namespace rsasim::analysis
