#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <rsasim/design/covariate_distribution.hpp>
#include <rsasim/math/normal.hpp>
#include <rsasim/math/quantiles.hpp>

namespace rsasim::design {
namespace {

using math::TailPair;

/// Probability that no 32-bit word reaches.
constexpr double unreached = 0x1p-34;
/// Counts beyond this are not looked for.
constexpr std::int64_t largest_count = 1'000'000;

/// Tails of the family at x, before truncation. Discrete: P(X <= x).
TailPair family_tails(const Distribution& d, double x) {
    const auto normal = [](double z) {
        return TailPair{math::normal_cdf(z), math::normal_upper_tail(z)};
    };
    switch (d.family) {
        case Family::normal:
            return normal((x - d.first) / d.second);
        case Family::log_normal:
            return x > 0 ? normal((std::log(x) - d.first) / d.second) : TailPair{0, 1};
        case Family::gamma:
            return math::gamma_tails(x, d.first, d.second);
        case Family::beta:
            return math::beta_tails(x, d.first, d.second);
        case Family::uniform: {
            const double at = std::clamp(x, d.first, d.second);
            return {(at - d.first) / (d.second - d.first), (d.second - at) / (d.second - d.first)};
        }
        case Family::poisson:
            return math::poisson_tails(static_cast<std::int64_t>(std::floor(x)), d.first);
        case Family::negative_binomial:
            return math::negative_binomial_tails(static_cast<std::int64_t>(std::floor(x)), d.first,
                                                 d.second);
        default:
            throw std::logic_error("family_tails: levels have no family");
    }
}

double family_quantile(const Distribution& d, const TailPair& at) {
    const auto score = [&] {
        return at.lower < at.upper ? math::normal_quantile(at.lower)
                                   : math::normal_upper_quantile(at.upper);
    };
    switch (d.family) {
        case Family::normal:
            return d.first + d.second * score();
        case Family::log_normal:
            return std::exp(d.first + d.second * score());
        case Family::gamma:
            return math::gamma_quantile(at, d.first, d.second);
        case Family::beta:
            return math::beta_quantile(at, d.first, d.second);
        case Family::uniform:
            return at.lower < at.upper ? d.first + (d.second - d.first) * at.lower
                                       : d.second - (d.second - d.first) * at.upper;
        default:
            throw std::logic_error("family_quantile: the family is discrete");
    }
}

/// P(X < lower), P(X > upper) and what is between, of the family.
struct Truncation {
    explicit Truncation(const Distribution& d) {
        const bool is_count = is_discrete(d.family);
        if (std::isfinite(d.lower)) {
            const TailPair at = family_tails(d, is_count ? std::ceil(d.lower) - 1 : d.lower);
            below = at.lower;
            not_below = at.upper;
        }
        if (std::isfinite(d.upper)) {
            const TailPair at = family_tails(d, d.upper);
            above = at.upper;
            not_above = at.lower;
        }
        inside = below < above ? not_above - below : not_below - above;
    }
    /// Tails among the values inside.
    [[nodiscard]] TailPair within(const TailPair& of_family) const {
        return {std::clamp((of_family.lower - below) / inside, 0.0, 1.0),
                std::clamp((of_family.upper - above) / inside, 0.0, 1.0)};
    }
    /// The family's tails that have these among the values inside.
    [[nodiscard]] TailPair outside(const TailPair& among_inside) const {
        return {below + inside * among_inside.lower, above + inside * among_inside.upper};
    }

    double below = 0, not_below = 1, above = 0, not_above = 1, inside = 1;
};

TailPair tails_of_score(double z) {
    return {math::normal_cdf(z), math::normal_upper_tail(z)};
}

double score_of_tails(const TailPair& at) {
    return at.lower < at.upper ? math::normal_quantile(at.lower)
                               : math::normal_upper_quantile(at.upper);
}

/// Levels 0, 1, ... with their probabilities.
DiscreteSteps steps_of_levels(const std::vector<double>& probabilities) {
    DiscreteSteps steps;
    double lower = 0;
    double upper = std::accumulate(probabilities.begin(), probabilities.end(), 0.0);
    const double total = upper;
    for (std::size_t level = 0; level < probabilities.size(); ++level) {
        lower += probabilities[level] / total;
        upper -= probabilities[level];
        if (probabilities[level] <= 0) continue;
        steps.values.push_back(static_cast<double>(level));
        steps.scores.push_back(score_of_tails({lower, std::max(upper / total, 0.0)}));
    }
    steps.scores.back() = std::numeric_limits<double>::infinity();
    return steps;
}

DiscreteSteps steps_of_counts(const Distribution& d) {
    const Truncation truncation(d);
    const auto first = static_cast<std::int64_t>(std::max(std::ceil(d.lower), 0.0));
    DiscreteSteps steps;
    for (std::int64_t count = first; count < largest_count; ++count) {
        const auto x = static_cast<double>(count);
        if (x > d.upper) break;
        const TailPair at = truncation.within(family_tails(d, x));
        if (at.lower < unreached) continue;
        steps.values.push_back(x + d.shift);
        steps.scores.push_back(score_of_tails(at));
        if (at.upper < unreached) break;
    }
    if (steps.values.empty()) throw std::invalid_argument("discrete_steps: no value can occur");
    steps.scores.back() = std::numeric_limits<double>::infinity();
    return steps;
}

}  // namespace

double value_at_score(const Distribution& d, double z) {
    if (is_discrete(d.family)) {
        const DiscreteSteps steps = discrete_steps(d);
        const auto found = std::ranges::lower_bound(steps.scores, z);
        return steps.values[static_cast<std::size_t>(found - steps.scores.begin())];
    }
    const double x = family_quantile(d, Truncation(d).outside(tails_of_score(z)));
    return std::clamp(x, d.lower, d.upper) + d.shift;
}

double score_of(const Distribution& d, double value) {
    return score_of_tails(Truncation(d).within(family_tails(d, value - d.shift)));
}

DiscreteSteps discrete_steps(const Distribution& d) {
    switch (d.family) {
        case Family::binary:
            return steps_of_levels({1 - d.first, d.first});
        case Family::categorical:
            return steps_of_levels(d.probabilities);
        case Family::poisson:
        case Family::negative_binomial:
            return steps_of_counts(d);
        default:
            throw std::invalid_argument("discrete_steps: the family is continuous");
    }
}

}  // namespace rsasim::design
