#include "analysis/conditional_failures.hpp"
#include "analysis/conditional_support.hpp"

#include <array>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>

namespace {

using namespace rsasim::analysis;
using conditional::alphas;
using conditional::covers_one;
using conditional::for_each_table;
using conditional::interval;
using conditional::IntervalFailures;
using conditional::is_close;
using conditional::probability_at;
using conditional::Support;
using conditional::support_of;
using conditional::test;
using rsasim::design::Table2x2;

constexpr std::array all_intervals{"cornfield-exact", "cornfield-midp", "baptista-pike",
                                   "baptista-pike-midp", "blaker"};

}  // namespace

TEST_CASE("A table without events or without non-events gives the interval (0, infinity)",
          "[exact]") {
    for (const Table2x2& table : {Table2x2{{0, 1}, {0, 1}}, Table2x2{{1, 1}, {1, 1}},
                                  Table2x2{{0, 75}, {0, 74}}, Table2x2{{9, 9}, {4, 4}}}) {
        for (const char* id : all_intervals) {
            const Finding finding = interval(id)(table);
            CHECK(finding.status == Status::degenerate);
            CHECK(finding.interval.lower == 0);
            CHECK(finding.interval.upper == infinity);
        }
    }
}

TEST_CASE("A conditional limit is 0 or infinite exactly at the edge of the support", "[property]") {
    for (const char* id : all_intervals) {
        INFO(id);
        IntervalFailures failures;
        const Judge judge = interval(id);
        for_each_table(12, [&](const Table2x2& table) {
            const Support support = support_of(table);
            const Finding finding = judge(table);
            const Interval limits = finding.interval;
            const bool is_lowest = support.observed == 0;
            const bool is_highest = support.observed + 1 == support.weights.size();
            const Status expected = is_lowest || is_highest ? Status::degenerate : Status::ok;
            if ((limits.lower == 0) != is_lowest || std::isinf(limits.upper) != is_highest ||
                !(limits.lower < limits.upper) || finding.status != expected) {
                failures.add(table, limits, 0.05);
            }
        });
        failures.require_none();
    }
}

TEST_CASE("One against none of one has limits in closed form", "[exact]") {
    // X is 0 or 1 with P(X = 1) = theta / (1 + theta).
    const Table2x2 table{{1, 1}, {0, 1}};
    CHECK(is_close(interval("cornfield-exact")(table).interval.lower, 1 / 39.0, 1e-12));
    CHECK(is_close(interval("cornfield-midp")(table).interval.lower, 1 / 19.0, 1e-12));
    CHECK(is_close(interval("baptista-pike")(table).interval.lower, 1 / 19.0, 1e-12));
    CHECK(is_close(interval("blaker")(table).interval.lower, 1 / 19.0, 1e-12));
    CHECK(is_close(interval("baptista-pike-midp")(table).interval.lower, 1 / 9.0, 1e-12));
}

TEST_CASE("Cornfield limits put half of alpha into each tail on every small table", "[property]") {
    constexpr double alpha = 0.05;
    for (const bool is_midp : {false, true}) {
        IntervalFailures failures;
        const Judge judge = interval(is_midp ? "cornfield-midp" : "cornfield-exact", 1 - alpha);
        for_each_table(12, [&](const Table2x2& table) {
            const Support support = support_of(table);
            const Interval limits = judge(table).interval;
            const auto tail_at = [&](double odds_ratio, bool is_upper) {
                const double t = std::log(odds_ratio);
                const double own = probability_at(
                    support, t, [&](std::size_t i) { return i == support.observed; });
                const double beyond = probability_at(support, t, [&](std::size_t i) {
                    return is_upper ? i > support.observed : i < support.observed;
                });
                return beyond + (is_midp ? own / 2 : own);
            };
            // Limits that touch 1 are moved by 2e-9 to the side of the test.
            const auto is_right = [&](double odds_ratio, bool is_upper) {
                return is_close(tail_at(odds_ratio, is_upper), alpha / 2,
                                std::abs(odds_ratio - 1) < 1e-8 ? 1e-7 : 1e-11);
            };
            if ((limits.lower > 0 && !is_right(limits.lower, true)) ||
                (!std::isinf(limits.upper) && !is_right(limits.upper, false))) {
                failures.add(table, limits, alpha);
            }
        });
        failures.require_none();
    }
}

TEST_CASE("Central tests and their intervals agree about no effect on every small table",
          "[property]") {
    constexpr std::array pairs{std::pair{"fisher-central", "cornfield-exact"},
                               std::pair{"fisher-midp-central", "cornfield-midp"}};
    for (const auto& pair : pairs) {
        INFO(pair.first);
        const Judge judge_test = test(pair.first);
        for (const double alpha : alphas) {
            IntervalFailures failures;
            const Judge judge_interval = interval(pair.second, 1 - alpha);
            for_each_table(12, [&](const Table2x2& table) {
                const PValues p = judge_test(table).p_value;
                const Interval limits = judge_interval(table).interval;
                const bool is_above = position_of({limits.lower, infinity}, 1) != Position::covers;
                const bool is_below = position_of({0, limits.upper}, 1) != Position::covers;
                if (rejects(p.two_sided, alpha) == covers_one(limits) ||
                    rejects(p.greater, alpha / 2) != is_above ||
                    rejects(p.less, alpha / 2) != is_below) {
                    failures.add(table, limits, alpha);
                }
            });
            failures.require_none();
        }
    }
}

TEST_CASE("Swapping arms or outcomes maps conditional limits to their reciprocals", "[property]") {
    for (const char* id : all_intervals) {
        INFO(id);
        IntervalFailures failures;
        const Judge judge = interval(id);
        for_each_table(12, [&](const Table2x2& table) {
            const Interval limits = judge(table).interval;
            for (const Table2x2& mirror :
                 {with_arms_swapped(table), with_outcomes_swapped(table)}) {
                const Interval swapped = judge(mirror).interval;
                if (!is_close(limits.lower, 1 / swapped.upper, 1e-11) ||
                    !is_close(limits.upper, 1 / swapped.lower, 1e-11)) {
                    failures.add(table, limits, 0.05);
                }
            }
        });
        failures.require_none();
    }
}

TEST_CASE("The exact conditional intervals of large arms contain the sample odds ratio",
          "[property]") {
    constexpr std::int64_t n = 1'000'000;
    for (const Table2x2& table :
         {Table2x2{{n / 2 + 500, n}, {n / 2, n}}, Table2x2{{n - 3, n}, {5, n}},
          Table2x2{{20, n}, {8, n}}, Table2x2{{n / 3, n}, {1, 3}},
          Table2x2{{6000, 10'000}, {5000, 10'000}}}) {
        const auto odds = [](const rsasim::design::ArmCounts& arm) {
            return static_cast<double>(arm.events) / static_cast<double>(arm.non_events());
        };
        const double sample = odds(table.treated) / odds(table.control);
        for (const char* id : all_intervals) {
            const Finding finding = interval(id)(table);
            INFO(id << " " << table.treated.events << "/" << table.treated.n);
            CHECK(finding.status == Status::ok);
            CHECK(finding.interval.lower < sample);
            CHECK(finding.interval.upper > sample);
        }
    }
}
