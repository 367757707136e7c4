#include "conditional_distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace rsasim::analysis {

namespace {

/// Below this the factorial is an exact double and Stirling's series is not yet exact to 1e-16.
constexpr std::int64_t first_stirling = 17;

/// Ratios multiplied before their logarithm is taken: each is below 1e16 (arms up to 1e8).
constexpr int ratios_per_logarithm = 16;

/// Up to this distance the product of the ratios is cheaper than Stirling's formula.
constexpr std::int64_t longest_product = 128;

/// log n! - ((n + 1/2) log n - n + log sqrt(2 pi)): Stirling's series.
double stirling_remainder(double n) {
    const double square = 1 / (n * n);
    return (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / n;
}

double log_factorial(std::int64_t n) {
    if (n >= first_stirling) {
        constexpr double log_sqrt_two_pi = 0.91893853320467274178;
        const auto real = static_cast<double>(n);
        return (real + 0.5) * std::log(real) - real + log_sqrt_two_pi + stirling_remainder(real);
    }
    double factorial = 1;
    for (std::int64_t i = 2; i <= n; ++i) {
        factorial *= static_cast<double>(i);
    }
    return std::log(factorial);
}

/// log(from! / to!), whose error is relative to |to - from| where both are large.
double log_factorial_ratio(double from, double to) {
    if (std::min(from, to) < first_stirling) {
        return log_factorial(static_cast<std::int64_t>(from)) -
               log_factorial(static_cast<std::int64_t>(to));
    }
    const double step = to - from;
    return step - step * std::log(to) - (from + 0.5) * std::log1p(step / from) +
           stirling_remainder(from) - stirling_remainder(to);
}

}  // namespace

ConditionalDistribution::ConditionalDistribution(const design::Table2x2& table)
    : a_(0), b_(0), c_(0) {
    const std::int64_t events = table.events();
    const std::int64_t surplus = table.control.n - events;
    const std::int64_t lowest = std::max<std::int64_t>(0, -surplus);
    const auto [low, high] = std::minmax({table.treated.n - lowest, events - lowest});
    a_ = static_cast<double>(low);
    b_ = static_cast<double>(high);
    c_ = static_cast<double>(std::abs(surplus));
}

std::int64_t ConditionalDistribution::count_of(const design::Table2x2& table) {
    return table.treated.events - std::max<std::int64_t>(0, table.events() - table.control.n);
}

double ConditionalDistribution::log_weight_ratio(std::int64_t from, std::int64_t to) const {
    if (from > to) return -log_weight_ratio(to, from);
    if (to - from > longest_product) {
        const auto j = static_cast<double>(from);
        const auto k = static_cast<double>(to);
        return log_factorial_ratio(j, k) + log_factorial_ratio(a_ - j, a_ - k) +
               log_factorial_ratio(b_ - j, b_ - k) + log_factorial_ratio(c_ + j, c_ + k);
    }
    double logarithm = 0;
    double product = 1;
    int factors = 0;
    for (std::int64_t count = from; count < to; ++count) {
        product *= ratio(count);
        if (++factors == ratios_per_logarithm) {
            logarithm += std::log(product);
            product = 1;
            factors = 0;
        }
    }
    return logarithm + std::log(product);
}

SideSums ConditionalDistribution::above(std::int64_t count, double odds_ratio) const {
    const auto j = static_cast<double>(count);
    double left_a = a_ - j, left_b = b_ - j, next = j + 1, next_c = c_ + j + 1;
    double weight = 1;
    SideSums sums;
    for (double step = 1; left_a > 0; ++step) {
        weight *= odds_ratio * (left_a * left_b / (next * next_c));
        const double moment = step * weight;
        sums.mass += weight;
        sums.first += moment;
        sums.second += step * moment;
        // j^2 w_j rises to one peak and falls; an overflow also ends the loop.
        if (!(step * moment > negligible_share * sums.second)) break;
        --left_a, --left_b, ++next, ++next_c;
    }
    if (!std::isfinite(sums.second)) {
        constexpr double infinite = std::numeric_limits<double>::infinity();
        return {infinite, infinite, infinite};
    }
    return sums;
}

std::int64_t ConditionalDistribution::mode(double odds_ratio) const {
    // The ratio is 1 at the root of (theta - 1) j^2 - p j + q = 0.
    const double p = odds_ratio * (a_ + b_) + c_ + 2;
    const double q = odds_ratio * a_ * b_ - (c_ + 1);
    if (q <= 0) return 0;
    const double root = 2 * q / (p + std::sqrt(std::max(0.0, p * p - 4 * (odds_ratio - 1) * q)));
    return static_cast<std::int64_t>(std::min(std::ceil(root), a_));
}

Shares ConditionalDistribution::shares(std::int64_t low, std::int64_t observed, double odds_ratio,
                                       double negligible) const {
    Shares cut;
    const std::int64_t start = mode(odds_ratio);
    const auto add = [&](std::int64_t count, double weight) {
        Share& share = count <= low        ? cut.low
                       : count < observed  ? cut.between
                       : count == observed ? cut.at
                                           : cut.high;
        share.mass += weight;
        share.first += static_cast<double>(count - start) * weight;
    };
    add(start, 1);
    double total = 1;
    double weight = 1;
    for (std::int64_t count = start; count < highest() && weight > negligible * total; ++count) {
        weight *= odds_ratio * ratio(count);
        total += weight;
        add(count + 1, weight);
    }
    weight = 1;
    for (std::int64_t count = start - 1; count >= 0 && weight > negligible * total; --count) {
        weight /= odds_ratio * ratio(count);
        total += weight;
        add(count, weight);
    }
    return cut;
}

}  // namespace rsasim::analysis
