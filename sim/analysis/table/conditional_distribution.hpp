#pragma once

#include <cstdint>

#include <rsasim/design/table.hpp>

namespace rsasim::analysis {

/// Relative slack within which two probabilities of tables count as tied. Mirrored tables have
/// equal probabilities that rounding pulls apart by about 1e-14. The value is the one R's
/// fisher.test uses.
inline constexpr double probability_slack = 1e-7;

/// Terms below this share of the sum they are added to are left out, and all beyond them.
inline constexpr double negligible_share = 1e-17;

/// Sums over the tables beyond an observed one, in units of the observed table's weight: j counts
/// the steps away from it, w_j is the weight there. All three are infinite where the observed table
/// is too improbable for the ratio to be a double.
struct SideSums {
    double mass = 0;    ///< sum w_j
    double first = 0;   ///< sum j w_j
    double second = 0;  ///< sum j^2 w_j
};

/// Weight and first moment of a set of counts, the moment about the mode.
struct Share {
    double mass = 0;
    double first = 0;
};

/// The weight of all counts cut by an observed count x and a count l < x.
struct Shares {
    Share low;      ///< k <= l
    Share between;  ///< l < k < x
    Share at;       ///< k = x
    Share high;     ///< k > x
    [[nodiscard]] double total() const { return low.mass + between.mass + at.mass + high.mass; }
};

/// The distribution of a 2x2 table given both its margins: Fisher's noncentral hypergeometric. The
/// count j = x1 - max(0, m - n0) runs over 0, ..., highest(), and
///
///     weight(j + 1) / weight(j) = theta (a - j)(b - j) / ((j + 1)(c + j + 1)),
///
/// where j, a - j, b - j, c + j are the four cells and theta is the odds ratio. Weights come from
/// this recurrence, started at weight 1 at a count near the mass, so nothing overflows unless the
/// answer is outside the range of doubles; sums stop where terms are negligible, which takes about
/// ten standard deviations (at most 50 from a count in the far tail).
/// Source: Fisher 1935, DOI 10.2307/2342435; Liao & Rosen 2001, DOI 10.1198/000313001753272547.
class ConditionalDistribution {
  public:
    /// The margins of `table`, whatever its cells.
    explicit ConditionalDistribution(const design::Table2x2& table);

    [[nodiscard]] std::int64_t highest() const { return static_cast<std::int64_t>(a_); }
    /// The count j of a table with these margins.
    [[nodiscard]] static std::int64_t count_of(const design::Table2x2& table);
    /// The distribution of highest() - j; its odds ratio is 1 / theta.
    [[nodiscard]] ConditionalDistribution reflected() const { return {a_, c_ + a_, b_ - a_}; }

    /// weight(count + 1) / weight(count) at odds ratio 1, 0 <= count < highest().
    [[nodiscard]] double ratio(std::int64_t count) const {
        const auto j = static_cast<double>(count);
        return (a_ - j) * (b_ - j) / ((j + 1) * (c_ + j + 1));
    }
    /// log(weight(to) / weight(from)) at odds ratio 1, to about 1e-15 |to - from| at worst.
    [[nodiscard]] double log_weight_ratio(std::int64_t from, std::int64_t to) const;

    /// The sums over the counts above `count`.
    [[nodiscard]] SideSums above(std::int64_t count, double odds_ratio) const;
    /// The weights cut at `low` and `observed`, -1 <= low < observed <= highest(); terms below
    /// `negligible` of the whole are left out.
    [[nodiscard]] Shares shares(std::int64_t low, std::int64_t observed, double odds_ratio,
                                double negligible) const;

  private:
    ConditionalDistribution(double a, double b, double c) : a_(a), b_(b), c_(c) {}
    [[nodiscard]] std::int64_t mode(double odds_ratio) const;

    double a_, b_, c_;  // a <= b; whole numbers
};

}  // namespace rsasim::analysis
