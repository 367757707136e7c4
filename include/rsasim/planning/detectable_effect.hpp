#pragma once

#include <memory>
#include <optional>

#include <rsasim/design/design.hpp>

namespace rsasim::planning {

/// A treated rate that a test detects with the target power.
struct DetectableRate {
    double treated_rate = 0;
    double power = 0;
};

/// The nearest detectable treated rates on either side of the null; nothing where not even a
/// rate of 0 or 1 reaches the power, or where the rates on that side lie in the null hypothesis.
struct DetectableRates {
    std::optional<DetectableRate> above;
    std::optional<DetectableRate> below;
};

/// Throws std::invalid_argument for plans of equivalence, which have no smallest effect.
void require_smallest_effect(const design::AnalysisPlan& plan);

/// The treated rate on the boundary of the null at the design's control rate, in [0, 1].
double null_treated_rate(const design::Design& design);

/// The smallest effects, in both directions, that test number `test` of the design's plan detects
/// with the power, at the design's sizes and control rate. Starting at the null, the treated rate
/// is moved outwards in 512 steps to the first that reaches the power, and the crossing is refined
/// to 1e-9. Throws std::invalid_argument where the power lies outside (0, 1 - 1e-9].
DetectableRates detectable_rates(const design::Design& design, std::size_t test, double power,
                                 unsigned threads);

}  // namespace rsasim::planning
