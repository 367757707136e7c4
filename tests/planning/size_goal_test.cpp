#include "planned.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include <catch2/catch.hpp>

#include <rsasim/planning/expected_width.hpp>
#include <rsasim/planning/regions.hpp>
#include <rsasim/planning/size_goal.hpp>

namespace {

using namespace rsasim;
using planned::AnalysisPlan;
using planned::ArmSizes;
using planned::Rates;
using planned::Region;

planning::SharedPlan shared(const AnalysisPlan& plan) {
    return std::make_shared<const AnalysisPlan>(plan);
}

}  // namespace

TEST_CASE("The worst power over control rates is that of a dense search", "[exact]") {
    using enum design::Measure;
    const ArmSizes sizes{75, 74};
    const planning::RateRange range{0.45, 0.7};
    for (const auto* test : {"pearson", "fisher", "z-pooled-exact"}) {
        const auto plan = planned::plan_with(test);
        const auto region = planning::rejection_region(planned::design_of(sizes, plan), 0, 2);
        for (const auto& effect :
             {design::Effect{odds_ratio, 2.3}, design::Effect{risk_difference, 0.1649},
              design::Effect{risk_ratio, 1.26}}) {
            double least = 1;
            for (int i = 0; i <= 2000; ++i) {
                const double control = range.lowest + (range.highest - range.lowest) * i / 2000;
                const double treated =
                    design::treated_rate_for(effect.measure, effect.value, control);
                least = std::min(least, planned::probability(sizes, region, {treated, control}));
            }
            INFO(test << " " << design::name_of(effect.measure));
            const auto goal = planning::worst_case_goal(shared(plan), 0, {range, effect});
            CHECK(goal->at(sizes) <= least + 1e-12);
            CHECK(goal->at(sizes) == Approx(least).margin(1e-6));
            CHECK(goal->by_every_table(sizes) == Approx(goal->at(sizes)).margin(2e-9));
            CHECK(goal->is_reached(sizes, least - 1e-6));
            CHECK_FALSE(goal->is_reached(sizes, least + 1e-6));
        }
    }
}

TEST_CASE("Ranges of control rates that have no power anywhere are refused", "[exact]") {
    using enum design::Measure;
    const auto plan = shared(planned::plan_with("pearson"));
    const auto refusal = [&](const planning::WorstCase& worst, const char* reason) {
        CHECK_THROWS_WITH(planning::worst_case_goal(plan, 0, worst), Catch::Contains(reason));
    };
    refusal({{0.5, 0.7}, {odds_ratio, 1}}, "null hypothesis");
    refusal({{0.5, 0.9}, {risk_difference, 0.2}}, "needs a treated rate of 1.1");
    refusal({{0, 0.9}, {odds_ratio, 2}}, "must lie inside");
    refusal({{0.7, 0.5}, {odds_ratio, 2}}, "no range");
}

TEST_CASE("An effect that enters the null between the ends of a range is refused", "[exact]") {
    using enum design::Measure;
    // At an odds ratio of 0.65 the difference is -0.0326 at 0.1, -0.1061 at 0.5 and -0.0460 at 0.9.
    auto plan = planned::plan_with("score");
    plan.sides = design::Sides::one;
    plan.null = {risk_difference, -0.1};
    CHECK_THROWS_WITH(planning::worst_case_goal(shared(plan), 0, {{0.1, 0.9}, {odds_ratio, 0.65}}),
                      Catch::Contains("null hypothesis"));
    plan.null.value = -0.11;  // the least difference is -0.1073, at 0.554
    CHECK_NOTHROW(planning::worst_case_goal(shared(plan), 0, {{0.1, 0.9}, {odds_ratio, 0.65}}));
    CHECK_NOTHROW(planning::worst_case_goal(shared(plan), 0, {{0.5, 0.5}, {odds_ratio, 0.65}}));
}

TEST_CASE("An interval of no width is not narrow", "[exact]") {
    // Of one woman in each arm every table has 0 or 1 events: Wald's interval is a point.
    const auto plan = planned::plan_with_interval(design::Measure::risk_difference, "wald");
    const auto goal = planning::half_width_goal(shared(plan), 0, {0.8, 0.6351}, 0.1);
    CHECK(goal->at({1, 1}) == 0);
    CHECK_FALSE(goal->is_reached({1, 1}, 0.8));
    const ArmSizes sizes{157, 157};
    double narrow = 0;
    for (std::int64_t x = 0; x <= sizes.treated; ++x) {
        for (std::int64_t y = 0; y <= sizes.control; ++y) {
            const double p = static_cast<double>(x) / 157, q = static_cast<double>(y) / 157;
            const double half_width =
                1.959963984540054 * std::sqrt((p * (1 - p) + q * (1 - q)) / 157);
            if (half_width > 0 && half_width <= 0.1) {
                narrow += math::binomial_probability(x, sizes.treated, 0.8) *
                          math::binomial_probability(y, sizes.control, 0.6351);
            }
        }
    }
    CHECK(goal->at(sizes) == Approx(narrow).margin(1e-9));
}

TEST_CASE("Widths of Woolf's interval are those of a direct sum", "[exact]") {
    const ArmSizes sizes{40, 30};
    const Rates rates{0.8, 0.6351};
    const auto plan = planned::plan_with_interval(design::Measure::odds_ratio, "woolf");
    // 2 x 1.959964 standard errors sqrt(1/a + 1/b + 1/c + 1/d); none where a cell is empty.
    constexpr double quantile = 1.959963984540054;
    double mean = 0, finite = 0, narrow = 0;
    const double limit = 1.0;
    for (std::int64_t x = 1; x < sizes.treated; ++x) {
        for (std::int64_t y = 1; y < sizes.control; ++y) {
            const double p = math::binomial_probability(x, sizes.treated, rates.treated) *
                             math::binomial_probability(y, sizes.control, rates.control);
            double variance = 0;
            for (const auto cell : {x, sizes.treated - x, y, sizes.control - y})
                variance += 1 / static_cast<double>(cell);
            const double half_width = quantile * std::sqrt(variance);
            mean += p * 2 * half_width;
            finite += p;
            if (half_width <= limit) narrow += p;
        }
    }
    const auto width = planning::expected_width(plan, 0, sizes, rates);
    CHECK(width.mean == Approx(mean / finite).epsilon(1e-10));
    CHECK(width.infinite == Approx(1 - finite).margin(1e-10));
    const auto goal = planning::half_width_goal(shared(plan), 0, rates, limit);
    CHECK(goal->at(sizes) == Approx(narrow).margin(1e-11));
    CHECK(goal->is_reached(sizes, narrow - 1e-9));
    CHECK_FALSE(goal->is_reached(sizes, narrow + 1e-9));
    CHECK_THROWS_AS(planning::half_width_goal(shared(plan), 0, rates, 0), std::invalid_argument);
}
