#include "gamma_ratio.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <limits>
#include <numbers>
#include <vector>

#include <rsasim/math/beta_log_odds_ratio.hpp>
#include <rsasim/math/normal.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::math {

namespace {

using Complex = std::complex<double>;

/// -log of what the rule may leave out, relative to the result: 1e-14.
constexpr double log_accuracy = 32;

/// Terms below this share of the first are left out, and all beyond them.
constexpr double negligible_term = 1e-15;
constexpr std::size_t most_nodes = 1'000'000;

/// Of a shape's distance to 0, the part that a line may take.
constexpr double farthest_share = 0.9;

/// The shapes by their sign in M(s): a1 and b0 rise with s, b1 and a0 fall.
struct Shapes {
    double a1, b0, b1, a0;

    [[nodiscard]] double lower_end() const { return -std::min(a1, b0); }
    [[nodiscard]] double upper_end() const { return std::min(b1, a0); }
    /// Those of -D.
    [[nodiscard]] Shapes mirrored() const { return {a0, b1, b0, a1}; }
    /// K'(s) and K''(s), K = log M, to within a few percent: for choosing lines only.
    [[nodiscard]] ValueAndSlope rough_mean(double s) const {
        return {rough_digamma(a1 + s) + rough_digamma(b0 + s) - rough_digamma(b1 - s) -
                    rough_digamma(a0 - s),
                rough_trigamma(a1 + s) + rough_trigamma(b0 + s) + rough_trigamma(b1 - s) +
                    rough_trigamma(a0 - s)};
    }
};

/// K(s) for s with a real part in [least, greatest].
class CumulantFunction {
  public:
    CumulantFunction(const Shapes& shapes, double least, double greatest)
        : a1_(shapes.a1, least),
          b0_(shapes.b0, least),
          b1_(shapes.b1, -greatest),
          a0_(shapes.a0, -greatest),
          centre_(std::log(a1_.base() / b1_.base()) + std::log(b0_.base() / a0_.base())) {}

    /// M(s) exp(-s d) / s.
    [[nodiscard]] Complex integrand(Complex s, double d) const {
        const Complex exponent = a1_.log_part(s) + b0_.log_part(s) + b1_.log_part(-s) +
                                 a0_.log_part(-s) + s * (centre_ - d);
        const Complex rising = times(a1_.denominator(s), b0_.denominator(s));
        const Complex falling = times(b1_.denominator(-s), a0_.denominator(-s));
        const Complex below = times(times(rising, falling), s);
        const double size = std::exp(exponent.real()) / std::norm(below);
        return times(std::polar(size, exponent.imag()), std::conj(below));
    }
    /// K(s) - s d for real s.
    [[nodiscard]] double tilted_log(double s, double d) const {
        return a1_.log_real(s) + b0_.log_real(s) + b1_.log_real(-s) + a0_.log_real(-s) +
               s * (centre_ - d);
    }

  private:
    GammaRatio a1_, b0_, b1_, a0_;
    double centre_;
};

/// The line's place c for a d at or above the mean: the saddle point, K'(c) = d, but not too close
/// to the poles at 0 and at the upper end. Nearer to 0 than the saddle point is preferred near the
/// upper end where it costs little, because the step grows with the distance from it.
double place_of_line(const Shapes& shapes, const CumulantFunction& cumulants, double d) {
    const double end = shapes.upper_end();
    const double least = std::min(1 / std::sqrt(shapes.rough_mean(0).slope), end / 4);
    const auto excess = [&](double s) {
        const ValueAndSlope mean = shapes.rough_mean(s);
        return ValueAndSlope{mean.value - d, mean.slope};
    };
    if (excess(least).value >= 0) return least;
    const Root root = increasing_root(excess, least, end, 2 * least);
    double place = std::min(root.value, farthest_share * end);
    constexpr double small_loss = 7;  // of log size: three digits
    const double greatest = cumulants.tilted_log(place, d) + small_loss;
    while (place > end / 8 && place / 2 > least && cumulants.tilted_log(place / 2, d) < greatest) {
        place /= 2;
    }
    return place;
}

/// The trapezoidal rule on the line through c, for tails near d. With the period tau = 2 pi / step
/// its sum is exactly the sum over all whole k of exp(c k tau) P(D > d + k tau). The terms k > 0,
/// and k < 0 (or, for k < 0, their difference from exp(c k tau), which is taken off), are at most
/// exp(-accuracy) of exp(K(c) - c d) if for some u on that side of c, by Chernoff's bound,
///
///     tau |u - c| >= accuracy + K(u) - u d - (K(c) - c d).
class Line {
  public:
    Line(const Shapes& shapes, double d) {
        const double lowest = farthest_share * shapes.lower_end();
        const double highest = (1 + farthest_share) / 2 * shapes.upper_end();
        const CumulantFunction cumulants(shapes, lowest, highest);
        place_ = place_of_line(shapes, cumulants, d);
        const double at_line = cumulants.tilted_log(place_, d);
        const double width = std::sqrt(2 * log_accuracy / shapes.rough_mean(place_).slope);
        const auto shortest = [&](double reach) {
            Period best{std::numeric_limits<double>::infinity(), 0};
            for (const double share : {1.0, 0.7, 0.5, 0.35, 0.2}) {
                const double u = place_ + share * reach;
                const double needed = log_accuracy + cumulants.tilted_log(u, d) - at_line;
                const double length = needed / std::abs(u - place_);
                if (length < best.length) best = {length, u};
            }
            return best;
        };
        const Period above = shortest(std::min(2 * width, highest - place_));
        const Period below = shortest(-std::min(2 * width, place_ - lowest));
        const double tau = std::max({above.length, below.length, 1 / place_});
        step_ = 2 * std::numbers::pi / tau;
        known_excess_ = below.from < 0 ? 1 / std::expm1(place_ * tau) : 0;
        is_complete_ = fill(cumulants, d);
    }

