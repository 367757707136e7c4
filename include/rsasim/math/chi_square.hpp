#pragma once

namespace rsasim::math {

/// P(X > x) of a chi-square variate with `degrees_of_freedom` > 0; 1 for x <= 0, 0 at infinity.
/// Computed as a complement, so that small values keep their relative accuracy.
double chi_square_upper_tail(double x, double degrees_of_freedom);

}  // namespace rsasim::math
