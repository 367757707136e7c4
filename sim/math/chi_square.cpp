#include "policy.hpp"

#include <cmath>

#include <boost/math/special_functions/gamma.hpp>

#include <rsasim/math/chi_square.hpp>

namespace rsasim::math {

double chi_square_upper_tail(double x, double degrees_of_freedom) {
    if (x <= 0) return 1;
    if (std::isinf(x)) return 0;
    return boost::math::gamma_q(degrees_of_freedom / 2, x / 2, Policy());
}

}  // namespace rsasim::math
