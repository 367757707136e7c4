#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <rsasim/planning/reproduction.hpp>

using namespace rsasim;
using namespace rsasim::planning;
using design::Measure;

namespace {

constexpr design::Table2x2 trial{{60, 75}, {47, 74}};

design::AnalysisPlan plan_of(std::vector<std::string> tests,
                             std::vector<design::MeasuredChoice> intervals) {
    design::AnalysisPlan plan;
    for (auto& id : tests)
        plan.tests.push_back({std::move(id), {}});
    plan.intervals = std::move(intervals);
    for (const auto measure : design::all_measures)
        plan.estimators.push_back({measure, {"sample", {}}});
    return plan;
}

PrintedFigures printed_of(Measure measure, const std::string& estimate,
                          const std::string& interval) {
    return {{}, {{measure, read_printed_number(estimate), read_printed_interval(interval)}}};
}

std::set<Step> steps_of(const EffectReproduction& effect) {
    std::set<Step> steps;
    for (const auto& one : effect.intervals) {
        if (one.agreement != Agreement::none) steps.insert(one.route.step);
    }
    return steps;
}

const IntervalReproduction& direct(const EffectReproduction& effect, const std::string& id) {
    const auto found = std::ranges::find_if(effect.intervals, [&](const auto& one) {
        return one.method.id == id && one.route.step == Step::none;
    });
    REQUIRE(found != effect.intervals.end());
    return *found;
}

}  // namespace

TEST_CASE("Woolf at full precision prints 1.10 to 4.80, around 2.30 it prints 1.10 to 4.81",
          "[reference]") {
    const auto plan = plan_of({}, {{Measure::odds_ratio, {"woolf", {}}}});
    const auto at = [&](const std::string& interval) {
        return reproduce(trial, plan, printed_of(Measure::odds_ratio, "2.30", interval))
            .effects.front();
    };
    const auto as_published = at("1.10,4.81");
    CHECK(as_published.is_reproduced());
    CHECK(steps_of(as_published).count(Step::none) == 0);
    CHECK(steps_of(as_published).count(Step::estimate) == 1);
    CHECK(steps_of(as_published).count(Step::z) == 0);
    const auto& woolf = direct(as_published, "woolf");
    CHECK(woolf.lower == Agreement::always);
    CHECK(woolf.upper == Agreement::none);
    CHECK(printed_like(as_published.printed.interval->upper, woolf.interval.upper) == "4.80");
    CHECK(steps_of(at("1.10,4.80")).count(Step::none) == 1);
}

TEST_CASE("Each step of rounding gives the interval that is computed by hand", "[exact]") {
    // Limits that only the step's own formula prints at five decimals.
    const double se = std::sqrt(1 / 60.0 + 1 / 15.0 + 1 / 47.0 + 1 / 27.0);
    const double log_odds = std::log(60.0 * 27 / (15 * 47)), z = 1.959963984540054;
    const auto text = [](double centre, double half) {
        return fmt::format("{:.5f},{:.5f}", std::exp(centre - half), std::exp(centre + half));
    };
    const double p1 = 0.8, p0 = 0.64;
    const double se_of_rates = std::sqrt(1 / (75 * p1 * (1 - p1)) + 1 / (74 * p0 * (1 - p0)));
    const std::vector<std::pair<Step, std::string>> cases{
        {Step::none, text(log_odds, z * se)},
        {Step::z, text(log_odds, 1.96 * se)},
        {Step::estimate, text(std::log(2.3), z * se)},
        {Step::estimate_and_z, text(std::log(2.3), 1.96 * se)},
        {Step::log_estimate, text(0.83, z * se)},
        {Step::standard_error, text(log_odds, z * 0.38)},
        {Step::rates, text(std::log(p1 * (1 - p0) / ((1 - p1) * p0)), z * se_of_rates)}};
    const auto plan = plan_of({}, {{Measure::odds_ratio, {"woolf", {}}}});
    for (const auto& [step, interval] : cases) {
        INFO(interval);
        const auto result =
            reproduce(trial, plan, printed_of(Measure::odds_ratio, "2.30", interval));
        CHECK(steps_of(result.effects.front()) == std::set{step});
    }
}

TEST_CASE("The steps of Katz and Wald are those of their own formulas", "[exact]") {
    const double ratio = 0.8 * 74 / 47, z = 1.959963984540054;
    const double log_se = std::sqrt(1 / 60.0 - 1 / 75.0 + 1 / 47.0 - 1 / 74.0);
    const auto katz =
        fmt::format("{:.5f},{:.5f}", 1.26 * std::exp(-z * log_se), 1.26 * std::exp(z * log_se));
    CHECK(ratio == Approx(1.2596).epsilon(1e-4));
    const double q = 47.0 / 74, se = std::sqrt(0.8 * 0.2 / 75 + q * (1 - q) / 74);
    const auto wald = fmt::format("{:.5f},{:.5f}", 0.16 - z * se, 0.16 + z * se);
    const auto plan = plan_of(
        {}, {{Measure::risk_ratio, {"katz", {}}}, {Measure::risk_difference, {"wald", {}}}});
    for (const auto& [measure, estimate, interval] :
         {std::tuple(Measure::risk_ratio, "1.26", katz),
          std::tuple(Measure::risk_difference, "16%", wald)}) {
        const auto result = reproduce(trial, plan, printed_of(measure, estimate, interval));
        CHECK(steps_of(result.effects.front()) == std::set{Step::estimate});
    }
}

