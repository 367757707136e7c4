#include "conditional_p_values.hpp"

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
LikelihoodSplit split_above(const ConditionalDistribution& distribution, std::int64_t observed) {
    LikelihoodSplit split;
    double weight = 1;
    for (std::int64_t count = observed; count < distribution.highest(); ++count) {
        weight *= distribution.ratio(count);
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
                           double bound) {
    std::int64_t end = observed;
    double weight = 1;
    while (end > 0 && weight > negligible_share) {
        weight /= distribution.ratio(--end);
    }
    OppositeTail tail;
    for (std::int64_t count = end; count < observed; ++count) {
        if (tail.mass + weight > bound * (1 + probability_slack)) return tail;
        tail.mass += weight;
        weight *= distribution.ratio(count);
    }
    tail.is_all = true;
    return tail;
}

}  // namespace

PValues central_p_values(const ConditionalDistribution& distribution, std::int64_t observed,
                         TailRule rule) {
    const double above = distribution.above(observed, 1).mass;
    const double below = distribution.reflected().above(distribution.highest() - observed, 1).mass;
    const double share = share_of_observed(rule);
    PValues p;
    // An infinite mass on one side leaves 0 and 1; no mass beyond it leaves exactly 1.
    p.greater = 1 / (1 + (1 - share + below) / (share + above));
    p.less = 1 / (1 + (1 - share + above) / (share + below));
    p.two_sided = std::min(1.0, 2 * std::min(p.greater, p.less));
    return p;
}

double minlike_p_value(const ConditionalDistribution& distribution, std::int64_t observed,
                       TailRule rule) {
    const LikelihoodSplit above = split_above(distribution, observed);
    const LikelihoodSplit below =
        split_above(distribution.reflected(), distribution.highest() - observed);
    const double extreme = 1 + above.less_likely + below.less_likely;
    const double counted =
        rule == TailRule::whole ? extreme : extreme - (1 + above.tied + below.tied) / 2;
    return counted / (extreme + above.more_likely + below.more_likely);
}

double blaker_p_value(const ConditionalDistribution& distribution, std::int64_t observed) {
    const std::int64_t mirrored = distribution.highest() - observed;
    const double above = distribution.above(observed, 1).mass;
    const double below = distribution.reflected().above(mirrored, 1).mass;
    const double total = 1 + above + below;
    if (std::isinf(total)) return 0;
    const OppositeTail tail = above <= below
                                  ? opposite_tail(distribution, observed, 1 + above)
                                  : opposite_tail(distribution.reflected(), mirrored, 1 + below);
    if (tail.is_all) return 1;
    return (1 + std::min(above, below) + tail.mass) / total;
}

}  // namespace rsasim::analysis
