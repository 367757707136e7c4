#include "reading.hpp"

#include <catch2/catch.hpp>

#include <rsasim/analysis/catalogue.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;

namespace {

void check_same(const Scenario& first, const Scenario& second) {
    CHECK(first.title == second.title);
    CHECK(first.outcome == second.outcome);
    CHECK(first.seed == second.seed);
    CHECK(first.common_random_numbers == second.common_random_numbers);
    CHECK(first.sha256 == second.sha256);
    CHECK(first.notes == second.notes);
    CHECK(first.resolved == second.resolved);
    REQUIRE(first.grid.axes.size() == second.grid.axes.size());
    for (std::size_t i = 0; i < first.grid.axes.size(); ++i) {
        const auto& a = first.grid.axes[i];
        const auto& b = second.grid.axes[i];
        CHECK(a.name == b.name);
        REQUIRE(a.keys.size() == b.keys.size());
        for (std::size_t k = 0; k < a.keys.size(); ++k) {
            CHECK(a.keys[k].path == b.keys[k].path);
            CHECK(a.keys[k].name == b.keys[k].name);
            CHECK(a.keys[k].values == b.keys[k].values);
        }
    }
    REQUIRE(first.grid.cells.size() == second.grid.cells.size());
    for (std::size_t i = 0; i < first.grid.cells.size(); ++i) {
        const auto& a = first.grid.cells[i];
        const auto& b = second.grid.cells[i];
        CHECK(a.replicates == b.replicates);
        CHECK(a.design.model_text() == b.design.model_text());
        CHECK(a.design.analysis() == b.design.analysis());
    }
}

void check_round_trip(const Scenario& scenario) {
    INFO(scenario.resolved);
    check_same(scenario, read(scenario.resolved));
}

}  // namespace

TEST_CASE("A resolved scenario gives the same run by itself", "[property]") {
    for (const std::string& path : shipped())
        check_round_trip(read(file_text(path)));
    check_round_trip(read(arms, {{"--odds-ratio", "1e-7,1e22,123456789012345680000"}}));
    check_round_trip(read(arms, {{"--n", "75,74"}, {"--n", "8,9"}, {"--alpha", "0.05,0.01"}}));
    check_round_trip(read(arms, {{"--total", "31,40"}, {"--ratio", "1,1"}, {"--ratio", "3,2"}}));
    check_round_trip(read(arms, {{"--set", "arms.n.control=10:30:10"}, {"--sides", "1"}}));
    check_round_trip(read(arms, {{"--seed", "0"},
                                 {"--direction", "lower-is-better"},
                                 {"--set", "simulation.common_random_numbers=false"},
                                 {"--title", "\"quoted\" \\ \xC3\xA9"}}));
    check_round_trip(read(arms + "[[sweep.zip]]\n\"arms.control_rate\" = [0.5, 0.6]\n"
                                 "\"arms.odds_ratio\" = [2, 3]\n[sweep]\n"
                                 "\"analysis.confidence\" = [0.9, 0.95]\n",
                          {{"--alpha", "0.01,0.02"}}));
    check_round_trip(read(arms + "[analysis]\ntests = [\"wald\", \"fisher\"]\n"
                                 "intervals = [\"score\", \"woolf\"]\n"
                                 "pairs = [[\"fisher\", \"odds_ratio:woolf\"]]\n"));
}

TEST_CASE("A resolved scenario keeps the options of methods", "[property]") {
    for (const auto& row : analysis::catalogue()) {
        if (row.role != analysis::Role::test || row.options.empty()) continue;
        const auto& option = row.options.front();
        const Scenario scenario =
            read(arms, {{"--tests", std::string(row.id) + "[" + std::string(option.name) + "=" +
                                        design::canonical_decimal(option.highest) + "]"}});
        check_round_trip(scenario);
    }
}

TEST_CASE("A resolved scenario states every default", "[exact]") {
    const std::string resolved = read(arms).resolved;
    for (const std::string line :
         {"outcome = \"event\"", "direction = \"higher-is-better\"", "n.treated = 75",
          "control_rate = 0.6351", "treated_rate = 0.8", "alpha = 0.05", "sides = 2",
          "confidence = 0.95", "replicates = 1000000", "seed = 1",
          "common_random_numbers = true"}) {
        INFO(line);
        CHECK(resolved.find("\n" + line + "\n") != std::string::npos);
    }
    CHECK(resolved.find("ratio = [") == std::string::npos);
    CHECK(read(arms, {{"--total", "20"}}).resolved.find("ratio = [1, 1]\n") != std::string::npos);
}