    [[nodiscard]] bool is_complete() const { return is_complete_; }
    [[nodiscard]] double place() const { return place_; }

    struct TailAndDensity {
        double tail;
        double density;
    };
    /// At d + shift.
    [[nodiscard]] TailAndDensity at(double shift) const {
        const Complex turn = std::polar(1.0, -step_ * shift);
        Complex rotation = std::exp(-place_ * shift);
        double tail = 0, density = 0, height = 0;
        for (const Complex& node : nodes_) {
            const Complex term = times(node, rotation);
            tail += term.real();
            density += place_ * term.real() - height * term.imag();
            rotation = times(rotation, turn);
            height += step_;
        }
        const double weight = step_ / std::numbers::pi;
        return {weight * tail - known_excess_, weight * density};
    }

  private:
    struct Period {
        double length;
        double from;  ///< the u that gives it
    };

    bool fill(const CumulantFunction& cumulants, double d) {
        nodes_.push_back(cumulants.integrand(place_, d) / 2.0);
        const double least = negligible_term * std::abs(nodes_.front());
        while (nodes_.size() < most_nodes) {
            const Complex s(place_, static_cast<double>(nodes_.size()) * step_);
            nodes_.push_back(cumulants.integrand(s, d));
            if (!(std::abs(nodes_.back()) > least)) return true;
        }
        return false;
    }

    double place_ = 0;
    double step_ = 0;
    double known_excess_ = 0;
    bool is_complete_ = false;
    std::vector<Complex> nodes_;
};

}  // namespace

BetaLogOddsRatio::Tails BetaLogOddsRatio::tails(double d) const {
    const Shapes shapes{treated_.a, control_.b, treated_.b, control_.a};
    const bool is_above_mean = d >= shapes.rough_mean(0).value;
    const Line line(is_above_mean ? shapes : shapes.mirrored(), is_above_mean ? d : -d);
    if (!line.is_complete()) {
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        return {unknown, unknown};
    }
    const double tail = std::clamp(line.at(0).tail, 0.0, 1.0);
    return is_above_mean ? Tails{1 - tail, tail} : Tails{tail, 1 - tail};
}

double BetaLogOddsRatio::upper_quantile(double tail) const {
    const Shapes shapes{treated_.a, control_.b, treated_.b, control_.a};
    const ValueAndSlope mean = shapes.rough_mean(0);
    const double deviation = std::sqrt(mean.slope);
    constexpr int most_steps = 60;
    constexpr double last_step = 1e-8, longest_step = 4;  // in standard deviations
    double d = mean.value + normal_upper_quantile(tail) * deviation;
    Line line(shapes, d);
    double shift = 0;
    for (int i = 0; i < most_steps && line.is_complete(); ++i) {
        // log P(D > d) falls and is concave: Newton's method cannot leave. Far out it may be 0.
        const auto [p, density] = line.at(shift);
        const bool is_usable = p > 0 && density > 0;
        const double reach = longest_step * deviation;
        const double step = is_usable
                                ? std::clamp(std::log(p / tail) * (p / density), -reach, reach)
                                : (mean.value - (d + shift)) / 2;
        shift += step;
        const bool is_far = !is_usable || std::abs(shift) * line.place() > 2;
        if (!is_far && std::abs(step) < last_step * deviation) return d + shift;
        if (is_far) {
            d += shift;
            shift = 0;
            line = Line(shapes, d);
        }
    }
    return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace rsasim::math
