#include "gamma_ratio.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace rsasim::math {

namespace {

using Complex = std::complex<double>;

/// At a real part of 10 the first term left out of the series is below 1e-15.
constexpr double far_right = 10;

/// log Gamma(z) - ((z - 1/2) log z - z + log sqrt(2 pi)) = 1/(12 z) - 1/(360 z^3) + ...
constexpr std::array stirling_coefficients{691.0 / 360360, -1.0 / 1188, 1.0 / 1680,
                                           -1.0 / 1260,    1.0 / 360,   -1.0 / 12};

double stirling_remainder(double x) {
    const double square = 1 / (x * x);
    double sum = 0;
    for (const double coefficient : stirling_coefficients)
        sum = sum * square - coefficient;
    return sum / x;
}

Complex stirling_remainder(Complex z) {
    const double norm = z.real() * z.real() + z.imag() * z.imag();
    const Complex inverse(z.real() / norm, -z.imag() / norm);
    const Complex square = times(inverse, inverse);
    Complex sum = 0;
    for (const double coefficient : stirling_coefficients) {
        sum = times(sum, square) - coefficient;
    }
    return times(sum, inverse);
}

}  // namespace

GammaRatio::GammaRatio(double a, double least_real)
    : a_(a),
      shifts_(
          static_cast<int>(std::ceil(std::max(0.0, far_right - a - std::min(0.0, least_real))))),
      base_(a + shifts_),
      remainder_(stirling_remainder(base_)),
      scale_(1) {
    for (int k = 0; k < shifts_; ++k) {
        scale_ /= a + k;
    }
}

Complex GammaRatio::log_part(Complex z) const {
    const double x = z.real() / base_, y = z.imag() / base_;
    const Complex log1p(0.5 * std::log1p(x * (2 + x) + y * y), std::atan(y / (1 + x)));
    return times(z + (base_ - 0.5), log1p) - z + stirling_remainder(z + base_) - remainder_;
}

Complex GammaRatio::denominator(Complex z) const {
    Complex product = scale_;
    for (int k = 0; k < shifts_; ++k) {
        product = times(product, z + (a_ + k));
    }
    return product;
}

double GammaRatio::log_real(double x) const {
    const double stirling = (x + (base_ - 0.5)) * std::log1p(x / base_) - x +
                            stirling_remainder(x + base_) - remainder_;
    double product = scale_;
    for (int k = 0; k < shifts_; ++k) {
        product *= x + (a_ + k);
    }
    return stirling - std::log(product);
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
