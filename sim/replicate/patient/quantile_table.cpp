#include "quantile_table.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::replicate {

QuantileTable::QuantileTable(const std::function<double(Tail)>& value, double lower, double upper)
    : lower_(lower), upper_(upper) {
    constexpr std::size_t segments = std::size_t{1} << leading_bits;  // of an octave
    constexpr double half_width = 0.5 / segments;
    cubics_.reserve(2 * side_segments);
    for (const bool is_upper : {false, true}) {
        for (int exponent = -33; exponent < -1; ++exponent) {
            // An octave of probabilities: 2^exponent x, x in [1, 2].
            const Interpolant octave(
                [&](double x) {
                    return value({std::ldexp(x, exponent), is_upper});
                },
                1, 2);
            for (std::size_t k = 0; k < segments; ++k) {
                const double centre = 1 + (2 * static_cast<double>(k) + 1) * half_width;
                cubics_.push_back(
                    cubic_through([&](double t) { return octave(centre + t); }, half_width));
            }
        }
    }
}

const QuantileTable& normal_scores() {
    static const QuantileTable table([](const QuantileTable::Tail& tail) {
        return tail.is_upper ? math::normal_upper_quantile(tail.probability)
                             : math::normal_quantile(tail.probability);
    });
    return table;
}

const QuantileTable& logistic_quantiles() {
    static const QuantileTable table([](const QuantileTable::Tail& tail) {
        const double log_odds = std::log(tail.probability) - std::log1p(-tail.probability);
        return tail.is_upper ? -log_odds : log_odds;
    });
    return table;
}

ScoreMap::ScoreMap(const std::function<double(double)>& value, double lower, double upper)
    : lower_(lower), upper_(upper) {
    constexpr int last = static_cast<int>(largest * per_unit);
    cubics_.reserve(2 * static_cast<std::size_t>(last) + 1);
    const int step = static_cast<int>(per_unit);
    for (int start = -last; start < last; start += step) {
        const double low = start / per_unit;
        const Interpolant unit(value, low, low + 1);
        for (int k = start; k < start + step || (k == last && start + step == last); ++k) {
            const double centre = k / per_unit;
            // Half of the first piece lies below the first unit: the interpolant reaches so far.
            cubics_.push_back(
                cubic_through([&](double t) { return unit(centre + t / per_unit); }, 0.5));
        }
    }
}

}  // namespace rsasim::replicate
