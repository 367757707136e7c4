#include "steps.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::replicate {

namespace {

/// The number of words with (word + 1/2) / 2^32 <= P(Z <= score).
double words_below(double score) {
    constexpr double words = 4294967296.0;
    return score < 0 ? std::floor(words * math::normal_cdf(score) + 0.5)
                     : std::floor(words - words * math::normal_upper_tail(score) + 0.5);
}

/// The whole number that a value is before its shift.
double count_of(const design::Distribution& distribution, double value) {
    return std::round(value - distribution.shift);
}

/// Up to so many limits are compared one by one.
constexpr std::size_t few_limits = 24;

/// Prepares Steps::operator() where the limits are many. Cells never fall as their members rise, so
/// a limit of an earlier cell lies below all members of a later one.
template <class Limit>
void add_guide(Steps<Limit>& steps) {
    if (steps.limits.size() <= few_limits) return;
    steps.numbers = {steps.lowest};
    for (const double jump : steps.jumps)
        steps.numbers.push_back(steps.numbers.back() + jump);
    steps.guide.assign(1024, 0);
    std::size_t k = 0;
    for (std::size_t cell = 1; cell < steps.guide.size(); ++cell) {
        while (k < steps.limits.size() && cell_of(steps.limits[k]) < cell)
            ++k;
        steps.guide[cell] = k;
    }
}

}  // namespace

WordSteps steps_of_words(const design::Distribution& distribution) {
    const auto steps = design::discrete_steps(distribution);
    WordSteps out;
    out.shift = distribution.shift;
    out.lowest = count_of(distribution, steps.values.front());
    double last = out.lowest;
    for (std::size_t k = 0; k + 1 < steps.values.size(); ++k) {
        const double below = words_below(steps.scores[k]);
        const double next = count_of(distribution, steps.values[k + 1]);
        if (below < 1) {  // no word gives the value before
            out.lowest = next;
        } else if (below < 4294967296.0) {
            out.limits.push_back(static_cast<std::uint32_t>(below - 1));
            out.jumps.push_back(next - last);
        }
        last = next;
    }
    add_guide(out);
    return out;
}

ScoreSteps steps_of_scores(const design::Distribution& distribution) {
    const auto steps = design::discrete_steps(distribution);
    ScoreSteps out;
    out.shift = distribution.shift;
    out.lowest = count_of(distribution, steps.values.front());
    for (std::size_t k = 0; k + 1 < steps.values.size(); ++k) {
        out.limits.push_back(steps.scores[k]);
        out.jumps.push_back(count_of(distribution, steps.values[k + 1]) -
                            count_of(distribution, steps.values[k]));
    }
    add_guide(out);
    return out;
}

}  // namespace rsasim::replicate
