#include "tails.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>

#include <rsasim/design/covariate_distribution.hpp>
#include <rsasim/math/normal.hpp>

namespace rsasim::design {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t largest_count = std::int64_t{1} << 40;

/// Tails of the truncated distribution from those of the whole one.
Tails truncated(const Tails& at, const Tails& lower, const Tails& upper) {
    const double mass = mass_between(lower, upper);
    return {std::clamp(mass_between(lower, at) / mass, 0.0, 1.0),
            std::clamp(mass_between(at, upper) / mass, 0.0, 1.0)};
}

/// The whole whole numbers k that occur, as a distribution on them.
class DiscreteSupport {
  public:
    explicit DiscreteSupport(const Distribution& distribution) : distribution_(distribution) {
        first_ = std::max<std::int64_t>(count_of(std::ceil(distribution.lower)), 0);
        last_ = std::min(count_of(std::floor(distribution.upper)), largest_value());
        below_ = discrete_tails(distribution, first_ - 1);
        top_ = last_ == largest_count ? Tails{1, 0} : discrete_tails(distribution, last_);
        if (!(mass_between(below_, top_) > 0))
            throw std::invalid_argument("the truncation leaves no value of positive probability");
    }

    [[nodiscard]] Tails tails(std::int64_t k) const {
        if (k >= last_) return {1, 0};
        if (k < first_) return {0, 1};
        return truncated(discrete_tails(distribution_, k), below_, top_);
    }

    /// The smallest k of the support for which the statement holds; it holds for all above.
    template <class Statement>
    [[nodiscard]] std::int64_t smallest(const Statement& holds) const {
        std::int64_t step = 1;
        while (first_ + step < last_ && !holds(tails(first_ + step)))
            step *= 2;
        std::int64_t low = first_, high = std::min(first_ + step, last_);
        while (low < high) {
            const std::int64_t middle = low + (high - low) / 2;
            if (holds(tails(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    [[nodiscard]] double value(std::int64_t k) const {
        return static_cast<double>(k) + distribution_.shift;
    }

  private:
    static std::int64_t count_of(double x) {
        return static_cast<std::int64_t>(std::clamp(x, -1.0, static_cast<double>(largest_count)));
    }
    [[nodiscard]] std::int64_t largest_value() const {
        if (distribution_.family == Family::binary) return 1;
        if (distribution_.family != Family::categorical) return largest_count;
        return static_cast<std::int64_t>(distribution_.probabilities.size()) - 1;
    }

    const Distribution& distribution_;
    std::int64_t first_ = 0, last_ = 0;
    Tails below_, top_;
};

bool is_truncated(const Distribution& d) {
    return d.lower > -infinity || d.upper < infinity;
}

struct Ends {
    Tails lower, upper;
};

Ends ends_of(const Distribution& d) {
    return {d.lower > -infinity ? continuous_tails(d, d.lower) : Tails{0, 1},
            d.upper < infinity ? continuous_tails(d, d.upper) : Tails{1, 0}};
}

double continuous_value_at(const Distribution& d, double z) {
    const Tails at{math::normal_cdf(z), math::normal_upper_tail(z)};
    const auto [lower, upper] = ends_of(d);
    const double mass = mass_between(lower, upper);
    const double value =
        continuous_quantile(d, {lower.below + mass * at.below, upper.above + mass * at.above});
    return std::clamp(value, d.lower, d.upper);
}

}  // namespace

double value_at_score(const Distribution& d, double z) {
    if (is_discrete(d.family)) {
        const DiscreteSupport support(d);
        return support.value(
            support.smallest([z](const Tails& tails) { return tails.score() >= z; }));
    }
    if (is_truncated(d)) return d.shift + continuous_value_at(d, z);
    if (d.family == Family::normal) return d.shift + (d.first + d.second * z);
    if (d.family == Family::log_normal) return d.shift + std::exp(d.first + d.second * z);
    return d.shift + continuous_value_at(d, z);
}

double score_of(const Distribution& d, double value) {
    if (is_discrete(d.family))
        throw std::invalid_argument("a discrete value has a range of scores, not one");
    const double x = value - d.shift;
    if (x < d.lower) return -infinity;
    if (x > d.upper) return infinity;
    if (!is_truncated(d)) {
        if (d.family == Family::normal) return (x - d.first) / d.second;
        if (d.family == Family::log_normal)
            return x <= 0 ? -infinity : (std::log(x) - d.first) / d.second;
    }
    const auto [lower, upper] = ends_of(d);
    return truncated(continuous_tails(d, x), lower, upper).score();
}

// The smallest uniform number of a word is 2^-33: probabilities below half of it are never reached.
DiscreteSteps discrete_steps(const Distribution& d) {
    constexpr double unreachable = 0x1p-34;
    const DiscreteSupport support(d);
    std::int64_t k =
        support.smallest([](const Tails& tails) { return tails.below >= unreachable; });
    DiscreteSteps steps;
    double last = -infinity;
    for (;; ++k) {
        const Tails tails = support.tails(k);
        const bool is_last = tails.above < unreachable;
        const double score = is_last ? infinity : tails.score();
        if (score > last) {
            steps.values.push_back(support.value(k));
            steps.scores.push_back(score);
            last = score;
        }
        if (is_last) return steps;
    }
}

}  // namespace rsasim::design
