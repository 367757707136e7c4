#include "reading.hpp"

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;

namespace {

using design::Effect;
using design::Measure;

const design::AnalysisPlan& plan_of(const Scenario& scenario, std::size_t cell = 0) {
    return scenario.grid.cells.at(cell).design.analysis();
}

std::string with(const std::string& analysis) {
    return arms + "[analysis]\n" + analysis + "\n";
}

/// True where the only fault holds all parts.
bool complains(const std::vector<std::string>& faults, std::initializer_list<const char*> parts) {
    if (faults.size() != 1) return false;
    for (const char* part : parts) {
        if (faults.front().find(part) == std::string::npos) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("A margin is tested on one side at 0.025 by the tests that have it", "[exact]") {
    const Scenario scenario = read(with("null = { risk_difference = -0.1 }"));
    const auto& plan = plan_of(scenario);
    CHECK(plan.null == Effect{Measure::risk_difference, -0.1});
    CHECK(plan.sides == design::Sides::one);
    CHECK(plan.alpha == 0.025);
    CHECK(plan.confidence == 0.95);
    REQUIRE(plan.tests.size() >= 2);
    CHECK(plan.tests[0].id == "score");
    CHECK(plan.tests[1].id == "score-n1");
    for (const auto& pair : plan.pairs)
        CHECK(plan.intervals[pair.interval].measure == Measure::risk_difference);
    CHECK(plan.pairs.size() >= 2);
    CHECK(plan_of(read(with("null = { odds_ratio = 0.8 }"))).tests.size() >= 7);
}

TEST_CASE("Equivalence has two margins and intervals of confidence 1 - 2 alpha", "[exact]") {
    const std::string text = with("equivalence = { odds_ratio = { lower = 0.5, upper = 2 } }");
    const auto scenario = read(text, {{"--alpha", "0.05,0.025"}});
    const design::Equivalence margins{Measure::odds_ratio, 0.5, 2};
    CHECK(plan_of(scenario).equivalence == margins);
    CHECK(plan_of(scenario, 0).confidence == 0.9);
    CHECK(plan_of(scenario, 1).confidence == 0.95);
    CHECK(plan_of(read(text, {{"--confidence", "0.99"}})).confidence == 0.99);
    CHECK(plan_of(read(arms, {{"--equivalence", "odds_ratio=0.5:2"}})).equivalence == margins);
}

TEST_CASE("A null of no effect is the same as none", "[exact]") {
    const auto plan = plan_of(read(arms));
    for (const char* null : {"odds_ratio=1", "risk_difference=0", "risk_ratio=1.0"}) {
        const auto scenario = read(arms, {{"--null", null}});
        CHECK(plan_of(scenario).tests == plan.tests);
        CHECK(plan_of(scenario).sides == design::Sides::two);
        CHECK(plan_of(scenario).alpha == 0.05);
    }
}

TEST_CASE("A margin can be swept, and a flag displaces the null of a file", "[exact]") {
    const std::string text = with("null = { risk_difference = -0.1 }");
    const auto swept = read(text, {{"--null", "odds_ratio=0.5:1:0.25"}});
    REQUIRE(swept.grid.cells.size() == 3);
    CHECK(swept.grid.axes.front().name == "null_value");
    CHECK(plan_of(swept, 1).null == Effect{Measure::odds_ratio, 0.75});
    CHECK(plan_of(swept, 2).sides == design::Sides::one);
    CHECK(plan_of(read(text, {{"--equivalence", "risk_ratio=0.8:1.25"}})).null.is_no_effect());
    CHECK(read(text).sha256 == read(arms).sha256);
}

TEST_CASE("A scenario with a margin resolves to one that gives the same run", "[property]") {
    for (const char* null : {"odds_ratio=0.8", "risk_difference=-0.1,-0.05", "risk_ratio=1"}) {
        const auto scenario = read(arms, {{"--null", null}});
        const auto again = read(scenario.resolved);
        INFO(scenario.resolved);
        CHECK(again.resolved == scenario.resolved);
        CHECK(plan_of(again) == plan_of(scenario));
    }
    const auto scenario =
        read(arms, {{"--equivalence", "risk_difference=-0.1:0.1"}, {"--alpha", "0.05,0.1"}});
    CHECK(plan_of(read(scenario.resolved), 1) == plan_of(scenario, 1));
}

TEST_CASE("Faults of a null say where, what, the rule and the remedy", "[exact]") {
    const auto of = [](const std::string& analysis) { return faults_of(with(analysis)); };
    CHECK(complains(of("null = { risk_difference = -1 }"),
                    {"rsa.toml:6: analysis.null.risk_difference = -1:", "between -1 and 1"}));
    CHECK(complains(of("null = { odds_ratio = 0 }"), {"lies above 0", "Write 1 for no effect"}));
    CHECK(complains(of("null = 0.8"), {"analysis.null = 0.8: a table is needed"}));
    CHECK(complains(of("null = { hazard_ratio = 0.8 }"),
                    {"analysis.null.hazard_ratio", "is not a known key"}));
    CHECK(complains(of("null = { odds_ratio = 0.8 }\nsides = 2"),
                    {"rsa.toml:7: analysis.sides = 2", "on one side", "Leave sides out"}));
    CHECK(complains(of("null = { risk_ratio = 0.8 }\ntests = [\"fisher\"]"),
                    {"analysis.tests[0] = \"fisher\" does not test a margin of the risk ratio",
                     "\"score\", \"score-n1\""}));
    CHECK(complains(of("null = { risk_ratio = 0.8, odds_ratio = 0.8 }"),
                    {"contradicts", "one way to give the null hypothesis"}));
    CHECK(complains(of("null = { risk_ratio = 0.8 }\npairs = [[\"score\", \"odds_ratio:woolf\"]]"),
                    {"analysis.pairs[0]", "another scale", "Remove the pair"}));
}

TEST_CASE("Faults of equivalence say where, what, the rule and the remedy", "[exact]") {
    const auto of = [](const std::string& analysis) { return faults_of(with(analysis)); };
    const std::string margins = "equivalence = { odds_ratio = { lower = 2, upper = 0.5 } }";
    CHECK(complains(of(margins), {"rsa.toml:6:", "the lower margin lies below the upper one"}));
    CHECK(complains(of("equivalence = { odds_ratio = { lower = 0.5 } }"),
                    {"analysis.equivalence.odds_ratio.upper is needed", "two margins"}));
    CHECK(complains(of("alpha = 0.6\nequivalence = { odds_ratio = { lower = 0.5, upper = 2 } }"),
                    {"analysis.alpha = 0.6", "alpha lies below 0.5"}));
    CHECK(of("null = { odds_ratio = 0.8 }\n" + margins).size() >= 2);
    CHECK(
        complains(faults_of(arms, {{"--equivalence", "odds_ratio=0.5"}}),
                  {"--equivalence: \"odds_ratio=0.5\"", "--equivalence risk_difference=-0.1:0.1"}));
    CHECK(complains(faults_of(arms, {{"--null", "0.8"}}),
                    {"--null: \"0.8\"", "Write --null odds_ratio=0.8"}));
}
