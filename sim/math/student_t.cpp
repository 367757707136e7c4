#include "policy.hpp"

#include <cmath>

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/student_t.hpp>

namespace rsasim::math {

double student_t_two_sided_tail(double t, double degrees_of_freedom) {
    if (std::isinf(degrees_of_freedom)) return normal_two_sided_tail(t);
    if (std::isinf(t)) return 0;
    // I_x(v/2, 1/2) with x = v / (v + t^2), from the side on which the argument is exact.
    const double v = degrees_of_freedom, square = t * t;
    if (square > v) return boost::math::ibeta(v / 2, 0.5, v / (v + square), Policy());
    return boost::math::ibetac(0.5, v / 2, square / (v + square), Policy());
}

double student_t_upper_tail(double t, double degrees_of_freedom) {
    const double half = student_t_two_sided_tail(t, degrees_of_freedom) / 2;
    return t >= 0 ? half : 0.5 + (0.5 - half);
}

double two_sided_student_t_quantile(double confidence, double degrees_of_freedom) {
    if (std::isinf(degrees_of_freedom)) return two_sided_normal_quantile(confidence);
    const boost::math::students_t_distribution<double, Policy> t(degrees_of_freedom);
    return boost::math::quantile(boost::math::complement(t, (1 - confidence) / 2));
}

}  // namespace rsasim::math
