#pragma once

#include <limits>

namespace rsasim::summary {

/// What a figure is that nothing has been seen of.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

}  // namespace rsasim::summary
