#include "analysis/conditional_support.hpp"

#include <array>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>

namespace {

using namespace rsasim::analysis;
using conditional::for_each_table;
using conditional::is_close;
using conditional::Support;
using conditional::support_of;
using conditional::test;
using rsasim::design::Table2x2;

constexpr std::int64_t largest_arm = 12;
constexpr double rounding = 1e-12;

constexpr std::array all_tests{"fisher", "fisher-central", "fisher-blaker", "fisher-midp",
                               "fisher-midp-central"};

/// numerator / denominator of exact integers, rounded once.
double fraction(std::int64_t numerator, std::int64_t denominator) {
    return static_cast<double>(numerator) / static_cast<double>(denominator);
}

std::int64_t minlike_weight(const Support& support) {
    return support.sum_where(
        [&](std::size_t, std::int64_t weight) { return weight <= support.observed_weight(); });
}

std::int64_t tied_weight(const Support& support) {
    return support.sum_where(
        [&](std::size_t, std::int64_t weight) { return weight == support.observed_weight(); });
}

std::int64_t upper_weight(const Support& support, std::size_t from) {
    return support.sum_where([&](std::size_t i, std::int64_t) { return i >= from; });
}

std::int64_t lower_weight(const Support& support, std::size_t to) {
    return support.sum_where([&](std::size_t i, std::int64_t) { return i <= to; });
}

/// Blaker's P as a sum over all tables whose smaller tail does not exceed the observed one.
std::int64_t blaker_weight(const Support& support) {
    const auto smaller_tail = [&](std::size_t i) {
        return std::min(lower_weight(support, i), upper_weight(support, i));
    };
    const std::int64_t bound = smaller_tail(support.observed);
    return support.sum_where([&](std::size_t i, std::int64_t) { return smaller_tail(i) <= bound; });
}

/// Counts the tables that fail, so that a broken method prints one line and not thousands.
struct Failures {
    int count = 0;
    Table2x2 first;
    void add(const Table2x2& table) {
        if (count++ == 0) first = table;
    }
};

void require_none(const Failures& failures) {
    INFO(failures.count << " tables, first " << failures.first.treated.events << "/"
                        << failures.first.treated.n << " v " << failures.first.control.events << "/"
                        << failures.first.control.n);
    REQUIRE(failures.count == 0);
}

}  // namespace

TEST_CASE("An empty margin leaves one table with P 1 and mid-P 1/2", "[exact]") {
    for (const Table2x2& table : {Table2x2{{0, 1}, {0, 1}}, Table2x2{{1, 1}, {1, 1}},
                                  Table2x2{{0, 75}, {0, 74}}, Table2x2{{9, 9}, {4, 4}}}) {
        for (const char* id : {"fisher", "fisher-central", "fisher-blaker"}) {
            const Finding finding = test(id)(table);
            CHECK(finding.status == Status::ok);
            CHECK(finding.p_value.two_sided == 1);
            CHECK(finding.p_value.greater == 1);
            CHECK(finding.p_value.less == 1);
        }
        const PValues minlike = test("fisher-midp")(table).p_value;
        CHECK(minlike.two_sided == 0.5);
        CHECK(minlike.greater == 0.5);
        CHECK(minlike.less == 0.5);
        CHECK(test("fisher-midp-central")(table).p_value.two_sided == 1);
    }
}

TEST_CASE("The most likely table has a minlike and a Blaker P of exactly 1", "[exact]") {
    Failures failures;
    const Judge fisher = test("fisher");
    const Judge blaker = test("fisher-blaker");
    for_each_table(largest_arm, [&](const Table2x2& table) {
        const Support support = support_of(table);
        if (minlike_weight(support) == support.total() && fisher(table).p_value.two_sided != 1) {
            failures.add(table);
        }
        if (blaker_weight(support) == support.total() && blaker(table).p_value.two_sided != 1) {
            failures.add(table);
        }
    });
    require_none(failures);
}

TEST_CASE("Fisher P-values equal fractions of exact integers on every small table", "[exact]") {
    Failures failures;
    const Judge fisher = test("fisher");
    const Judge central = test("fisher-central");
    const Judge blaker = test("fisher-blaker");
    for_each_table(largest_arm, [&](const Table2x2& table) {
        const Support support = support_of(table);
        const std::int64_t total = support.total();
        const double greater = fraction(upper_weight(support, support.observed), total);
        const double less = fraction(lower_weight(support, support.observed), total);
        const double doubled = std::min(1.0, 2 * std::min(greater, less));
        const PValues p = fisher(table).p_value;
        const bool is_right =
            is_close(p.two_sided, fraction(minlike_weight(support), total), rounding) &&
            is_close(p.greater, greater, rounding) && is_close(p.less, less, rounding) &&
            is_close(central(table).p_value.two_sided, doubled, rounding) &&
            is_close(blaker(table).p_value.two_sided, fraction(blaker_weight(support), total),
                     rounding);
        if (!is_right) failures.add(table);
    });
    require_none(failures);
}

