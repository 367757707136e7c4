#include "policy.hpp"

#include <limits>
#include <numbers>

#include <boost/math/special_functions/erf.hpp>

#include <rsasim/math/normal.hpp>

namespace rsasim::math {

double normal_upper_quantile(double tail) {
    if (!(tail >= 0 && tail <= 1)) return std::numeric_limits<double>::quiet_NaN();
    if (tail == 0) return std::numeric_limits<double>::infinity();
    if (tail == 1) return -std::numeric_limits<double>::infinity();
    return std::numbers::sqrt2 * boost::math::erfc_inv(2 * tail, Policy());
}

double normal_quantile(double probability) {
    return -normal_upper_quantile(probability);
}

double two_sided_normal_quantile(double confidence) {
    return normal_upper_quantile((1 - confidence) / 2);
}

}  // namespace rsasim::math
