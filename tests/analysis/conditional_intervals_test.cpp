#include "analysis/conditional_support.hpp"

#include <array>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>

namespace {

using namespace rsasim::analysis;
using conditional::for_each_table;
using conditional::interval;
using conditional::is_close;
using conditional::probability_at;
using conditional::Support;
using conditional::support_of;
using conditional::test;
using rsasim::design::Table2x2;

constexpr std::array all_intervals{"cornfield-exact", "cornfield-midp", "baptista-pike",
                                   "baptista-pike-midp"};

/// Levels at which P-values of small tables equal alpha as fractions are among them.
constexpr std::array alphas{0.01, 0.025, 0.05, 0.1, 0.2, 1.0 / 3};

struct Failures {
    int count = 0;
    std::string first;
    void add(const Table2x2& table, const Interval& limits, double alpha) {
        if (count++ > 0) return;
        first = std::to_string(table.treated.events) + "/" + std::to_string(table.treated.n) +
                " v " + std::to_string(table.control.events) + "/" +
                std::to_string(table.control.n) + " at " + std::to_string(alpha) + ": " +
                std::to_string(limits.lower) + ", " + std::to_string(limits.upper);
    }
};

void require_none(const Failures& failures) {
    INFO(failures.count << " tables, first " << failures.first);
    REQUIRE(failures.count == 0);
}

bool covers_one(const Interval& limits) {
    return position_of(limits, 1) == Position::covers;
}

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
bool is_hull(const Support& support, const Interval& limits, double alpha, bool is_midp) {
    constexpr double nearby = 1e-6;
    const auto p_at = [&](double odds_ratio) {
        return minlike_at(support, std::log(odds_ratio), is_midp);
    };
    for (const double t : search_points(support)) {
        const bool is_outside =
            std::exp(t) < limits.lower * (1 - 1e-9) || std::exp(t) > limits.upper * (1 + 1e-9);
        if (is_outside && minlike_at(support, t, is_midp) > alpha * (1 + 1e-6)) return false;
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
        Failures failures;
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
        require_none(failures);
    }
}

TEST_CASE("One against none of one has limits in closed form", "[exact]") {
    // X is 0 or 1 with P(X = 1) = theta / (1 + theta).
    const Table2x2 table{{1, 1}, {0, 1}};
    CHECK(is_close(interval("cornfield-exact")(table).interval.lower, 1 / 39.0, 1e-12));
    CHECK(is_close(interval("cornfield-midp")(table).interval.lower, 1 / 19.0, 1e-12));
    CHECK(is_close(interval("baptista-pike")(table).interval.lower, 1 / 19.0, 1e-12));
    CHECK(is_close(interval("baptista-pike-midp")(table).interval.lower, 1 / 9.0, 1e-12));
}

TEST_CASE("Cornfield limits put half of alpha into each tail on every small table", "[property]") {
    constexpr double alpha = 0.05;
    for (const bool is_midp : {false, true}) {
        Failures failures;
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
        require_none(failures);
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
            Failures failures;
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
            require_none(failures);
        }
    }
}

TEST_CASE("An accepted table is covered by the hull of its minlike test on every small table",
          "[property]") {
    constexpr std::array pairs{std::pair{"fisher", "baptista-pike"},
                               std::pair{"fisher-midp", "baptista-pike-midp"}};
    for (const auto& pair : pairs) {
        INFO(pair.first);
        const Judge judge_test = test(pair.first);
        for (const double alpha : alphas) {
            Failures failures;
            const Judge judge_interval = interval(pair.second, 1 - alpha);
            for_each_table(12, [&](const Table2x2& table) {
                const Interval limits = judge_interval(table).interval;
                if (!rejects(judge_test(table).p_value.two_sided, alpha) && !covers_one(limits)) {
                    failures.add(table, limits, alpha);
                }
            });
            require_none(failures);
        }
    }
}

TEST_CASE("Baptista-Pike limits are the hull found by a search on every table up to 6 v 6",
          "[property]") {
    for (const bool is_midp : {false, true}) {
        for (const double alpha : {0.05, 0.2}) {
            Failures failures;
            const Judge judge =
                interval(is_midp ? "baptista-pike-midp" : "baptista-pike", 1 - alpha);
            for_each_table(6, [&](const Table2x2& table) {
                if (table.has_empty_margin() || table.treated.n < table.control.n) return;
                const Interval limits = judge(table).interval;
                if (!is_hull(support_of(table), limits, alpha, is_midp)) {
                    failures.add(table, limits, alpha);
                }
            });
            require_none(failures);
        }
    }
}

TEST_CASE("With equal arms a hull limit at a tie of mirrored tables is exactly 1", "[property]") {
    // Mirrored tables of equal arms tie at an odds ratio of 1, where P jumps.
    constexpr std::int64_t n = 40;
    int at_one = 0;
    for (const char* id : {"baptista-pike", "baptista-pike-midp"}) {
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

TEST_CASE("Swapping arms or outcomes maps conditional limits to their reciprocals", "[property]") {
    for (const char* id : all_intervals) {
        INFO(id);
        Failures failures;
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
        require_none(failures);
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
