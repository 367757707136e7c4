#pragma once

#include <rsasim/planning/test_power.hpp>

namespace rsasim::planning {

/// What is known of a power: it lies in [lower, upper].
struct PowerBounds {
    double lower = 0;
    double upper = 1;
};

/// The power of a rule at a pair of rates, by following the edges of its rejection region row by
/// row (RejectionRows): some hundred times fewer tables are asked than in exact_power, the
/// reference that tests compare it with. What is left out has a probability below 1e-12.
double row_power(const design::ArmSizes& sizes, const TestRule& rule, const design::Rates& rates);

/// The same until it is known on which side of `target` the power lies: `lower` >= target, or
/// `upper` < target.
PowerBounds row_power_against(const design::ArmSizes& sizes, const TestRule& rule,
                              const design::Rates& rates, double target);

}  // namespace rsasim::planning
