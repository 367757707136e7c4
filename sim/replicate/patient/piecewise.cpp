#include "piecewise.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace rsasim::replicate {

namespace {

/// The double nearest to x whose last `bits` bits are `tail`.
double with_tail(double x, std::uint64_t tail, int bits) {
    const std::uint64_t step = std::uint64_t{1} << bits;
    const std::uint64_t middle = (std::bit_cast<std::uint64_t>(x) & ~(step - 1)) | tail;
    double nearest = std::bit_cast<double>(middle);
    for (const std::uint64_t candidate : {middle - step, middle + step}) {
        const auto value = std::bit_cast<double>(candidate);
        if (std::abs(value - x) < std::abs(nearest - x)) nearest = value;
    }
    return nearest;
}

/// The first `bits` bits of x, rounded.
std::uint64_t first_bits(double x, int bits) {
    const int dropped = 64 - bits;
    return (std::bit_cast<std::uint64_t>(x) + (std::uint64_t{1} << (dropped - 1))) >> dropped;
}

}  // namespace

Cubic cubic_through(const std::function<double(double)>& f, double half_width) {
    std::array<double, 4> t{}, c{};
    for (std::size_t i = 0; i < 4; ++i) {
        t[i] = half_width * std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / 4);
        c[i] = f(t[i]);
    }
    for (std::size_t order = 1; order < 4; ++order) {  // divided differences
        for (std::size_t i = 3; i >= order; --i)
            c[i] = (c[i] - c[i - 1]) / (t[i] - t[i - order]);
    }
    for (std::size_t k = 3; k-- > 0;) {  // powers of t
        for (std::size_t i = k; i < 3; ++i)
            c[i] -= t[k] * c[i + 1];
    }
    return {with_tail(c[0], first_bits(c[3], 16), 16), with_tail(c[1], first_bits(c[2], 32), 32)};
}

Interpolant::Interpolant(const std::function<double(double)>& f, double low, double high)
    : middle_((low + high) / 2), half_width_((high - low) / 2), coefficients_(13) {
    const std::size_t n = coefficients_.size();
    for (std::size_t i = 0; i < n; ++i) {
        const double angle =
            std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(n);
        const double value =
            f(middle_ + half_width_ * std::cos(angle)) * 2 / static_cast<double>(n);
        for (std::size_t k = 0; k < n; ++k)
            coefficients_[k] += value * std::cos(static_cast<double>(k) * angle);
    }
    coefficients_[0] /= 2;
}

double Interpolant::operator()(double x) const {
    const double s = (x - middle_) / half_width_;
    double next = 0, after = 0;
    for (std::size_t k = coefficients_.size(); k-- > 1;) {  // Clenshaw 1955
        const double here = coefficients_[k] + 2 * s * next - after;
        after = next;
        next = here;
    }
    return coefficients_[0] + s * next - after;
}

}  // namespace rsasim::replicate
