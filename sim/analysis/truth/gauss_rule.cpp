#include "gauss_rule.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace rsasim::analysis {
namespace {

/// Of monic orthogonal polynomials: p_{k+1}(t) = (t - a_k) p_k(t) - b_k p_{k-1}(t); b_0 = total.
struct Recurrence {
    std::vector<double> a, b;
};

Recurrence stieltjes(const Rule& atoms, std::size_t n) {
    const std::size_t count = atoms.points.size();
    std::vector<double> previous(count, 0), current(count, 1);
    Recurrence r{std::vector<double>(n), std::vector<double>(n)};
    double last_norm = 1;
    for (std::size_t k = 0; k < n; ++k) {
        double norm = 0, moment = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const double square = atoms.weights[i] * current[i] * current[i];
            norm += square;
            moment += square * atoms.points[i];
        }
        r.a[k] = moment / norm;
        r.b[k] = norm / last_norm;
        last_norm = norm;
        for (std::size_t i = 0; i < count; ++i) {
            const double next =
                (atoms.points[i] - r.a[k]) * current[i] - (k == 0 ? 0 : r.b[k]) * previous[i];
            previous[i] = current[i];
            current[i] = next;
        }
    }
    return r;
}

/// The number of eigenvalues of the Jacobi matrix below t.
std::size_t eigenvalues_below(const Recurrence& r, double t) {
    std::size_t below = 0;
    double pivot = 1;
    for (std::size_t k = 0; k < r.a.size(); ++k) {
        pivot = r.a[k] - t - (k == 0 ? 0 : r.b[k] / pivot);
        if (pivot == 0) pivot = std::numeric_limits<double>::min();
        below += pivot < 0 ? 1 : 0;
    }
    return below;
}

/// The eigenvalue with `rank` others below it.
double eigenvalue(const Recurrence& r, std::size_t rank, double lower, double upper) {
    while (true) {
        const double middle = lower + (upper - lower) / 2;
        if (!(middle > lower && middle < upper)) return middle;
        (eigenvalues_below(r, middle) > rank ? upper : lower) = middle;
    }
}

/// The Christoffel number at t: 1 / sum of squares of the orthonormal polynomials.
double christoffel(const Recurrence& r, double t) {
    double previous = 0, current = 1 / std::sqrt(r.b[0]), sum = 0;
    for (std::size_t k = 0; k < r.a.size(); ++k) {
        sum += current * current;
        if (k + 1 == r.a.size()) break;
        const double next = ((t - r.a[k]) * current - (k == 0 ? 0 : std::sqrt(r.b[k])) * previous) /
                            std::sqrt(r.b[k + 1]);
        previous = current;
        current = next;
    }
    return 1 / sum;
}

Rule gauss_rule(const Recurrence& r, double lower, double upper) {
    Rule rule;
    for (std::size_t rank = 0; rank < r.a.size(); ++rank) {
        rule.points.push_back(eigenvalue(r, rank, lower, upper));
        rule.weights.push_back(christoffel(r, rule.points.back()));
    }
    return rule;
}

/// Legendre's polynomial of degree n and its derivative at t in (-1, 1).
struct PolynomialAt {
    double value, slope;
};

PolynomialAt legendre(std::size_t n, double t) {
    double previous = 0, current = 1;
    for (std::size_t k = 0; k < n; ++k) {
        const double next =
            (static_cast<double>(2 * k + 1) * t * current - static_cast<double>(k) * previous) /
            static_cast<double>(k + 1);
        previous = current;
        current = next;
    }
    return {current, static_cast<double>(n) * (t * current - previous) / (t * t - 1)};
}

}  // namespace

Rule legendre_rule(std::size_t n, double lower, double upper) {
    const double centre = lower + (upper - lower) / 2, half = (upper - lower) / 2;
    Rule rule;
    for (std::size_t i = 0; i < n; ++i) {
        double t = -std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) /
                             (static_cast<double>(n) + 0.5));
        for (int step = 0; step < 4; ++step) {  // quadratic from a start within 1e-3
            const auto [value, slope] = legendre(n, t);
            t -= value / slope;
        }
        const double slope = legendre(n, t).slope;
        rule.points.push_back(centre + half * t);
        rule.weights.push_back(half * 2 / ((1 - t * t) * slope * slope));
    }
    return rule;
}

Rule gauss_rule(const Rule& atoms, std::size_t n) {
    const auto [least, greatest] = std::ranges::minmax(atoms.points);
    return gauss_rule(stieltjes(atoms, n), least, greatest);
}

Rule normal_rule(double sd) {
    if (sd == 0) return {{0}, {1}};
    constexpr double widest_step = 0.7;  // exp(-2 pi^2 / 0.49) = 3e-18: the Gaussian's own error
    constexpr double reach = 7.7;        // beyond it 1e-14
    const double step = widest_step / std::max(1.0, 1.25 * sd);
    Rule rule;
    double total = 0;
    for (double k = -std::floor(reach / step); k * step <= reach; ++k) {
        const double z = k * step;
        rule.points.push_back(sd * z);
        rule.weights.push_back(std::exp(-z * z / 2));
        total += rule.weights.back();
    }
    for (double& weight : rule.weights)
        weight /= total;
    return rule;
}

Rule entries_rule(std::int64_t women) {
    constexpr std::int64_t most = 12;  // exact for polynomials of degree 23
    if (women == 0) return legendre_rule(most, -0.5, 0.5);
    if (women == 1) return {{0}, {1}};
    const double n = static_cast<double>(women);
    if (women <= most) {
        Rule all;
        for (std::int64_t entry = 0; entry < women; ++entry) {
            all.points.push_back(static_cast<double>(entry) / (n - 1) - 0.5);
            all.weights.push_back(1 / n);
        }
        return all;
    }
    Recurrence r;
    for (std::int64_t i = 0; i < most; ++i) {
        // b_k = k^2 (n^2 - k^2) / (4 (4 k^2 - 1)) for steps of 1
        const double k = static_cast<double>(i);
        r.a.push_back(0);
        r.b.push_back(i == 0 ? 1
                             : k * k * (n * n - k * k) / (4 * (4 * k * k - 1) * (n - 1) * (n - 1)));
    }
    return gauss_rule(r, -0.5, 0.5);
}

}  // namespace rsasim::analysis
