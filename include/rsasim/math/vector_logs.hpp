#pragma once

#include <span>

namespace rsasim::math {

/// Natural logarithms in place. Those of positive normal numbers are portable_log's, with the same
/// bits on every processor; -inf of 0, NaN of negative numbers.
void take_logs(std::span<double> x);

}  // namespace rsasim::math
