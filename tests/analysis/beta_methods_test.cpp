#include "finding_rules.hpp"
#include "judging.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <stdexcept>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace {

namespace analysis = rsasim::analysis;
using judging::Finding;
using judging::Measure;
using judging::Role;
using judging::Table2x2;
using Json = nlohmann::json;

Finding judge_with_prior(Role role, const Table2x2& table, double a, double b) {
    const char* id = role == Role::test ? "beta-binomial" : "beta";
    return analysis::prepare(role, Measure::odds_ratio, {id, {{"prior-a", a}, {"prior-b", b}}},
                             {{table.treated.n, table.control.n}, 0.95})(table);
}

Json reference_entries() {
    std::ifstream file(RSASIM_REFERENCE_DIR "/beta_posterior.json");
    if (!file) throw std::runtime_error("tests/reference/beta_posterior.json cannot be read");
    return Json::parse(file).at("entries");
}

rsasim::design::ArmCounts arm_of(const Json& pair) {
    return {pair.at(0).get<std::int64_t>(), pair.at(1).get<std::int64_t>()};
}

void check_limit(double limit, const Json& expected) {
    if (expected.is_null()) return;
    CHECK(limit == Approx(expected.get<double>()).epsilon(2e-9));
}

}  // namespace

TEST_CASE("Posterior tails and limits equal R's quadrature", "[reference]") {
    for (const Json& entry : reference_entries()) {
        const Table2x2 table{arm_of(entry.at("treated")), arm_of(entry.at("control"))};
        const double a = entry.at("prior").at(0), b = entry.at("prior").at(1);
        INFO(judging::describe(table) << ", prior " << a << ", " << b);
        const auto p = judge_with_prior(Role::test, table, a, b).p_value;
        const double lower = entry.at("lower_tail"), upper = entry.at("upper_tail");
        CHECK(p.greater == Approx(lower).epsilon(1e-10));
        CHECK(p.less == Approx(upper).epsilon(1e-10));
        CHECK(p.two_sided == Approx(2 * std::min(lower, upper)).epsilon(1e-10));
        const auto limits = judge_with_prior(Role::interval, table, a, b).interval;
        check_limit(limits.lower, entry.at("interval").at(0));
        check_limit(limits.upper, entry.at("interval").at(1));
    }
}

TEST_CASE("One more event moves posterior P-values and limits up", "[property]") {
    for (const auto& [n1, n0] : {std::pair{1, 9}, {6, 6}, {10, 3}}) {
        judging::for_each_table(n1, n0, [](const Table2x2& table) {
            Table2x2 more = table;
            ++more.treated.events;
            if (more.treated.events > more.treated.n || table.has_empty_margin() ||
                more.has_empty_margin()) {
                return;
            }
            INFO(judging::describe(table));
            CHECK(judging::test("beta-binomial", more).p_value.greater <
                  judging::test("beta-binomial", table).p_value.greater);
            const auto here = judging::interval(Measure::odds_ratio, "beta", table).interval;
            const auto there = judging::interval(Measure::odds_ratio, "beta", more).interval;
            CHECK(there.lower > here.lower);
            CHECK(there.upper > here.upper);
        });
    }
}

TEST_CASE("A strong prior draws the posterior interval to no effect", "[property]") {
    const Table2x2 table{{60, 75}, {47, 74}};
    double width = analysis::infinity;
    for (const double worth : {0.01, 0.5, 2.0, 50.0, 1e6}) {
        const auto limits = judge_with_prior(Role::interval, table, worth, worth).interval;
        CHECK(limits.upper / limits.lower < width);
        width = limits.upper / limits.lower;
    }
    CHECK(width == Approx(1).margin(0.01));
}

TEST_CASE("Priors outside their range are refused", "[exact]") {
    const Table2x2 table{{3, 5}, {2, 5}};
    CHECK_THROWS_AS(judge_with_prior(Role::test, table, 0.009, 1), std::invalid_argument);
    CHECK_THROWS_AS(judge_with_prior(Role::interval, table, 1, 2e6), std::invalid_argument);
}

TEST_CASE("Without events or without non-events the prior alone says nothing", "[exact]") {
    for (const Table2x2& table : {Table2x2{{0, 10'000}, {0, 1}}, Table2x2{{5, 5}, {3, 3}}}) {
        const auto test = judging::test("beta-binomial", table);
        CHECK(test.status == analysis::Status::degenerate);
        CHECK(std::isnan(test.p_value.two_sided));
        const auto interval = judging::interval(Measure::odds_ratio, "beta", table);
        CHECK(interval.status == analysis::Status::degenerate);
        CHECK(interval.interval.lower == 0);
        CHECK(interval.interval.upper == analysis::infinity);
    }
}

TEST_CASE("Arms of 1e8 have posterior findings that keep the rules", "[property]") {
    constexpr std::int64_t n = 100'000'000;
    constexpr std::array<std::int64_t, 7> events{0, 1, 2, n / 2, n / 2 + 1, n - 1, n};
    for (const Role role : {Role::test, Role::interval}) {
        const auto* row =
            analysis::find_method(role, role == Role::test ? "beta-binomial" : "beta");
        REQUIRE(row != nullptr);
        for (const double confidence : {1e-6, 0.95, 1 - 1e-12}) {
            const auto judge = judging::prepare(*row, {n, n}, confidence);
            for (const std::int64_t x1 : events) {
                for (const std::int64_t x0 : events) {
                    const Table2x2 table{{x1, n}, {x0, n}};
                    const Finding finding = judge(table);
                    INFO(judging::describe(*row)
                         << " at " << judging::describe(table) << ", " << confidence);
                    CHECK(finding_rules::complaint(*row, finding).empty());
                    CHECK(finding.status != analysis::Status::not_converged);
                }
            }
        }
    }
}

TEST_CASE("Huge arms have the posterior of the normal approximation", "[exact]") {
    constexpr std::int64_t n = 100'000'000;
    const Table2x2 table{{n / 2, n}, {n / 2, n}};
    const auto limits = judging::interval(Measure::odds_ratio, "beta", table).interval;
    CHECK(std::log(limits.upper) == Approx(1.959963984540054 * std::sqrt(8e-8)).epsilon(1e-7));
    CHECK(limits.lower == Approx(1 / limits.upper).epsilon(1e-12));
    CHECK(judging::test("beta-binomial", table).p_value.two_sided == Approx(1).epsilon(1e-11));
}
