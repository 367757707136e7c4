#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

/// Exponential and logarithm of additions, multiplications and divisions alone, so that every
/// processor gives the same bits. vector_exp-inl.hpp has the same operations for vectors.
namespace rsasim::math {

/// Constants of both versions.
namespace portable {

inline constexpr double log2_e = 1.4426950408889634;
inline constexpr double ln2_high =
    0x1.62e42fefp-1;  ///< 33 bits: exact when multiplied by |k| < 2^11
inline constexpr double ln2_low = 0x1.473de6af278edp-34;  ///< ln 2 - ln2_high
inline constexpr double round_to_whole = 0x1.8p52;  ///< added, leaves the nearest whole number
inline constexpr std::int64_t exponent_bias = 1023;
inline constexpr int mantissa_bits = 52;
inline constexpr double largest_exponent = 709;  ///< exp saturates beyond; smallest: its negative

/// Taylor coefficients of r coth(r / 2) in r^2: Bernoulli numbers B_2j / (2j)!, times 2. The next
/// term is below 5e-18 where |r| <= ln 2 / 2.
inline constexpr double coth_terms[] = {
    2.0, 1.0 / 6, -1.0 / 360, 1.0 / 15120, -1.0 / 604800, 1.0 / 23950080, -691.0 / 653837184000};
/// 2 / (2j + 1) for j = 1, ..., 10: log m = 2 s + sum of these times s^(2j + 1), s = (m-1)/(m+1).
inline constexpr double atanh_terms[] = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
                                         2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21};

}  // namespace portable

/// Two positive numbers whose ratio is e^x: with the odds e^x, the probability is
/// numerator / (numerator + denominator) and its complement loses nothing.
struct Odds {
    double numerator;
    double denominator;
};

/// e^x as 2^k (R + r) / (R - r), x = k ln 2 + r, R = r coth(r / 2). |x| is taken as at most 709.
inline Odds odds_of(double x) {
    using namespace portable;
    const double held = std::min(std::max(x, -largest_exponent), largest_exponent);
    const double shifted = held * log2_e + round_to_whole;
    const double k = shifted - round_to_whole;
    const double r = (held - k * ln2_high) - k * ln2_low;
    const double z = r * r;
    double big_r = coth_terms[6];
    for (int j = 5; j >= 0; --j)
        big_r = big_r * z + coth_terms[j];
    const auto bits = std::bit_cast<std::uint64_t>(shifted) + std::uint64_t{exponent_bias};
    return {std::bit_cast<double>(bits << mantissa_bits) * (big_r + r), big_r - r};
}

/// e^x within 2 units in the last place, from e^-709 to e^709, where it stays.
inline double portable_exp(double x) {
    const Odds odds = odds_of(x);
    return odds.numerator / odds.denominator;
}

/// The natural logarithm of a positive normal number, within 2 units in the last place.
inline double portable_log(double x) {
    using namespace portable;
    const auto bits = std::bit_cast<std::uint64_t>(x);
    constexpr std::uint64_t sqrt_half = 0x3fe6a09e667f3bcd;
    const auto k = static_cast<std::int64_t>(bits - sqrt_half) >> mantissa_bits;
    const double m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(k) << mantissa_bits));
    const double s = (m - 1) / (m + 1);
    const double z = s * s;
    double sum = atanh_terms[9];
    for (int j = 8; j >= 0; --j)
        sum = sum * z + atanh_terms[j];
    const auto whole = static_cast<double>(k);
    return whole * ln2_high + (s * 2 + (s * z * sum + whole * ln2_low));
}

/// log(1 + t) for 0 <= t <= 1, relative to within 4 units in the last place below 1e-4.
inline double portable_log_one_plus(double t) {
    constexpr double short_series = 1e-4;  // the first term left out is below 2e-17 of the sum
    if (t < short_series) return t * (1 - t * (1.0 / 2 - t * (1.0 / 3 - t / 4)));
    return portable_log(1 + t);
}

}  // namespace rsasim::math
