#include "analysis/patient/trial_lanes.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include <rsasim/analysis/catalogue.hpp>

using namespace patient;
using analysis::Finding;
using analysis::Role;
using analysis::Status;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

const auto woolf = choice("woolf", design::Measure::odds_ratio);
const auto gart = choice("gart", design::Measure::odds_ratio);

Finding of_table(Role role, const char* id, const design::Table2x2& table) {
    analysis::Setting setting;
    setting.sizes = {table.treated.n, table.control.n};
    return analysis::prepare(role, design::Measure::odds_ratio, {id, {}}, setting)(table);
}

}  // namespace

TEST_CASE("Women of weight 0 are left out of the unadjusted odds ratio", "[exact]") {
    Trial trial = trial_of({{30, 10, 20, 14}, {30, 5, 27, 13}});
    for (int i = 0; i < 50; ++i)
        trial.push_back({.treated = 1, .outcome = i % 3 == 0 ? 1.0 : 0.0, .weight = 0});
    const design::Table2x2 published{{60, 75}, {47, 74}};
    const Finding finding = analyse(trial, woolf);
    CHECK(finding.status == Status::ok);
    CHECK(finding.estimate == Approx(1620.0 / 705));
    CHECK(finding.interval.lower == of_table(Role::interval, "woolf", published).interval.lower);
    CHECK(finding.p_value.greater == of_table(Role::test, "wald", published).p_value.greater);
    const Finding added = analyse(trial, gart);
    CHECK(added.estimate == Approx(60.5 * 27.5 / (15.5 * 47.5)));
    CHECK(added.interval.upper == of_table(Role::interval, "gart", published).interval.upper);
    CHECK(added.p_value.two_sided ==
          of_table(Role::test, "wald-gart", published).p_value.two_sided);
}

TEST_CASE("A zero cell leaves Woolf with (0, infinity) and Gart with an answer", "[exact]") {
    const Trial trial = trial_of({{5, 0, 3, 2}});
    const Finding finding = analyse(trial, woolf);
    CHECK(finding.status == Status::degenerate);
    CHECK(finding.estimate == infinity);
    CHECK(finding.interval.lower == 0);
    CHECK(finding.interval.upper == infinity);
    CHECK(std::isnan(finding.p_value.two_sided));
    CHECK(analyse(trial, gart).status == Status::ok);
}

TEST_CASE("Without an arm or an outcome the odds ratio has no estimate", "[exact]") {
    for (const Stratum& cells : {Stratum{5, 3, 0, 0}, {0, 0, 2, 2}, {4, 0, 5, 0}, {0, 4, 0, 5}}) {
        for (const auto& method : {woolf, gart}) {
            const Finding finding = analyse(trial_of({cells}), method);
            CHECK(finding.status == Status::degenerate);
            CHECK(std::isnan(finding.estimate));
            CHECK(std::isnan(finding.p_value.two_sided));
            CHECK(finding.interval.upper == infinity);
        }
    }
}

TEST_CASE("A margin on the odds ratio moves the unadjusted Wald test", "[exact]") {
    analysis::PatientSetting setting;
    setting.null = {design::Measure::odds_ratio, 1620.0 / 705};
    const Finding finding = analyse(trial_of({{60, 15, 47, 27}}), woolf, setting);
    CHECK(finding.statistic == Approx(0).margin(1e-12));
    CHECK(finding.p_value.greater == Approx(0.5));
}
