#pragma once

#include <cmath>

namespace rsasim::math {

/// The probability with these log odds, 1 / (1 + e^-x); 0 and 1 at the infinities.
inline double logistic(double x) {
    return 1 / (1 + std::exp(-x));
}

}  // namespace rsasim::math
