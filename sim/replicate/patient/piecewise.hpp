#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace rsasim::replicate {

/// A cubic c0 + c1 t + c2 t^2 + c3 t^3 in two doubles: `even` is c0, its last 16 bits the first 16
/// of c3; `odd` is c1, its lower half the upper half of c2. The last bits that the others carry
/// weigh less than 2^-36 of c0 and 2^-21 of c1, which is small beside c0 where |t| is small.
struct Cubic {
    double even = 0, odd = 0;

    [[nodiscard]] double operator()(double t) const {
        const double c3 = std::bit_cast<double>(std::bit_cast<std::uint64_t>(even) << 48);
        const double c2 = std::bit_cast<double>(std::bit_cast<std::uint64_t>(odd) << 32);
        return even + t * (odd + t * (c2 + t * c3));
    }
};

/// The cubic through f at the four Chebyshev points of t in [-half_width, half_width].
Cubic cubic_through(const std::function<double(double)>& f, double half_width);

/// Chebyshev interpolation of degree 12 on [low, high] (Trefethen 2013, ISBN 978-1-611972-39-9).
class Interpolant {
  public:
    Interpolant(const std::function<double(double)>& f, double low, double high);
    [[nodiscard]] double operator()(double x) const;

  private:
    double middle_, half_width_;
    std::vector<double> coefficients_;
};

}  // namespace rsasim::replicate
