#pragma once

#include <complex>

namespace rsasim::math {

/// The product, without the C++ library's care for infinite parts.
inline std::complex<double> times(std::complex<double> u, std::complex<double> v) {
    return {u.real() * v.real() - u.imag() * v.imag(), u.real() * v.imag() + u.imag() * v.real()};
}

/// Gamma(a + z) / Gamma(a) for many complex z whose real part is at least `least_real` > -a, in two
/// factors: exp(log_part(z)) A^z / denominator(z), where A = a + n is far enough to the right for
/// Stirling's series (Abramowitz & Stegun 6.1.41) and the denominator are n factors of the
/// recurrence. A^z is left to the caller, who can combine such powers without cancellation.
/// Relative error about 1e-15 (1 + |z|).
class GammaRatio {
  public:
    GammaRatio(double a, double least_real);

    [[nodiscard]] double base() const { return base_; }  ///< A
    [[nodiscard]] std::complex<double> log_part(std::complex<double> z) const;
    [[nodiscard]] std::complex<double> denominator(std::complex<double> z) const;
    /// log(Gamma(a + x) / Gamma(a)) - x log A for real x.
    [[nodiscard]] double log_real(double x) const;

  private:
    double a_;
    int shifts_;
    double base_;
    double remainder_;  ///< of Stirling's series at A
    double scale_;      ///< 1 / (a (a + 1) ... (A - 1))
};

/// Approximations to within 1 % of the first two derivatives of log Gamma(x), x > 0.
double rough_digamma(double x);
double rough_trigamma(double x);

}  // namespace rsasim::math
