#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include <rsasim/planning/probit_curve.hpp>

namespace rsasim::planning {

/// The points from `from` to `to` that a round is to look at, rising; at least one.
using PointsBetween = std::function<std::vector<double>(double from, double to)>;

/// Simulates trials at each of the points, `replicates` each, independently of all earlier rounds
/// and of other points; `round` counts from 0. A look may lie beside the point asked for.
using SimulatePowers = std::function<std::vector<PowerLook>(const std::vector<double>& points,
                                                            std::int64_t replicates, int round)>;

struct CrossingQuestion {
    double power = 0.9;
    double level = 0.025;               ///< one-sided level of the test, for first guesses
    double start = 0;                   ///< a first guess, above 0
    double largest = 0;                 ///< no look lies beyond
    std::int64_t replicates = 100'000;  ///< in all
    double confidence = 0.99;           ///< of the interval
    std::string_view grows_with;        ///< what the points are, as in "size"
};

inline constexpr std::int64_t least_replicates = 5000;

struct PowerCrossing {
    EstimatedPoint point;          ///< where the fitted power crosses the target
    ProbitCurve curve;             ///< that was fitted last
    std::int64_t replicates = 0;   ///< spent, in all
    std::vector<PowerLook> looks;  ///< that the curve was fitted to, by point
};

/// Throws std::invalid_argument with the reason where the power lies outside (0, 1 - 1e-9], or
/// where there are fewer than least_replicates.
void require_search(double power, std::int64_t replicates);

/// The guess alone that find_power_crossing starts from: some 5 per cent from the crossing. Nothing
/// where the power at the largest point is five standard errors short of the target.
std::optional<double> guess_power_crossing(const CrossingQuestion& question,
                                           const PointsBetween& points,
                                           const SimulatePowers& simulate);

/// Where simulated power crosses a target. Guesses of the point, each from the power at the one
/// before; then rounds around it, until one has the crossing well inside, and a last one with what
/// is left of the replicates. A round looks within 6 per cent of its middle; a probit curve is
/// fitted to all looks that lie near.
///
/// Nothing where the power at the largest point is five standard errors short of the target. Throws
/// std::invalid_argument with the reason where the power does not grow enough with the point.
std::optional<PowerCrossing> find_power_crossing(const CrossingQuestion& question,
                                                 const PointsBetween& points,
                                                 const SimulatePowers& simulate);

}  // namespace rsasim::planning
