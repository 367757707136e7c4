#include <catch2/catch.hpp>

#include <rsasim/design/analysis_plan.hpp>

using namespace rsasim::design;

TEST_CASE("A method is labelled by its id and the options that it was given", "[exact]") {
    CHECK(MethodChoice{"fisher", {}}.label() == "fisher");
    CHECK(MethodChoice{"boschloo", {{"berger-boos", 1e-3}}}.label() ==
          "boschloo[berger-boos=0.001]");
    CHECK(MethodChoice{"m", {{"b", 2}, {"a", 0.5}}}.label() == "m[a=0.5,b=2]");
}

TEST_CASE("An interval is labelled by its measure and method", "[exact]") {
    CHECK(MeasuredChoice{Measure::risk_ratio, {"score", {}}}.label() == "risk_ratio:score");
    CHECK(MeasuredChoice{Measure::odds_ratio, {"beta", {{"prior", 1}}}}.label() ==
          "odds_ratio:beta[prior=1]");
}

TEST_CASE("Rates lie in the null where a rejection would be an error", "[exact]") {
    AnalysisPlan plan;
    CHECK(plan.has_in_null({0.3, 0.3}));
    CHECK(plan.has_in_null({0.1 + 0.2, 0.3}));
    CHECK(plan.has_in_null({0.3, 0.1 + 0.2}));
    CHECK_FALSE(plan.has_in_null({0.2, 0.3}));
    plan.sides = Sides::one;
    CHECK(plan.has_in_null({0.2, 0.3}));
    CHECK_FALSE(plan.has_in_null({0.4, 0.3}));
    plan.direction = Direction::lower_is_better;
    CHECK_FALSE(plan.has_in_null({0.2, 0.3}));
    CHECK(plan.has_in_null({0.4, 0.3}));
}

TEST_CASE("An effect on its margin lies in the null, whatever the rounding", "[exact]") {
    AnalysisPlan plan;
    plan.sides = Sides::one;
    for (const double control : {0.2, 0.37, 0.6351, 0.9}) {
        plan.null = {Measure::risk_difference, -0.1};
        CHECK(plan.has_in_null({control - 0.1, control}));
        CHECK(plan.has_in_null({control - 0.2, control}));
        CHECK_FALSE(plan.has_in_null({control - 0.099999, control}));
        plan.null = {Measure::odds_ratio, 0.7};
        const double treated = treated_rate_for(Measure::odds_ratio, 0.7, control);
        CHECK(plan.has_in_null({treated, control}));
        CHECK_FALSE(plan.has_in_null({treated + 1e-6, control}));
    }
    plan.direction = Direction::lower_is_better;
    plan.null = {Measure::risk_ratio, 1.25};
    CHECK(plan.has_in_null({0.5, 0.4}));
    CHECK_FALSE(plan.has_in_null({0.4, 0.4}));
    CHECK(plan.has_in_null({0, 0}));  // 0/0 shows nothing
}

TEST_CASE("Treatments are not equivalent on a margin and beyond it", "[exact]") {
    AnalysisPlan plan;
    plan.sides = Sides::one;
    plan.equivalence = Equivalence{Measure::risk_difference, -0.1, 0.1};
    CHECK(plan.margin_measure() == Measure::risk_difference);
    for (const double treated : {0.4, 0.3, 0.6, 0.7})
        CHECK(plan.has_in_null({treated, 0.5}));
    for (const double treated : {0.41, 0.5, 0.59})
        CHECK_FALSE(plan.has_in_null({treated, 0.5}));
}
