#pragma once

#include "cells.hpp"
#include "interval_finding.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/roots.hpp>

/// The skewness-corrected asymptotic score of Laud 2017, doi:10.1002/pst.1813: z~ of an effect is
/// the root of
///
///     z~ + (z~^2 - 1) gamma / 6 = (S - bias) / sqrt(V)
///
/// that goes to the right side as gamma goes to 0; S is the score at the restricted maximum
/// likelihood rates, V its variance times N / (N - 1), gamma the skewness mu3 / V^(3/2), and the
/// bias is 0 but for the odds ratio. z~ falls as the effect rises; the limits are where it is z and
/// -z. The uncorrected score goes to infinity at the ends of the scale, z~ of a cell with few women
/// goes to a bound (about sqrt(6 x + 1) for x events): a limit is at the end where z is beyond it.
/// Below a confidence of 0.68 z~ can turn in tables with a full or an empty arm; the outermost
/// crossing is taken.
namespace rsasim::analysis {

/// z~ of `score` = (S - bias) / sqrt(V). Where the equation has no root, z~ goes on as twice its
/// centred score, with which it agrees at the last root.
inline double skewness_corrected(double score, double skewness) {
    const double sixth = skewness / 6;
    const double centred = score + sixth;
    return 2 * centred / (1 + std::sqrt(std::max(0.0, 1 + 4 * sixth * centred)));
}

/// The u with corrected(u) = `target`, searched outwards from `guess` where `corrected` is below
/// the target there and inwards where it is not. Infinity or 0 where no such u is found.
template <class Function>
math::Root outward_root(Function&& corrected, double target, double guess) {
    constexpr double farthest = 70;  // of log u: what lies beyond is at the end of the path
    const auto excess = [&](double log_u) { return corrected(std::exp(log_u)) - target; };
    const double start = std::clamp(std::log(guess), -farthest, farthest);
    double lower = start, upper = start, stride = 0.25;
    if (excess(start) < 0) {
        do {
            if (upper >= farthest) return {infinity, true};
            lower = upper;
            upper = std::min(lower + stride, farthest);
            stride *= 2;
        } while (excess(upper) < 0);
    } else {
        do {
            if (lower <= -farthest) return {0, true};
            upper = lower;
            lower = std::max(upper - stride, -farthest);
            stride *= 2;
        } while (excess(lower) >= 0);
    }
    const math::Root root = math::bracketed_root(excess, lower, upper);
    return {std::exp(root.value), root.is_converged};
}

/// The lower limit of the measure that `Path` describes; NaN where it is not found. A Path is made
/// of a table and N / (N - 1) and leads from the observed table (u = 0) down to the lower end of
/// the scale (u infinite):
///     corrected(u)       z~, rising with u
///     effect(u)          the restricted effect
///     guess(z)           a u to start from
///     is_at_lower_end(), is_at_upper_end()    the observed effect is an end of the scale
///     lower_end, reversed(effect)             of the measure
template <class Path>
double skewness_corrected_lower_limit(const Cells& cells, double z, double variance_factor) {
    const Path path(cells, variance_factor);
    if (path.is_at_lower_end()) return Path::lower_end;
    if (path.is_at_upper_end() || path.corrected(0) < z) {
        const math::Root root =
            outward_root([&](double u) { return path.corrected(u); }, z, path.guess(z));
        if (!root.is_converged) return not_a_number;
        return std::isinf(root.value) ? Path::lower_end : path.effect(root.value);
    }
    // At small confidence the limit can lie above the observed effect.
    const Path above(cells.with_arms_swapped(), variance_factor);
    const math::Root root =
        outward_root([&](double u) { return above.corrected(u); }, -z, above.guess(z));
    return root.is_converged ? Path::reversed(above.effect(root.value)) : not_a_number;
}

/// Both limits; `Path::measure` is the measure.
template <class Path>
Finding skewness_corrected_interval(const Cells& cells, double z, double variance_factor) {
    const double lower = skewness_corrected_lower_limit<Path>(cells, z, variance_factor);
    const double mirrored =
        skewness_corrected_lower_limit<Path>(cells.with_arms_swapped(), z, variance_factor);
    if (std::isnan(lower) || std::isnan(mirrored)) return unconverged_finding();
    return interval_finding(Path::measure, lower, Path::reversed(mirrored));
}

}  // namespace rsasim::analysis