TEST_CASE("Mid-P values equal fractions of exact integers on every small table", "[exact]") {
    Failures failures;
    const Judge minlike = test("fisher-midp");
    const Judge central = test("fisher-midp-central");
    for_each_table(largest_arm, [&](const Table2x2& table) {
        const Support support = support_of(table);
        const std::int64_t twice = 2 * support.total();
        const std::int64_t own = support.observed_weight();
        const double greater = fraction(2 * upper_weight(support, support.observed) - own, twice);
        const double less = fraction(2 * lower_weight(support, support.observed) - own, twice);
        const double two_sided =
            fraction(2 * minlike_weight(support) - tied_weight(support), twice);
        const double doubled = std::min(1.0, 2 * std::min(greater, less));
        const PValues p = minlike(table).p_value;
        const bool is_right = is_close(p.two_sided, two_sided, rounding) &&
                              is_close(p.greater, greater, rounding) &&
                              is_close(p.less, less, rounding) &&
                              is_close(central(table).p_value.two_sided, doubled, rounding);
        if (!is_right) failures.add(table);
    });
    require_none(failures);
}

TEST_CASE("P-values lie in [0, 1], and swapping arms or outcomes swaps the sides", "[property]") {
    for (const char* id : all_tests) {
        INFO(id);
        Failures failures;
        const Judge judge = test(id);
        const auto is_probability = [](double p) { return p >= 0 && p <= 1; };
        for_each_table(largest_arm, [&](const Table2x2& table) {
            const PValues p = judge(table).p_value;
            if (!is_probability(p.two_sided) || !is_probability(p.greater) ||
                !is_probability(p.less)) {
                failures.add(table);
            }
            for (const Table2x2& mirror :
                 {with_arms_swapped(table), with_outcomes_swapped(table)}) {
                const PValues q = judge(mirror).p_value;
                if (!is_close(p.two_sided, q.two_sided, rounding) ||
                    !is_close(p.greater, q.less, rounding)) {
                    failures.add(table);
                }
            }
        });
        require_none(failures);
    }
}

TEST_CASE("Every small table whose Fisher P equals alpha as a fraction is rejected", "[exact]") {
    constexpr std::int64_t arms = 25;
    constexpr std::array alpha_denominators{100, 40, 20, 10};
    Failures failures;
    int found = 0;
    const Judge fisher = test("fisher");
    for_each_table(arms, [&](const Table2x2& table) {
        const Support support = support_of(table);
        const std::int64_t weight = minlike_weight(support);
        const std::int64_t total = support.total();
        for (const std::int64_t denominator : alpha_denominators) {
            if (weight * denominator != total) continue;
            ++found;
            const double alpha = 1 / static_cast<double>(denominator);
            if (!rejects(fisher(table).p_value.two_sided, alpha)) failures.add(table);
        }
    });
    require_none(failures);
    CHECK(found == 62);
}

TEST_CASE("P-values of extreme tables are probabilities and keep their small values",
          "[property]") {
    constexpr std::int64_t n = 100'000'000;
    for (const Table2x2& table :
         {Table2x2{{1, 1}, {0, 1}}, Table2x2{{n, n}, {0, n}}, Table2x2{{n / 2, n}, {n / 2, n}},
          Table2x2{{n / 2 + n / 1000, n}, {n / 2, n}}, Table2x2{{1, n}, {0, 1}},
          Table2x2{{10, 10}, {n / 3, n}}, Table2x2{{5000, 10'000}, {6000, 10'000}}}) {
        for (const char* id : all_tests) {
            const Finding finding = test(id)(table);
            INFO(id << " " << table.treated.events << "/" << table.treated.n);
            CHECK(finding.status == Status::ok);
            for (const double p :
                 {finding.p_value.two_sided, finding.p_value.greater, finding.p_value.less}) {
                CHECK(p >= 0);
                CHECK(p <= 1);
            }
        }
    }
    // 30/30 v 0/30: the observed table and its mirror, 2 / C(60, 30).
    const double expected = 2 / 118264581564861424.0;
    const Table2x2 opposite{{30, 30}, {0, 30}};
    CHECK(is_close(test("fisher")(opposite).p_value.two_sided, expected, rounding));
    CHECK(is_close(test("fisher-blaker")(opposite).p_value.two_sided, expected, rounding));
    CHECK(is_close(test("fisher-central")(opposite).p_value.two_sided, expected, rounding));
}
