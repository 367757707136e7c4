#include "reading.hpp"

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;

namespace {

const design::Design& only_cell(const Scenario& scenario) {
    REQUIRE(scenario.grid.cells.size() == 1);
    return scenario.grid.cells.front().design;
}

std::vector<std::string> axis_names(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& axis : scenario.grid.axes)
        names.push_back(axis.name);
    return names;
}

using Names = std::vector<std::string>;

const std::string swept = arms +
                          "[sweep]\n\"analysis.alpha\" = [0.05, 0.01]\n"
                          "\"arms.odds_ratio\" = [1, 2, 3]\n\"analysis.sides\" = [1, 2]\n";

}  // namespace

TEST_CASE("A flag overrides the same key of the file", "[exact]") {
    CHECK(only_cell(read(arms, {{"--control-rate", "0.5"}})).rates().control == 0.5);
    CHECK(only_cell(read(arms, {{"--n", "10,20"}})).sizes() == design::ArmSizes{10, 20});
    CHECK(only_cell(read(arms, {{"--set", "arms.n.treated=80"}})).sizes() ==
          design::ArmSizes{80, 74});
    CHECK(only_cell(read(arms, {{"--set", "arms.n={treated=8, control=9}"}})).sizes() ==
          design::ArmSizes{8, 9});
    CHECK(read(arms, {{"--set", "trial.title=Two words"}}).title == "Two words");
    CHECK(read(arms, {{"--set", "trial.title = \"Quoted\""}}).title == "Quoted");
    CHECK(read(arms, {{"--set", "trial.title=2024"}}).title == "2024");
    CHECK_FALSE(
        read(arms, {{"--set", "simulation.common_random_numbers=false"}}).common_random_numbers);
    CHECK(read(arms, {{"--seed", "9223372036854775807"}}).seed == 9223372036854775807U);
    CHECK(read(arms, {{"--replicates", "1_000"}}).grid.cells.front().replicates == 1000);
}

TEST_CASE("A flag displaces the alternatives of the file", "[exact]") {
    CHECK(only_cell(read(arms, {{"--risk-difference", "0"}})).is_null());
    CHECK(only_cell(read(arms, {{"--total", "20"}})).sizes() == design::ArmSizes{10, 10});
    CHECK(only_cell(read(arms, {{"--total", "30"}, {"--ratio", "2,1"}})).sizes() ==
          design::ArmSizes{20, 10});
    const std::string by_total =
        "[arms]\ntotal = 40\nratio = [3, 1]\ncontrol_rate = 0.5\nodds_ratio = 2\n";
    CHECK(only_cell(read(by_total, {{"--ratio", "1,1"}})).sizes() == design::ArmSizes{20, 20});
    CHECK(only_cell(read(by_total, {{"--total", "80"}})).sizes() == design::ArmSizes{60, 20});
    CHECK(only_cell(read(by_total, {{"--n", "3,4"}})).sizes() == design::ArmSizes{3, 4});
}

TEST_CASE("A sweep of the file displaces the keys of the same file", "[exact]") {
    const Scenario scenario = read(arms +
                                   "[sweep]\n\"arms.total\" = [20, 40]\n"
                                   "\"arms.risk_ratio\" = [1.0, 1.1]\n");
    CHECK(axis_names(scenario) == Names{"total", "risk_ratio"});
    CHECK(scenario.grid.cells.front().design.sizes() == design::ArmSizes{10, 10});
}

TEST_CASE("A flag takes the place of an axis of the file, or removes it", "[exact]") {
    CHECK(axis_names(read(swept)) == Names{"alpha", "odds_ratio", "sides"});
    const Scenario replaced = read(swept, {{"--odds-ratio", "5,6"}, {"--confidence", "0.9,0.95"}});
    CHECK(axis_names(replaced) == Names{"alpha", "odds_ratio", "sides", "confidence"});
    CHECK(replaced.grid.axes[1].size() == 2);
    CHECK(axis_names(read(swept, {{"--odds-ratio", "5"}})) == Names{"alpha", "sides"});
    CHECK(axis_names(read(swept, {{"--treated-rate", "0.7"}})) == Names{"alpha", "sides"});
    CHECK(axis_names(read(swept, {{"--treated-rate", "0.7,0.8"}})) ==
          Names{"alpha", "sides", "treated_rate"});
}

TEST_CASE("A flag takes its key out of a zip and leaves the others", "[exact]") {
    const std::string zipped = arms +
                               "[[sweep.zip]]\n\"arms.control_rate\" = [0.5, 0.6]\n"
                               "\"arms.odds_ratio\" = [2, 3]\n\"analysis.alpha\" = [0.05, 0.01]\n";
    CHECK(axis_names(read(zipped)) == Names{"zip"});
    const Scenario without = read(zipped, {{"--odds-ratio", "4"}});
    CHECK(axis_names(without) == Names{"zip"});
    CHECK(without.grid.axes[0].keys.size() == 2);
    CHECK(axis_names(read(zipped, {{"--treated-rate", "0.9"}, {"--alpha", "0.1"}})) ==
          Names{"control_rate"});
}

TEST_CASE("Numeric flags sweep by lists and ranges, in the order of the command line", "[exact]") {
    const Scenario scenario =
        read(arms, {{"--odds-ratio", "1.5,2.0"},
                    {"--control-rate", "0.3:0.7:0.2"},
                    {"--set", "analysis.alpha=[0.05, 0.01]"},
                    {"--set", "simulation.replicates={from=10, to=30, step=10}"}});
    CHECK(axis_names(scenario) == Names{"odds_ratio", "control_rate", "alpha", "replicates"});
    CHECK(std::get<std::vector<double>>(scenario.grid.axes[1].keys[0].values) ==
          std::vector{0.3, 0.5, 0.7});
    CHECK(scenario.grid.cells.size() == 36);
    CHECK(scenario.grid.cells[1].replicates == 20);
}

TEST_CASE("Repeated --n and --ratio sweep, one of them does not", "[exact]") {
    CHECK(read(arms, {{"--n", "75,74"}}).grid.axes.empty());
    const Scenario sizes = read(arms, {{"--n", "75,74"}, {"--alpha", "0.1,0.2"}, {"--n", "8,9"}});
    REQUIRE(axis_names(sizes) == Names{"zip", "alpha"});
    CHECK(sizes.grid.axes[0].keys[0].name == "n_treated");
    CHECK(sizes.grid.axes[0].keys[1].name == "n_control");
    CHECK(sizes.grid.cells[2].design.sizes() == design::ArmSizes{8, 9});
    const Scenario ratios = read(arms, {{"--total", "30"}, {"--ratio", "1,1"}, {"--ratio", "2,1"}});
    REQUIRE(axis_names(ratios) == Names{"ratio"});
    CHECK(std::get<std::vector<std::string>>(ratios.grid.axes[0].keys[0].values) ==
          Names{"1:1", "2:1"});
    CHECK(ratios.grid.cells[1].design.sizes() == design::ArmSizes{20, 10});
}
