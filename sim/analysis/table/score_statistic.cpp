#include "score_statistic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rsasim::analysis {

namespace {

/// The score at no effect, whatever the scale: that of Pearson.
Score pooled_score(const Cells& cells) {
    const double arms = cells.n_treated() * cells.n_control();
    return {cells.determinant() / arms,
            cells.events() * cells.non_events() / (cells.total() * arms)};
}

/// 1 / x for the root x >= 0 of k x^2 + p x = product. `root` is sqrt(p^2 + 4 k product); where p
/// is negative k is positive.
double reciprocal_root(double k, double p, double root, double product) {
    return p >= 0 ? (p + root) / (2 * product) : 2 * k / (root - p);
}

/// The fitted cells have the observed margins and the odds ratio theta. Each of them, and the
/// distance, is a root of a quadratic with the same discriminant, a sum of terms >= 0.
Score odds_ratio_score(const Cells& cells, double theta) {
    const double n1 = cells.n_treated(), n0 = cells.n_control();
    const double m = cells.events(), l = cells.non_events();
    if (m == 0 || l == 0) return {0, 0};
    const double ad = cells.a - cells.d, bc = cells.b - cells.c;  // = m - n0 and n1 - m
    const double root =
        std::sqrt(ad * ad + theta * theta * bc * bc + 2 * theta * (n0 * n1 + m * l));
    const double s = reciprocal_root(1 - theta, theta * (n1 + m) - ad, root, theta * n1 * m) +
                     reciprocal_root(1 - theta, theta * (n0 + l) + ad, root, theta * n0 * l) +
                     (reciprocal_root(theta - 1, (n1 + l) - theta * bc, root, n1 * l) +
                      reciprocal_root(theta - 1, (n0 + m) + theta * bc, root, n0 * m));
    const double p = (cells.a + cells.d) + theta * (cells.b + cells.c);
    const double excess = cells.a * cells.d - theta * (cells.b * cells.c);
    return {2 * excess / (p + root), 1 / s};
}

/// p0 is a root of theta N p^2 - (theta (n1 + c) + n0 + a) p + m = 0, q0 and q1 of the quadratics
/// that follow from it; the discriminant is a sum of terms >= 0.
Score risk_ratio_score(const Cells& cells, double theta) {
    const double n1 = cells.n_treated(), n0 = cells.n_control();
    const double m = cells.events(), total = cells.total();
    if (m == 0) return {0, 0};
    const double x = theta * (n1 + cells.c), y = n0 + cells.a;
    const double root = std::sqrt((x - y) * (x - y) + 4 * theta * cells.b * cells.d);
    const double p0 = 2 * m / (x + y + root);
    const double p1 = theta * p0;
    const auto complement = [&](double beyond, double scale, double constant) {
        return beyond >= 0 ? (beyond + root) / scale : constant / (root - beyond);
    };
    const double q0 =
        complement(2 * theta * total - (x + y), 2 * theta * total, 2 * (1 - theta) * cells.d);
    const double q1 = complement(2 * total - (x + y), 2 * total, 2 * (theta - 1) * cells.b);
    return {(cells.a * n0 - theta * (cells.c * n1)) / (n1 * n0),
            p1 * q1 / n1 + theta * theta * p0 * q0 / n0};
}

/// The middle root s of the cubic in s = p0 - h, where h = (1 - delta)/2, H = (1 + delta)/2, of the
/// likelihood equation a/(s + H) + d/(s - H) + c/(s + h) + b/(s - h) = 0.
double middle_of_difference_fit(const Cells& cells, double delta) {
    const double h = (1 - delta) / 2, big_h = (1 + delta) / 2, total = cells.total();
    const double outer = (cells.a - cells.d) * big_h, inner = (cells.c - cells.b) * h;
    const double mean = (outer + inner) / (3 * total);
    const double linear =
        ((cells.a + cells.d) * h * h + (cells.b + cells.c) * big_h * big_h) / total;
    const double constant = (outer * h * h + inner * big_h * big_h) / total;
    const double k = std::sqrt(linear / 3 + mean * mean);
    const double sine = (constant - mean * (linear + 2 * mean * mean)) / (2 * k * k * k);
    return mean + 2 * k * std::sin(std::asin(std::clamp(sine, -1.0, 1.0)) / 3);
}

/// The fitted control rate p0, which lies in the lower half of [0, 1 - delta], from a guess.
double polished_control_rate(const Cells& cells, double delta, double guess) {
    const double most = 1 - delta;
    if (cells.c == 0 && cells.a * most <= delta * (cells.d * most + cells.b)) return 0;
    // c/p0 <= b/q1 + d/q0 <= (b + d)/(1 - delta - p0)
    const double least = most * cells.c / (cells.c + cells.b + cells.d);
    constexpr int most_steps = 6;
    constexpr double last_step = 1e-8;  // relative; the next one would be below rounding
    double p = std::clamp(guess, least, most * 0.75);
    for (int i = 0; i < most_steps; ++i) {
        const double r = 1 / (p + delta), t = 1 / (most - p), u = 1 / (1 - p);
        const double w = cells.c == 0 ? 0 : 1 / p;
        const double value = cells.a * r + cells.c * w - cells.b * t - cells.d * u;
        const double slope = cells.a * r * r + cells.c * w * w + cells.b * t * t + cells.d * u * u;
        const double next = std::clamp(p + value / slope, std::max(least, p / 4), most * 0.75);
        const double step = std::abs(next - p);
        p = next;
        if (step <= last_step * p) break;
    }
    return p;
}

Score risk_difference_score(const Cells& cells, double delta) {
    if (delta < 0) {
        const Score swapped = risk_difference_score(cells.with_arms_swapped(), -delta);
        return {-swapped.distance, swapped.variance};
    }
    const double n1 = cells.n_treated(), n0 = cells.n_control();
    const double distance = (cells.determinant() - delta * (n1 * n0)) / (n1 * n0);
    if (delta == 1) return {distance, 0};
    const double middle = middle_of_difference_fit(cells, delta);
    // With both arms and outcomes swapped p0 is the old q1: the smaller of the two is solved for.
    const bool is_low = middle <= 0;
    const Cells low = is_low ? cells : Cells{cells.d, cells.c, cells.b, cells.a};
    const double rate = polished_control_rate(low, delta, (1 - delta) / 2 - std::abs(middle));
    const double rest = (1 - delta) - rate;
    const double one = (rate + delta) * rest, other = rate * (rest + delta);
    return {distance, is_low ? one / n1 + other / n0 : other / n1 + one / n0};
}

}  // namespace

double Score::z() const {
    if (distance == 0) return 0;
    if (variance > 0) return distance / std::sqrt(variance);
    return std::copysign(std::numeric_limits<double>::infinity(), distance);
}

Score score_at(const Cells& cells, const design::Effect& null) {
    if (null.is_no_effect()) return pooled_score(cells);
    switch (null.measure) {
        case design::Measure::odds_ratio:
            return odds_ratio_score(cells, null.value);
        case design::Measure::risk_difference:
            return risk_difference_score(cells, null.value);
        case design::Measure::risk_ratio:
            return risk_ratio_score(cells, null.value);
        case design::Measure::conditional_odds_ratio:
        case design::Measure::mean_difference:
            break;  // not of a 2x2 table
    }
    return {0, 0};
}

double score_z(const Cells& cells, const design::Effect& null) {
    return score_at(cells, null).z();
}

}  // namespace rsasim::analysis
