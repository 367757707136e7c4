#include "finding_rules.hpp"
#include "judging.hpp"

#include <array>
#include <cmath>
#include <string>

#include <catch2/catch.hpp>

namespace {

namespace analysis = rsasim::analysis;
using judging::Measure;
using judging::MethodRow;
using judging::Table2x2;

constexpr double infinity = analysis::infinity;

void check_all(const Table2x2& table, double confidence, std::string_view family) {
    for (const MethodRow& row : analysis::catalogue()) {
        if (!family.empty() && row.family != family) continue;
        const auto finding =
            judging::prepare(row, {table.treated.n, table.control.n}, confidence)(table);
        INFO(judging::describe(row)
             << " at " << judging::describe(table) << ", confidence " << confidence);
        CHECK(finding_rules::complaint(row, finding).empty());
        CHECK(finding.status != analysis::Status::not_converged);
    }
}

}  // namespace

TEST_CASE("Arms of one woman give findings or statuses", "[property]") {
    for (const Table2x2& table : {Table2x2{{0, 1}, {1, 1}}, Table2x2{{1, 1}, {0, 1}},
                                  Table2x2{{0, 1}, {0, 1}}, Table2x2{{1, 1}, {1, 1}}}) {
        for (const double confidence : {0.5, 0.95, 0.999999}) {
            check_all(table, confidence, "");
        }
    }
}

TEST_CASE("Arms of 10,000 give findings or statuses, empty and full ones too", "[property]") {
    constexpr std::int64_t n = 10'000;
    constexpr std::array<std::int64_t, 7> events{0, 1, 2, n / 2, n / 2 + 1, n - 1, n};
    for (const std::int64_t x1 : events) {
        for (const std::int64_t x0 : events) {
            check_all({{x1, n}, {x0, n}}, 0.95, "");
        }
    }
}

TEST_CASE("Arms of 1e8 and of 1 give asymptotic findings or statuses", "[property]") {
    constexpr std::int64_t n = 100'000'000;
    constexpr std::array<std::int64_t, 7> events{0, 1, 2, n / 2, n / 2 + 1, n - 1, n};
    for (const std::int64_t x1 : events) {
        for (const double confidence : {1e-6, 0.95, 1 - 1e-12}) {
            for (const std::int64_t x0 : events) {
                check_all({{x1, n}, {x0, n}}, confidence, "asymptotic");
            }
            check_all({{x1, n}, {0, 1}}, confidence, "asymptotic");
            check_all({{1, 1}, {x1, n}}, confidence, "asymptotic");
        }
    }
}

TEST_CASE("Huge arms with equal rates have intervals of the normal width", "[exact]") {
    // At 5e7 of 1e8 in both arms every interval is 1 or 0 -+ z se to seven digits of the width.
    const Table2x2 table{{50'000'000, 100'000'000}, {50'000'000, 100'000'000}};
    const double z = 1.959963984540054;
    for (const MethodRow& row : analysis::catalogue()) {
        if (row.role != judging::Role::interval || row.family != "asymptotic") continue;
        const auto limits = judging::interval(row.measure, std::string(row.id), table).interval;
        const bool is_ratio = rsasim::design::is_ratio(row.measure);
        const double width =
            is_ratio ? std::log(limits.upper / limits.lower) : limits.upper - limits.lower;
        const double variance = row.measure == Measure::odds_ratio   ? 8e-8
                                : row.measure == Measure::risk_ratio ? 2e-8
                                                                     : 0.5e-8;
        INFO(judging::describe(row));
        const double correction = row.id == "wald-cc" ? 2e-8 : 0;
        CHECK(width == Approx(2 * z * std::sqrt(variance) + correction).epsilon(1e-7));
    }
}

TEST_CASE("Without information ratio intervals are (0, inf) and tests have no P-value", "[exact]") {
    for (const Table2x2& table : {Table2x2{{0, 5}, {0, 3}}, Table2x2{{5, 5}, {3, 3}}}) {
        for (const MethodRow& row : analysis::catalogue()) {
            if (row.family != "asymptotic") continue;
            const auto finding = judging::prepare(row, {5, 3})(table);
            INFO(judging::describe(row) << " at " << judging::describe(table));
            const bool is_full_risk_ratio =
                row.measure == Measure::risk_ratio && table.treated.events > 0;
            if (row.role == judging::Role::test) {
                CHECK(finding.status == analysis::Status::degenerate);
            } else if (row.role == judging::Role::interval &&
                       row.measure != Measure::risk_difference && !is_full_risk_ratio) {
                CHECK(finding.status == analysis::Status::degenerate);
                CHECK(finding.interval.lower == 0);
                CHECK(finding.interval.upper == infinity);
            }
        }
    }
}

TEST_CASE("At n/n against 0/n the unpooled z is infinite and its interval a point", "[exact]") {
    const Table2x2 table{{4, 4}, {0, 3}};
    const auto test = judging::test("z-unpooled", table);
    CHECK(test.status == analysis::Status::ok);
    CHECK(test.statistic == infinity);
    CHECK(test.p_value.two_sided == 0);
    CHECK(test.p_value.greater == 0);
    CHECK(test.p_value.less == 1);
    const auto interval = judging::interval(Measure::risk_difference, "wald", table);
    CHECK(interval.status == analysis::Status::degenerate);
    CHECK(interval.interval.lower == 1);
    CHECK(interval.interval.upper == 1);
}

TEST_CASE("P-values far in the tail keep their relative accuracy", "[reference]") {
    // R 4.2: pchisq(500, 1, lower.tail = FALSE).
    const Table2x2 table{{750, 1000}, {250, 1000}};
    const auto finding = judging::test("pearson", table);
    CHECK(finding.statistic == Approx(500).epsilon(1e-14));
    CHECK(finding.p_value.two_sided == Approx(9.5053977665540927e-111).epsilon(1e-11));
}
