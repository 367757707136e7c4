#include "tails.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <stdexcept>

#include <rsasim/math/quantiles.hpp>

namespace rsasim::design {

namespace {

Tails categorical_tails(const Distribution& d, std::int64_t k) {
    const auto size = static_cast<std::ptrdiff_t>(d.probabilities.size());
    const auto cut = d.probabilities.begin() + std::clamp<std::ptrdiff_t>(k + 1, 0, size);
    return {std::accumulate(d.probabilities.begin(), cut, 0.0),
            std::accumulate(cut, d.probabilities.end(), 0.0)};
}

}  // namespace

Tails discrete_tails(const Distribution& d, std::int64_t k) {
    if (k < 0) return {0, 1};
    switch (d.family) {
        case Family::poisson:
            return {math::poisson_cdf(k, d.first), math::poisson_upper_tail(k, d.first)};
        case Family::negative_binomial:
            return {math::negative_binomial_cdf(k, d.first, d.second),
                    math::negative_binomial_upper_tail(k, d.first, d.second)};
        case Family::binary:
            return k == 0 ? Tails{1 - d.first, d.first} : Tails{1, 0};
        case Family::categorical:
            return categorical_tails(d, k);
        default:
            throw std::invalid_argument("a continuous covariate has no steps");
    }
}

}  // namespace rsasim::design
