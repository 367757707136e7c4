#include "conditional_p_values.hpp"

#include "stratified_distribution.hpp"

#include <algorithm>
#include <cmath>

namespace rsasim::analysis {

namespace {

/// The counts on one side of the observed one, in units of its weight.
struct LikelihoodSplit {
    double less_likely = 0;  ///< or tied
    double more_likely = 0;
    double tied = 0;
};

/// Splits the counts above `observed`. A mass beyond the range of doubles is infinite.
template <class Distribution>
LikelihoodSplit split_above(const Distribution& distribution, std::int64_t observed,
                            double odds_ratio) {
    LikelihoodSplit split;
    double weight = 1;
    for (std::int64_t count = observed; count < distribution.highest(); ++count) {
        weight *= odds_ratio * distribution.ratio(count);
        if (weight > 1 + probability_slack) {
            split.more_likely += weight;
            if (std::isinf(split.more_likely)) break;
            continue;
        }
        split.less_likely += weight;
        if (weight * (1 + probability_slack) >= 1) split.tied += weight;
        if (weight < negligible_share) break;
    }
    return split;
}

/// Sum of the largest lower tail of `distribution` that does not exceed `bound`, all of it below
/// `observed`; in units of the observed weight. `is_all` says that it reaches the observed count.
struct OppositeTail {
    double mass = 0;
    bool is_all = false;
};

OppositeTail opposite_tail(const ConditionalDistribution& distribution, std::int64_t observed,
                           double odds_ratio, double bound) {
    std::int64_t end = observed;
    double weight = 1;
    while (end > 0 && weight > negligible_share) {
        weight /= odds_ratio * distribution.ratio(--end);
    }
    OppositeTail tail;
    for (std::int64_t count = end; count < observed; ++count) {
        if (tail.mass + weight > bound * (1 + probability_slack)) return tail;
        tail.mass += weight;
        weight *= odds_ratio * distribution.ratio(count);
    }
    tail.is_all = true;
    return tail;
}

/// One-sided P-values from the masses beyond the observed count. An infinite mass on one side
/// leaves 0 and 1; no mass beyond it leaves exactly 1.
PValues one_sided_p_values(double above, double below, TailRule rule) {
    const double share = share_of_observed(rule);
    PValues p;
    p.greater = 1 / (1 + (1 - share + below) / (share + above));
    p.less = 1 / (1 + (1 - share + above) / (share + below));
    return p;
}

}  // namespace

template <class Distribution>
PValues central_p_values(const Distribution& distribution, std::int64_t observed, TailRule rule,
                         double odds_ratio) {
    const std::int64_t mirrored = distribution.highest() - observed;
    PValues p =
        one_sided_p_values(distribution.above(observed, odds_ratio).mass,
                           distribution.reflected().above(mirrored, 1 / odds_ratio).mass, rule);
    p.two_sided = std::min(1.0, 2 * std::min(p.greater, p.less));
    return p;
}

template <class Distribution>
PValues minlike_p_values(const Distribution& distribution, std::int64_t observed, TailRule rule,
                         double odds_ratio) {
    const std::int64_t mirrored = distribution.highest() - observed;
    const LikelihoodSplit above = split_above(distribution, observed, odds_ratio);
    const LikelihoodSplit below = split_above(distribution.reflected(), mirrored, 1 / odds_ratio);
    PValues p = one_sided_p_values(above.less_likely + above.more_likely,
                                   below.less_likely + below.more_likely, rule);
    const double extreme = 1 + above.less_likely + below.less_likely;
    const double tied = 1 + above.tied + below.tied;
    const double counted = rule == TailRule::whole ? extreme : extreme - tied / 2;
    p.two_sided = counted / (extreme + above.more_likely + below.more_likely);
    return p;
}

template PValues central_p_values(const ConditionalDistribution&, std::int64_t, TailRule, double);
template PValues central_p_values(const StratifiedDistribution&, std::int64_t, TailRule, double);
template PValues minlike_p_values(const ConditionalDistribution&, std::int64_t, TailRule, double);
template PValues minlike_p_values(const StratifiedDistribution&, std::int64_t, TailRule, double);

PValues blaker_p_values(const ConditionalDistribution& distribution, std::int64_t observed,
                        double odds_ratio) {
    const std::int64_t mirrored = distribution.highest() - observed;
    const double above = distribution.above(observed, odds_ratio).mass;
    const double below = distribution.reflected().above(mirrored, 1 / odds_ratio).mass;
    PValues p = one_sided_p_values(above, below, TailRule::whole);
    const double total = 1 + above + below;
    if (std::isinf(total)) {
        p.two_sided = 0;
        return p;
    }
    const OppositeTail tail =
        above <= below
            ? opposite_tail(distribution, observed, odds_ratio, 1 + above)
            : opposite_tail(distribution.reflected(), mirrored, 1 / odds_ratio, 1 + below);
    p.two_sided = tail.is_all ? 1 : (1 + std::min(above, below) + tail.mass) / total;
    return p;
}

}  // namespace rsasim::analysis
