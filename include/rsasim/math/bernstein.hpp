#pragma once

#include <limits>
#include <vector>

namespace rsasim::math {

/// sum a_s B_s(u) / sum d_s B_s(u), B_s(u) = C(N, s) u^s (1 - u)^(N - s), on [0, 1].
struct BernsteinRatio {
    std::vector<double> numerator;    ///< a_0, ..., a_N, all >= 0
    std::vector<double> denominator;  ///< d_0, ..., d_N, all > 0; empty: all 1, a polynomial
    double relative_error = 0;        ///< of each coefficient, a bound
};

/// A closed part of [0, 1], first <= last.
struct UnitRange {
    double first = 0;
    double last = 1;
};

/// When a search for a supremum may stop: the bracket is at most `width` wide, or lies on one side
/// of `level` (upper <= level, or lower > level).
struct BracketGoal {
    double width = 1e-10;
    double level = std::numeric_limits<double>::quiet_NaN();
};

/// A supremum that is proved to lie in [lower, upper].
struct SupremumBracket {
    double lower = 0;
    double upper = 1;
    double at = 0;  ///< where the ratio is at least `lower`
};

/// The supremum of the ratio over `range`, by subdivision. On any part of [0, 1] the ratio lies
/// between the least and the greatest a_s / d_s of the coefficients that belong to that part, and
/// the two coefficients at its ends give its values there; halving the part with the largest bound
/// sharpens both until `goal` is met.
///
/// What is proved: `upper` is not exceeded anywhere in the range, `lower` is reached at `at`, if
/// the given coefficients are within `relative_error` and double arithmetic is IEEE 754 rounded to
/// nearest. Every step is a sum of non-negative terms, so each halving adds at most N relative
/// roundings to a coefficient; the bounds are moved outward by the number of roundings there were.
/// `at` is known to a few ulp. Where the goal is not met within the largest number of halvings the
/// bracket is wider, not wrong.
///
/// Cost: N^2 / 2 additions a halving, 10 to 40 halvings for a rejection probability.
/// Source: Farouki 2012, section 5, doi:10.1016/j.cagd.2012.03.001. Tested against dense search.
SupremumBracket supremum(const BernsteinRatio& ratio, UnitRange range, const BracketGoal& goal);

}  // namespace rsasim::math
