#include <array>
#include <cmath>

#include <rsasim/math/deviance.hpp>

namespace rsasim::math {

namespace {

/// Below this |x| the difference log(1 + x) - x loses more than one digit to cancellation.
constexpr double series_reach = 0.2;

/// log(1 + x) - x = -r x + 2 r^3 (1/3 + r^2/5 + r^4/7 + ...) with r = x / (2 + x). At |x| = 0.2,
/// r^2 = 0.0123 and the ninth term is below 1e-17.
double log1p_minus_x(double x) {
    const double r = x / (2 + x), square = r * r;
    constexpr std::array odd{19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0};
    double sum = 0;
    for (const double denominator : odd) {
        sum = sum * square + 1 / denominator;
    }
    return r * (2 * square * sum - x);
}

}  // namespace

double deviance_term(double observed, double expected, double difference) {
    if (observed == 0) return expected;
    const double x = -difference / observed;
    if (std::abs(x) < series_reach) return -observed * log1p_minus_x(x);
    return observed * std::log(observed / expected) - difference;
}

}  // namespace rsasim::math
