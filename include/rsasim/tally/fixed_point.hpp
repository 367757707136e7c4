#pragma once

#include <cmath>
#include <cstdint>

namespace rsasim::tally {

/// Sums of real numbers as integers, so that any order of adding and merging gives the same bits:
/// q = x 2^32 rounded to the nearest whole number, |x| < 2^20.
inline constexpr double fixed_scale = 4294967296.0;  // 2^32
inline constexpr double fixed_limit = 1048576.0;     // 2^20

/// False for numbers that do not fit, NaN and infinities among them.
inline bool fits(double x) {
    return std::abs(x) < fixed_limit;
}
inline std::int64_t to_fixed(double x) {
    return std::llrint(x * fixed_scale);
}

__extension__ using Wide = __int128;

/// Adds to a 128-bit integer that is kept as two words, the low one first.
inline void add_wide(std::int64_t* words, Wide value) {
    std::uint64_t low = 0;
    const auto low_part = static_cast<std::uint64_t>(value);
    const auto carry = static_cast<std::uint64_t>(
        __builtin_add_overflow(static_cast<std::uint64_t>(words[0]), low_part, &low));
    words[0] = static_cast<std::int64_t>(low);
    words[1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(words[1]) +
                                         static_cast<std::uint64_t>(value >> 64) + carry);
}

inline Wide wide_of(const std::int64_t* words) {
    const auto high = static_cast<Wide>(words[1]);
    return high * (static_cast<Wide>(1) << 64) + static_cast<std::uint64_t>(words[0]);
}

/// The sum of x and of x^2 that the words of two wide integers hold.
struct Moments {
    long double sum = 0;
    long double sum_of_squares = 0;
};
inline Moments moments_of(const std::int64_t* words) {
    constexpr long double scale = fixed_scale;
    return {static_cast<long double>(wide_of(words)) / scale,
            static_cast<long double>(wide_of(words + 2)) / (scale * scale)};
}
/// Words of a pair of sums, of x and of x^2.
inline constexpr std::size_t moment_words = 4;

inline void add_moments(std::int64_t* words, double x) {
    const auto q = to_fixed(x);
    add_wide(words, q);
    add_wide(words + 2, static_cast<Wide>(q) * q);
}

}  // namespace rsasim::tally
