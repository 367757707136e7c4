#include <algorithm>
#include <cstddef>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/random/guided_binomial.hpp>

namespace rsasim::random {
namespace {

constexpr double two_to_32 = 4294967296.0;

/// Weights below this, relative to the mode, are left out: even n = 10^8 leaves less than 2^-50 of
/// the probability beyond it, 2^-18 of the unit of a threshold.
constexpr double least_weight = 0x1p-50;

/// Probabilities of neighbouring values, in units of the probability of the mode.
struct Weights {
    std::int64_t lowest = 0;
    std::vector<double> of_value;
};

/// P(k + 1) / P(k) = (n - k) / (k + 1) * p / (1 - p), upwards and downwards from the mode.
Weights binomial_weights(std::int64_t n, double p) {
    if (p == 1) return {n, {1.0}};
    const auto size = static_cast<double>(n);
    const double odds = p / (1 - p);
    const std::int64_t mode = std::min(n, static_cast<std::int64_t>((size + 1) * p));

    Weights weights{mode, {}};
    double weight = 1;
    for (std::int64_t k = mode; k > 0;) {
        weight *= static_cast<double>(k) / (static_cast<double>(n - k + 1) * odds);
        if (weight < least_weight) break;
        weights.of_value.push_back(weight);
        weights.lowest = --k;
    }
    std::reverse(weights.of_value.begin(), weights.of_value.end());
    weight = 1;
    for (std::int64_t k = mode; k <= n && weight >= least_weight; ++k) {
        weights.of_value.push_back(weight);
        weight *= static_cast<double>(n - k) / static_cast<double>(k + 1) * odds;
    }
    return weights;
}

}  // namespace

GuidedBinomial::GuidedBinomial(std::int64_t n, double p) {
    if (n < 1 || n > largest_n || !(p >= 0 && p <= 1)) {
        throw std::invalid_argument(fmt::format(
            "GuidedBinomial: n = {}, p = {}: n must lie in 1 to {}, p in 0 to 1", n, p, largest_n));
    }
    const Weights weights = binomial_weights(n, p);
    double total = 0;
    for (const double weight : weights.of_value) {
        total += weight;
    }
    lowest_ = weights.lowest;
    double cumulative = 0;
    for (const double weight : weights.of_value) {
        cumulative += weight;
        const double plus_half = cumulative / total * two_to_32 + 0.5;
        const auto threshold = static_cast<std::uint64_t>(plus_half);  // rounds down
        if (threshold == 0) {
            ++lowest_;
            continue;
        }
        last_words_.push_back(static_cast<std::uint32_t>(threshold - 1));
        if (last_words_.back() == std::numeric_limits<std::uint32_t>::max()) break;
    }
    std::uint32_t k = 0;
    for (std::size_t i = 0; i < guide_.size(); ++i) {
        const auto first_word = static_cast<std::uint32_t>(i << guide_shift);
        while (first_word > last_words_[k]) {
            ++k;
        }
        guide_[i] = k;
    }
}

}  // namespace rsasim::random
