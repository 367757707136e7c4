#include "halving.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include <rsasim/math/bernstein.hpp>

namespace rsasim::math {

namespace {

using Coefficients = std::vector<double>;

/// One rounding to nearest, relative, with a little room for products of such errors.
constexpr double rounding = 1.02 * std::numeric_limits<double>::epsilon() / 2;

/// Coefficients that fell below the smallest doubles are off by less than this in absolute terms:
/// 5e-324 a level, for any number of levels that could be run.
constexpr double underflow = 1e-310;

constexpr int most_halvings = 20'000;

/// The coefficients of the part below the middle; `c` becomes those of the part above.
Coefficients cut_below(Coefficients& c) {
    Coefficients below(c.size());
    cut_in_the_middle(c, below);
    return below;
}

/// The coefficients of [0, t], by de Casteljau's scheme at t.
Coefficients cut_at(Coefficients c, double t) {
    Coefficients below(c.size());
    for (std::size_t length = c.size(), r = 0; length > 0; --length, ++r) {
        below[r] = c[0];
        for (std::size_t i = 0; i + 1 < length; ++i) {
            c[i] = (1 - t) * c[i] + t * c[i + 1];
        }
    }
    return below;
}

/// The coefficients of [first, last].
Coefficients restricted(Coefficients c, UnitRange range) {
    if (range.last < 1) c = cut_at(std::move(c), range.last);
    if (range.first > 0) {
        std::ranges::reverse(c);
        c = cut_at(std::move(c), 1 - std::min(1.0, range.first / range.last));
        std::ranges::reverse(c);
    }
    return c;
}

/// A part of the range with its coefficients.
struct Part {
    double first = 0;
    double last = 1;
    Coefficients numerator;
    Coefficients denominator;
    double halvings = 0;
    double bound = 0;  ///< of the ratio on this part

    [[nodiscard]] double value(std::size_t s) const {
        return denominator.empty() ? numerator[s] : numerator[s] / denominator[s];
    }
};

class SupremumSearch {
  public:
    SupremumSearch(const BernsteinRatio& ratio, UnitRange range)
        : degree_(static_cast<double>(ratio.numerator.size() - 1)),
          error_(2 * ratio.relative_error),
          underflow_(ratio.denominator.empty()
                         ? underflow
                         : underflow / *std::ranges::min_element(ratio.denominator)) {
        Part whole{range.first, range.last, restricted(ratio.numerator, range),
                   restricted(ratio.denominator, range)};
        const bool is_cut = range.first > 0 || range.last < 1;
        error_ += is_cut ? 2 * 8 * degree_ * rounding : 0;  // two cuts, four roundings a level
        bracket_.lower = 0;
        take(std::move(whole));
    }

    SupremumBracket run(const BracketGoal& goal) {
        for (int i = 0; i < most_halvings && !is_met(goal); ++i) {
            std::ranges::pop_heap(parts_, {}, &Part::bound);
            Part above = std::move(parts_.back());
            parts_.pop_back();
            const double middle = above.first + (above.last - above.first) / 2;
            if (!(middle > above.first && middle < above.last)) {
                take(std::move(above));
                break;
            }
            above.halvings += 1;
            Part below{above.first, middle, cut_below(above.numerator),
                       cut_below(above.denominator), above.halvings};
            above.first = middle;
            take(std::move(below));
            take(std::move(above));
        }
        bracket_.upper = std::max(parts_.front().bound, bracket_.lower);
        return bracket_;
    }

  private:
    [[nodiscard]] bool is_met(const BracketGoal& goal) const {
        const double upper = parts_.front().bound;
        return upper - bracket_.lower <= goal.width || upper <= goal.level ||
               bracket_.lower > goal.level;
    }

    /// Bounds the part, looks at its ends and puts it on the heap.
    void take(Part&& part) {
        // Numerator and denominator take a rounding a level each, their ratio one more.
        const double error = error_ + (2 * part.halvings * degree_ + 4) * rounding;
        double greatest = 0;
        for (std::size_t s = 0; s < part.numerator.size(); ++s) {
            greatest = std::max(greatest, part.value(s));
        }
        part.bound = greatest * (1 + error) + underflow_;
        reach(part.value(0) * (1 - error), part.first);
        reach(part.value(part.numerator.size() - 1) * (1 - error), part.last);
        parts_.push_back(std::move(part));
        std::ranges::push_heap(parts_, {}, &Part::bound);
    }

    void reach(double value, double at) {
        if (value <= bracket_.lower) return;
        bracket_.lower = value;
        bracket_.at = at;
    }

    double degree_;
    double error_;
    double underflow_;
    std::vector<Part> parts_;  // a heap by bound
    SupremumBracket bracket_;
};

}  // namespace

SupremumBracket supremum(const BernsteinRatio& ratio, UnitRange range, const BracketGoal& goal) {
    return SupremumSearch(ratio, range).run(goal);
}

}  // namespace rsasim::math
