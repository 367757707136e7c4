#pragma once

#include <cmath>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/effect.hpp>

namespace rsasim::planning {

/// Upper - lower, of the logarithms for ratios; infinite or NaN where a limit is not finite there.
inline double width_of(const analysis::Interval& interval, design::Measure measure) {
    return design::is_ratio(measure) ? std::log(interval.upper) - std::log(interval.lower)
                                     : interval.upper - interval.lower;
}

}  // namespace rsasim::planning
