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
