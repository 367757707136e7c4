#include "analysis/conditional_failures.hpp"
#include "analysis/conditional_support.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>

namespace {

using namespace rsasim::analysis;
using conditional::alphas;
using conditional::covers_one;
using conditional::for_each_table;
using conditional::interval;
using conditional::IntervalFailures;
using conditional::probability_at;
using conditional::Support;
using conditional::support_of;
using conditional::test;
using rsasim::design::Table2x2;

/// The tie of two probabilities, written out for the search.
constexpr double tie_slack = 1e-7;

/// The minlike P, or mid-P, of a small table at log odds ratio t by definition.
double minlike_at(const Support& support, double t, bool is_midp) {
    const auto log_weight = [&](std::size_t i) {
        const double steps = static_cast<double>(i) - static_cast<double>(support.observed);
        return std::log(static_cast<double>(support.weights[i])) + steps * t;
    };
    const double own = log_weight(support.observed);
    const double extreme =
        probability_at(support, t, [&](std::size_t i) { return log_weight(i) <= own + tie_slack; });
    if (!is_midp) return extreme;
    return extreme - probability_at(support, t, [&](std::size_t i) {
                         return std::abs(log_weight(i) - own) <= tie_slack;
                     }) / 2;
}

/// Blaker's P by definition: the smaller tail plus the largest opposite tail that does not exceed
/// it.
double blaker_at(const Support& support, double t) {
    const std::size_t x = support.observed;
    const double upper = probability_at(support, t, [&](std::size_t i) { return i >= x; });
    const double lower = probability_at(support, t, [&](std::size_t i) { return i <= x; });
    const double smaller = std::min(upper, lower);
    double opposite = 0;
    for (std::size_t k = 0; k < support.weights.size(); ++k) {
        const double tail = probability_at(
            support, t, [&](std::size_t i) { return upper <= lower ? i <= k : i >= k; });
        if (tail <= smaller * (1 + tie_slack)) opposite = std::max(opposite, tail);
    }
    return std::min(1.0, smaller + opposite);
}

/// Log odds ratios to try: a grid, and both sides of every point where another table ties.
std::vector<double> search_points(const Support& support) {
    std::vector<double> points;
    for (double t = -9; t <= 9; t += 0.01) {
        points.push_back(t);
    }
    for (std::size_t i = 0; i < support.weights.size(); ++i) {
        if (i == support.observed) continue;
        const double ratio = static_cast<double>(support.weights[i]) /
                             static_cast<double>(support.observed_weight());
        const double tie =
            std::log(ratio) / (static_cast<double>(support.observed) - static_cast<double>(i));
        points.insert(points.end(), {tie - 1e-6, tie, tie + 1e-6});
    }
    return points;
}

/// True where the limits are the hull of {P > alpha} as far as the search can see.
template <class Function>
bool is_hull(const Support& support, const Interval& limits, double alpha, Function&& p_at_log) {
    constexpr double nearby = 1e-6;
    const auto p_at = [&](double odds_ratio) { return p_at_log(std::log(odds_ratio)); };
    for (const double t : search_points(support)) {
        const bool is_outside =
            std::exp(t) < limits.lower * (1 - 1e-9) || std::exp(t) > limits.upper * (1 + 1e-9);
        if (is_outside && p_at_log(t) > alpha * (1 + 1e-6)) return false;
    }
    // Just inside a limit P exceeds alpha (nearly), just outside it does not.
    const double slack = 1e-4;
    if (limits.lower > 0 && (p_at(limits.lower * (1 + nearby)) < alpha * (1 - slack) ||
                             p_at(limits.lower * (1 - nearby)) > alpha * (1 + slack))) {
        return false;
    }
    return std::isinf(limits.upper) || (p_at(limits.upper * (1 - nearby)) >= alpha * (1 - slack) &&
                                        p_at(limits.upper * (1 + nearby)) <= alpha * (1 + slack));
}

}  // namespace

