#pragma once

#include <cstddef>

#include <rsasim/design/design.hpp>

namespace rsasim::planning {

/// How wide an interval will be.
struct ExpectedWidth {
    design::MeasuredChoice interval;
    double mean = 0;  ///< of upper - lower, of their logarithms for ratios, where both are finite
    double infinite = 0;  ///< probability that they are not, or that there is no interval
};

/// For interval number `interval` of the plan at sizes and rates, by enumeration; tables left out
/// have a probability below 1e-12. `mean` is NaN where no table has a finite interval.
ExpectedWidth expected_width(const design::AnalysisPlan& plan, std::size_t interval,
                             const design::ArmSizes& sizes, const design::Rates& rates);

}  // namespace rsasim::planning
