#pragma once

#include <algorithm>

#include <rsasim/design/table.hpp>

/// Maximum likelihood under a given effect, by plain halving of the likelihood equations.
namespace restricted {

/// The root of a falling function.
template <class Function>
double halve(Function&& function, double lower, double upper) {
    for (int step = 0; step < 200; ++step) {
        const double middle = lower + (upper - lower) / 2;
        (function(middle) > 0 ? lower : upper) = middle;
    }
    return lower;
}

/// Derivative of x log p + y log(1 - p), 0 where a count is 0.
inline double score(double x, double y, double p) {
    return (x > 0 ? x / p : 0) - (y > 0 ? y / (1 - p) : 0);
}

struct Counts {
    double x1, n1, x0, n0;

    explicit Counts(const rsasim::design::Table2x2& table)
        : x1(static_cast<double>(table.treated.events)),
          n1(static_cast<double>(table.treated.n)),
          x0(static_cast<double>(table.control.events)),
          n0(static_cast<double>(table.control.n)) {}
};

struct Rates {
    double p1, p0;
};

inline Rates rates_at_difference(const Counts& c, double delta) {
    const double p0 = halve(
        [&](double p) { return score(c.x1, c.n1 - c.x1, p + delta) + score(c.x0, c.n0 - c.x0, p); },
        std::max(0.0, -delta), std::min(1.0, 1 - delta));
    return {p0 + delta, p0};
}

inline Rates rates_at_risk_ratio(const Counts& c, double theta) {
    const double p0 = halve(
        [&](double p) {
            return theta * score(c.x1, c.n1 - c.x1, theta * p) + score(c.x0, c.n0 - c.x0, p);
        },
        0, std::min(1.0, 1 / theta));
    return {theta * p0, p0};
}

/// The fitted treated events A given both margins: psi = A (n0 - m + A) / ((m - A)(n1 - A)).
inline double events_at_odds_ratio(const Counts& c, double psi) {
    const double m = c.x1 + c.x0;
    return halve([&](double a) { return psi * (m - a) * (c.n1 - a) - a * (c.n0 - m + a); },
                 std::max(0.0, m - c.n0), std::min(m, c.n1));
}

}  // namespace restricted