TEST_CASE("An accepted table is covered by the hull of its test on every small table",
          "[property]") {
    constexpr std::array pairs{std::pair{"fisher", "baptista-pike"},
                               std::pair{"fisher-midp", "baptista-pike-midp"},
                               std::pair{"fisher-blaker", "blaker"}};
    for (const auto& pair : pairs) {
        INFO(pair.first);
        const Judge judge_test = test(pair.first);
        for (const double alpha : alphas) {
            IntervalFailures failures;
            const Judge judge_interval = interval(pair.second, 1 - alpha);
            for_each_table(12, [&](const Table2x2& table) {
                const Interval limits = judge_interval(table).interval;
                if (!rejects(judge_test(table).p_value.two_sided, alpha) && !covers_one(limits)) {
                    failures.add(table, limits, alpha);
                }
            });
            failures.require_none();
        }
    }
}

TEST_CASE("Baptista-Pike limits are the hull found by a search on every table up to 6 v 6",
          "[property]") {
    for (const bool is_midp : {false, true}) {
        for (const double alpha : {0.05, 0.2}) {
            IntervalFailures failures;
            const Judge judge =
                interval(is_midp ? "baptista-pike-midp" : "baptista-pike", 1 - alpha);
            for_each_table(6, [&](const Table2x2& table) {
                if (table.has_empty_margin() || table.treated.n < table.control.n) return;
                const Interval limits = judge(table).interval;
                const Support support = support_of(table);
                const auto p_at = [&](double t) { return minlike_at(support, t, is_midp); };
                if (!is_hull(support, limits, alpha, p_at)) failures.add(table, limits, alpha);
            });
            failures.require_none();
        }
    }
}

TEST_CASE("Blaker limits are the hull found by a search on every table up to 6 v 6", "[property]") {
    for (const double alpha : {0.05, 0.7}) {
        IntervalFailures failures;
        const Judge judge = interval("blaker", 1 - alpha);
        for_each_table(6, [&](const Table2x2& table) {
            if (table.has_empty_margin() || table.treated.n < table.control.n) return;
            const Interval limits = judge(table).interval;
            const Support support = support_of(table);
            const auto p_at = [&](double t) { return blaker_at(support, t); };
            if (!is_hull(support, limits, alpha, p_at)) failures.add(table, limits, alpha);
        });
        failures.require_none();
    }
}

TEST_CASE("The Blaker interval lies within the central one on every small table", "[property]") {
    for (const double alpha : alphas) {
        IntervalFailures failures;
        const Judge blaker = interval("blaker", 1 - alpha);
        const Judge central = interval("cornfield-exact", 1 - alpha);
        for_each_table(12, [&](const Table2x2& table) {
            constexpr double slack = 1e-8;  // central limits keep clear of 1 by twice cover_slack
            const Interval inner = blaker(table).interval, outer = central(table).interval;
            if (inner.lower < outer.lower * (1 - slack) ||
                inner.upper > outer.upper * (1 + slack)) {
                failures.add(table, inner, alpha);
            }
        });
        failures.require_none();
    }
}

TEST_CASE("With equal arms a hull limit at a tie of mirrored tables is exactly 1", "[property]") {
    // Mirrored tables of equal arms tie at an odds ratio of 1, where P jumps.
    constexpr std::int64_t n = 40;
    int at_one = 0;
    for (const char* id : {"baptista-pike", "baptista-pike-midp", "blaker"}) {
        const Judge judge = interval(id);
        for (std::int64_t x1 = 0; x1 <= n; ++x1) {
            for (std::int64_t x0 = 0; x0 <= n; ++x0) {
                const Interval limits = judge({{x1, n}, {x0, n}}).interval;
                for (const double limit : {limits.lower, limits.upper}) {
                    if (std::abs(limit - 1) > 1e-6) continue;
                    ++at_one;
                    CHECK(limit == 1);
                }
            }
        }
    }
    CHECK(at_one > 0);
}
