#pragma once

#include <cmath>
#include <limits>

#include <rsasim/math/roots.hpp>

namespace rsasim::analysis {

/// The root of a function of the log odds ratio t that crosses zero once and upwards in
/// [lower, upper], either end possibly infinite. `function(t)` returns a math::ValueAndSlope whose
/// value is a difference of log odds, so that its slope is of the order of 1 / (width in t), and
/// may be infinite or NaN beyond the range of doubles. Newton's method; a step that leaves the
/// bracket or follows a falling slope is replaced by halving, or by doubling strides where that end
/// is infinite. The last step is taken from a value below 1e-7, which leaves an error of order
/// 1e-14.
template <class Function>
math::Root log_odds_root(Function&& function, double lower, double upper, double start) {
    constexpr int most_steps = 200;
    constexpr double last_value = 1e-7;
    constexpr double narrowest = 4 * std::numeric_limits<double>::epsilon();
    double t = start;
    double stride = 1;
    for (int i = 0; i < most_steps; ++i) {
        const math::ValueAndSlope at = function(t);
        if (std::isnan(at.value)) return {t, false};
        (at.value < 0 ? lower : upper) = t;
        double next = t - at.value / at.slope;
        if (at.slope > 0 && next >= lower && next <= upper) {
            if (std::abs(at.value) < last_value) return {next, true};
        } else {
            if (upper - lower <= narrowest * std::fmax(1, std::abs(t))) return {t, true};
            next = std::isinf(lower)   ? upper - stride
                   : std::isinf(upper) ? lower + stride
                                       : lower + (upper - lower) / 2;
            stride *= 2;
        }
        t = next;
    }
    return {t, false};
}

}  // namespace rsasim::analysis
