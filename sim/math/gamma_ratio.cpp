#include "gamma_ratio.hpp"

#include <algorithm>
#include <cmath>

namespace rsasim::math {

namespace {

using Complex = std::complex<double>;

/// At a real part of 10 the first term left out of the series is below 1e-15.
constexpr double far_right = 10;

/// log Gamma(z) - ((z - 1/2) log z - z + log sqrt(2 pi)).
template <class Number>
Number stirling_remainder(Number z) {
    const Number inverse = 1.0 / z, square = inverse * inverse;
    const Number fourth = 1.0 / 1680 - square * (1.0 / 1188 - square * (691.0 / 360360));
    return inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * fourth)));
}

/// log(1 + w) with the relative accuracy of its parts where w is small.
Complex log1p(Complex w) {
    const double x = w.real(), y = w.imag();
    return {0.5 * std::log1p(x * (2 + x) + y * y), std::atan2(y, 1 + x)};
}

}  // namespace

GammaRatio::GammaRatio(double a, double least_real)
    : a_(a),
      shifts_(
          static_cast<int>(std::ceil(std::max(0.0, far_right - a - std::min(0.0, least_real))))),
      base_(a + shifts_),
      remainder_(stirling_remainder(base_)) {}

Complex GammaRatio::log_part(Complex z) const {
    return (z + (base_ - 0.5)) * log1p(z / base_) - z + stirling_remainder(z + base_) - remainder_;
}

Complex GammaRatio::denominator(Complex z) const {
    Complex product = 1;
    for (int k = 0; k < shifts_; ++k) {
        product *= 1.0 + z / (a_ + k);
    }
    return product;
}

double rough_digamma(double x) {
    const double y = x + 1;
    return std::log(y) - 1 / (2 * y) - 1 / (12 * y * y) - 1 / x;
}

double rough_trigamma(double x) {
    const double y = x + 1;
    return 1 / y + 1 / (2 * y * y) + 1 / (6 * y * y * y) + 1 / (x * x);
}

}  // namespace rsasim::math