TEST_CASE("A P-value is printed by the tests whose reference P rounds to it", "[reference]") {
    std::ifstream file(RSASIM_REFERENCE_DIR "/published_trial.json");
    const auto tests = nlohmann::json::parse(file).at("tests");
    std::vector<std::string> ids;
    for (const auto& [id, value] : tests.items())
        ids.push_back(id);
    const auto plan = plan_of(ids, {});
    for (const auto* text : {"0.02", "0.03", "0.04", "0.025", "0.0296", "<0.05", "<0.025", "0.5"}) {
        const auto printed = read_printed_number(text);
        const auto result = reproduce(trial, plan, {printed, {}});
        for (const auto& one : result.tests) {
            if (one.tail != analysis::Tail::two_sided) continue;
            const double p = tests.at(one.method.id).get<double>();
            const bool is_printed = text[0] == '<'
                                        ? p < std::stod(text + 1)
                                        : fmt::format("{:.{}f}", p, printed->decimals) == text;
            INFO(text << " " << one.method.id << " " << p);
            CHECK((one.agreement != Agreement::none) == is_printed);
        }
    }
}

TEST_CASE("A one-sided plan looks for the printed P in its favourable tail", "[reference]") {
    std::ifstream file(RSASIM_REFERENCE_DIR "/published_trial.json");
    const double chi_square_p = nlohmann::json::parse(file).at("tests").at("pearson").get<double>();
    auto plan = plan_of({"pearson"}, {});
    plan.sides = design::Sides::one;
    // The chi-square test has half its two-sided P in the tail of the higher observed rate.
    const auto half = read_printed_number(fmt::format("{:.4f}", chi_square_p / 2));
    const auto result = reproduce(trial, plan, {half, {}});
    REQUIRE(result.tests_that_print().size() == 1);
    CHECK(result.tests_that_print().front()->tail == analysis::Tail::greater);
    CHECK(result.tests_that_print_elsewhere().empty());
    plan.direction = design::Direction::lower_is_better;
    const auto harmful = reproduce(trial, plan, {half, {}});
    CHECK(harmful.tests_that_print().empty());
    CHECK(harmful.tests_that_print_elsewhere().size() == 1);
    const auto whole = read_printed_number(fmt::format("{:.4f}", chi_square_p));
    CHECK(reproduce(trial, plan, {whole, {}}).tests_that_print().empty());
    plan.sides = design::Sides::two;
    CHECK(reproduce(trial, plan, {whole, {}}).tests_that_print().size() == 1);
}

TEST_CASE("The figures of the other arm are recognised as such", "[property]") {
    const auto plan =
        plan_of({}, {{Measure::odds_ratio, {"woolf", {}}}, {Measure::risk_ratio, {"katz", {}}}});
    const auto result = reproduce(design::with_arms_swapped(trial), plan,
                                  printed_of(Measure::odds_ratio, "2.30", "1.10,4.80"));
    CHECK_FALSE(result.effects.front().is_reproduced());
    REQUIRE(result.other_readings.size() == 1);
    CHECK(result.other_readings.front().reading == Reading::arms_swapped);
    // The risk ratio of no event is another figure than that of the other arm.
    const auto ratio = reproduce(design::with_outcomes_swapped(trial), plan,
                                 printed_of(Measure::risk_ratio, "1.26", "1.02,1.55"));
    REQUIRE(ratio.other_readings.size() == 1);
    CHECK(ratio.other_readings.front().reading == Reading::outcomes_swapped);
}

TEST_CASE("What nothing prints has its nearest method", "[exact]") {
    auto plan = plan_of({"pearson", "fisher", "yates"}, {{Measure::odds_ratio, {"woolf", {}}},
                                                         {Measure::odds_ratio, {"gart", {}}}});
    auto printed = printed_of(Measure::odds_ratio, "9.99", "1.09,4.70");
    printed.p_value = read_printed_number("0.06");
    const auto result = reproduce(trial, plan, printed);
    CHECK(result.other_readings.empty());
    const auto& effect = result.effects.front();
    CHECK_FALSE(effect.is_reproduced());
    CHECK(nearest(*effect.printed.interval, effect.intervals)->method.id == "gart");
    CHECK(nearest(*result.p_value, result.tests, analysis::Tail::two_sided)->method.id == "yates");
    CHECK(nearest(*effect.printed.estimate, effect.estimates)->method.id == "sample");
}

TEST_CASE("Tables without an estimate reproduce nothing", "[exact]") {
    const auto plan = plan_of({"pearson"}, {{Measure::odds_ratio, {"woolf", {}}}});
    auto printed = printed_of(Measure::odds_ratio, "1.00", "0.50,2.00");
    printed.p_value = read_printed_number("1.00");
    const auto result = reproduce({{0, 9}, {0, 9}}, plan, printed);
    CHECK_FALSE(result.effects.front().is_reproduced());
    CHECK(nearest(*printed.effects.front().estimate, result.effects.front().estimates) == nullptr);
    CHECK(nearest(*printed.p_value, result.tests, analysis::Tail::two_sided) == nullptr);
}
