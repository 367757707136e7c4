#pragma once

#include "piecewise.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace rsasim::replicate {

/// Numbers by which a word stands for a uniform number u = (word + 1/2) / 2^32 in (0, 1), found in
/// a table of cubics. The segments follow the exponent and the next 6 bits of min(u, 1 - u), so
/// that both tails are as fine as the middle. Differs from the function that it stands for by less
/// than 1e-7 standard deviations at every word.
class QuantileTable {
  public:
    /// The probability on the nearer side, and whether that side is the upper one.
    struct Tail {
        double probability = 0.5;
        bool is_upper = false;
    };

    /// `value` gives the number that has this tail; results are kept within [lower, upper].
    explicit QuantileTable(const std::function<double(Tail)>& value,
                           double lower = -std::numeric_limits<double>::infinity(),
                           double upper = std::numeric_limits<double>::infinity());

    [[nodiscard]] double operator()(std::uint32_t word) const {
        const std::uint32_t side = word >> 31;
        const double tail = static_cast<double>(word ^ (0U - side)) + 0.5;  // 2^32 min(u, 1 - u)
        const auto bits = std::bit_cast<std::uint64_t>(tail);
        const std::size_t segment = (bits >> mantissa_shift) - first_segment + side * side_segments;
        const double t = std::bit_cast<double>((bits & mantissa_mask) | one_bits) - segment_centre;
        const double value = cubics_[segment](t);
        return value < lower_ ? lower_ : value > upper_ ? upper_ : value;
    }

    [[nodiscard]] const Cubic* cubics() const { return cubics_.data(); }
    [[nodiscard]] double lower() const { return lower_; }
    [[nodiscard]] double upper() const { return upper_; }

    static constexpr int leading_bits = 6;
    static constexpr int mantissa_shift = 52 - leading_bits;
    static constexpr std::uint64_t mantissa_mask = (std::uint64_t{1} << mantissa_shift) - 1;
    static constexpr std::uint64_t one_bits = std::uint64_t{1023} << 52;
    static constexpr double segment_centre = 1 + 0.5 / (1 << leading_bits);
    static constexpr std::uint64_t first_segment = std::uint64_t{1022} << leading_bits;
    static constexpr std::size_t side_segments = std::size_t{32} << leading_bits;

  private:
    std::vector<Cubic> cubics_;
    double lower_, upper_;
};

/// The standard normal score of a word. The same table for all, made at its first use.
const QuantileTable& normal_scores();
/// log u / (1 - u): a chance with log odds eta comes up where eta is above it.
const QuantileTable& logistic_quantiles();

/// A function of scores in [-7, 7] in cubics of width 1/32; scores beyond count as 7 or -7.
class ScoreMap {
  public:
    explicit ScoreMap(const std::function<double(double)>& value,
                      double lower = -std::numeric_limits<double>::infinity(),
                      double upper = std::numeric_limits<double>::infinity());

    [[nodiscard]] const Cubic* cubics() const { return cubics_.data(); }
    [[nodiscard]] double lower() const { return lower_; }
    [[nodiscard]] double upper() const { return upper_; }

    static constexpr double largest = 7;
    static constexpr double per_unit = 32;

  private:
    std::vector<Cubic> cubics_;
    double lower_, upper_;
};

}  // namespace rsasim::replicate
