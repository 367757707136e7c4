#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace rsasim::math {

/// What a root finder found. `value` is the best point so far where it did not converge.
struct Root {
    double value = std::numeric_limits<double>::quiet_NaN();
    bool is_converged = false;
};

/// A function's value and its derivative at a point.
struct ValueAndSlope {
    double value = 0;
    double slope = 0;
};

/// Relative width of x at which the root finders stop: a few times the rounding of a double.
inline constexpr double root_tolerance = 4 * std::numeric_limits<double>::epsilon();

/// Halving the widest bracket of doubles down to one value takes at most 64 steps in the order of
/// the doubles, a little more by geometric means; beyond that the function breaks its promise.
inline constexpr int most_root_steps = 200;

/// Newton's method needs 4 to 8 steps where it works; after these every other step halves.
inline constexpr int most_plain_newton_steps = 12;

/// The middle of a bracket of non-negative numbers: geometric where the ends are far apart. From an
/// end of 0 or infinity it goes to 1 first, then on in steps that grow.
inline double middle_of(double lower, double upper) {
    constexpr double far_apart = 4;
    if (lower == 0 && std::isinf(upper)) return 1;
    if (std::isinf(upper)) return lower < 1 ? 1 : far_apart * lower * lower;
    if (lower == 0) return upper > 1 ? 1 : upper * upper / far_apart;
    if (upper > far_apart * lower) return std::sqrt(lower) * std::sqrt(upper);
    return lower + (upper - lower) / 2;
}

/// The root of an increasing function on [lower, upper], 0 <= lower < upper <= infinity, by
/// Newton's method from `start`, where a step that leaves the bracket, or every other step of a
/// slow search, is replaced by halving it. `function(x)` returns a ValueAndSlope; it is called only
/// inside the bracket's interior (and at `start`). The bracket's ends are trusted, not evaluated.
template <class Function>
Root increasing_root(Function&& function, double lower, double upper, double start) {
    double x = start > lower && start < upper ? start : middle_of(lower, upper);
    for (int step = 0; step < most_root_steps; ++step) {
        const ValueAndSlope at = function(x);
        if (at.value == 0) return {x, true};
        (at.value < 0 ? lower : upper) = x;
        double next = x - at.value / at.slope;
        if (std::abs(next - x) <= root_tolerance * x) return {std::clamp(next, lower, upper), true};
        const bool is_slow = step >= most_plain_newton_steps && step % 2 == 0;
        if (is_slow || !(next > lower && next < upper)) {
            next = middle_of(lower, upper);
            if (std::abs(next - x) <= root_tolerance * x) return {next, true};
        }
        x = next;
    }
    return {x, false};
}

/// A root of a continuous function between two finite points where its signs differ, without
/// derivatives: inverse quadratic steps where they are safe, halving elsewhere (Chandrupatla 1997,
/// doi:10.1016/s0965-9978(96)00051-8). At most some 100 evaluations, usually 8. Not converged, NaN:
/// the signs do not differ. `tolerance` is relative to |x|.
template <class Function>
Root bracketed_root(Function&& function, double lower, double upper,
                    double tolerance = root_tolerance) {
    double b = lower, a = upper;
    double fb = function(b), fa = function(a);
    if (fa == 0) return {a, true};
    if (fb == 0) return {b, true};
    if (!(fa < 0 && fb > 0) && !(fa > 0 && fb < 0)) return {};
    double share = 0.5;  // where in [a, b] the next point lies
    double best = a;
    for (int step = 0; step < most_root_steps; ++step) {
        const double x = a + share * (b - a);
        const double fx = function(x);
        double c = a, fc = fa;
        if ((fx > 0) != (fa > 0)) {
            c = std::exchange(b, a);
            fc = std::exchange(fb, fa);
        }
        a = x;
        fa = fx;
        const bool a_is_best = std::abs(fa) < std::abs(fb);
        best = a_is_best ? a : b;
        const double width =
            tolerance * std::abs(best) + 2 * std::numeric_limits<double>::denorm_min();
        const double least = width / std::abs(b - a);
        if (fx == 0 || least > 0.5) return {best, true};
        const double xi = (a - b) / (c - b), phi = (fa - fb) / (fc - fb);
        const bool is_safe = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
        share = is_safe ? fa / (fb - fa) * fc / (fb - fc) +
                              (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
                        : 0.5;
        share = std::clamp(share, least, 1 - least);
    }
    return {best, false};
}

}  // namespace rsasim::math
