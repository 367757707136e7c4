#include "arms.hpp"
#include "reading.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include <rsasim/analysis/catalogue.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;

TEST_CASE("The published trial is read as it is written", "[exact]") {
    const Scenario scenario = read(file_text(shipped()[0]));
    CHECK(scenario.title == "Tacrolimus in refractory recurrent spontaneous abortion");
    CHECK(scenario.outcome == "healthy newborn");
    CHECK(scenario.seed == 20230313);
    CHECK(scenario.common_random_numbers);
    CHECK_FALSE(scenario.precision);
    CHECK(scenario.notes.empty());
    CHECK(scenario.grid.axes.empty());
    REQUIRE(scenario.grid.cells.size() == 1);
    const design::Cell& cell = scenario.grid.cells.front();
    CHECK(cell.replicates == 1'000'000);
    CHECK(cell.design.sizes() == design::ArmSizes{75, 74});
    CHECK(cell.design.rates().treated == 0.80);
    CHECK(cell.design.rates().control == 0.6351);
    CHECK(cell.design.analysis().alpha == 0.05);
    CHECK(cell.design.analysis().sides == design::Sides::two);
    CHECK(cell.design.analysis().confidence == 0.95);
    CHECK(cell.design.analysis().direction == design::Direction::higher_is_better);
}

TEST_CASE("Every shipped scenario is read", "[exact]") {
    for (const std::string& path : shipped()) {
        INFO(path);
        CHECK(faults_of(file_text(path)).empty());
    }
    CHECK(read(file_text(shipped()[2])).grid.cells.front().design.is_null());
    CHECK(read(file_text(shipped()[3])).grid.cells.size() == 27);
}

TEST_CASE("Keys that are absent take their defaults", "[exact]") {
    const Scenario scenario = read(arms);
    const auto& plan = scenario.grid.cells.front().design.analysis();
    CHECK(scenario.title.empty());
    CHECK(scenario.outcome == "event");
    CHECK(scenario.seed == 1);
    CHECK(scenario.common_random_numbers);
    CHECK(scenario.grid.cells.front().replicates == 1'000'000);
    CHECK(plan.alpha == 0.05);
    CHECK(plan.sides == design::Sides::two);
    CHECK(plan.confidence == 0.95);
    CHECK(plan.null.is_no_effect());
    CHECK_FALSE(plan.equivalence.has_value());
    // Asymptotic tests of any null equal others at no effect; costly methods are to be asked for.
    const auto is_default = [](const analysis::MethodRow& row) {
        return !row.is_costly &&
               (row.nulls != analysis::Nulls::any || row.family == "exact unconditional");
    };
    const auto methods =
        static_cast<std::size_t>(std::ranges::count_if(analysis::catalogue(), is_default));
    CHECK(plan.tests.size() + plan.intervals.size() + plan.estimators.size() == methods);
    const auto pairs = std::ranges::count_if(analysis::standard_pairs(), [&](const auto& pair) {
        using analysis::Role;
        return is_default(*analysis::find_method(Role::test, pair.test)) &&
               is_default(*analysis::find_method(Role::interval, pair.interval, pair.measure));
    });
    CHECK(plan.pairs.size() == static_cast<std::size_t>(pairs));
}

TEST_CASE("Whole numbers may be written with a fraction of zero or an exponent", "[exact]") {
    const Scenario scenario = read(
        "[arms]\nn = { treated = 75.0, control = 74 }\ncontrol_rate = 0\ntreated_rate = 1\n"
        "[simulation]\nreplicates = 1e6\n");
    CHECK(scenario.grid.cells.front().replicates == 1'000'000);
    CHECK(scenario.grid.cells.front().design.sizes().treated == 75);
    CHECK(scenario.grid.cells.front().design.rates().treated == 1);
    CHECK(scenario.grid.cells.front().design.rates().control == 0);
}

TEST_CASE("Each way to give the effect leads to the same treated rate", "[exact]") {
    const std::string start = "[arms]\ntotal = 20\ncontrol_rate = 0.5\n";
    for (const std::string effect :
         {"treated_rate = 0.75", "odds_ratio = 3", "risk_ratio = 1.5", "risk_difference = 0.25"}) {
        const Scenario scenario = read(start + effect + "\n");
        CHECK(scenario.grid.cells.front().design.rates().treated == 0.75);
        CHECK(scenario.sha256 == read(start + "treated_rate = 0.75\n").sha256);
    }
}

TEST_CASE("A treated rate that rounding puts just beyond 1 is 1", "[exact]") {
    const Scenario scenario =
        read("[arms]\ntotal = 20\ncontrol_rate = 0.7\nrisk_ratio = 1.4285714285714288\n");
    CHECK(scenario.grid.cells.front().design.rates().treated == 1);
}

TEST_CASE("A total is split by largest remainder with ties to the treated arm", "[exact]") {
    CHECK(split_total(149, 1, 1) == design::ArmSizes{75, 74});
    CHECK(split_total(150, 1, 1) == design::ArmSizes{75, 75});
    CHECK(split_total(100, 2, 1) == design::ArmSizes{67, 33});
    CHECK(split_total(100, 1, 2) == design::ArmSizes{33, 67});
    CHECK(split_total(101, 2, 1) == design::ArmSizes{67, 34});
    CHECK(split_total(2, 1, 1) == design::ArmSizes{1, 1});
    CHECK(split_total(200'000'000, 999'999, 1'000'000).treated == 99'999'950);
    for (std::int64_t total = 2; total < 200; ++total) {
        const auto sizes = split_total(total, 3, 5);
        CHECK(sizes.treated + sizes.control == total);
    }
}

TEST_CASE("Titles keep their letters", "[exact]") {
    const std::string title = "Tacrolimus \xE2\x80\x93 \xC3\xA9tude \xF0\x9F\x91\xB6 \"A\\B\"";
    const Scenario scenario =
        read(arms +
             "[trial]\ntitle = 'Tacrolimus \xE2\x80\x93 \xC3\xA9tude \xF0\x9F\x91\xB6 \"A\\B\"'\n");
    CHECK(scenario.title == title);
    CHECK(read(scenario.resolved).title == title);
    CHECK(read(arms, {{"--title", title}}).title == title);
}

TEST_CASE("The hash names the trial model and whether random numbers are common", "[property]") {
    const std::string hash = read(arms).sha256;
    CHECK(hash.size() == 64);
    CHECK(read(arms, {{"--alpha", "0.01"}}).sha256 == hash);
    CHECK(read(arms, {{"--tests", "fisher"}}).sha256 == hash);
    CHECK(read(arms, {{"--replicates", "10"}}).sha256 == hash);
    CHECK(read(arms, {{"--seed", "10"}}).sha256 == hash);
    CHECK(read(arms, {{"--title", "T"}}).sha256 == hash);
    CHECK(read(arms, {{"--control-rate", "0.6352"}}).sha256 != hash);
    CHECK(read(arms, {{"--n", "74,75"}}).sha256 != hash);
    CHECK(read(arms, {{"--set", "simulation.common_random_numbers=false"}}).sha256 != hash);
}

TEST_CASE("Notes say what is used as given and what was rounded", "[exact]") {
    const Scenario one_sided = read(arms, {{"--sides", "1"}});
    REQUIRE(one_sided.notes.size() == 1);
    CHECK_THAT(one_sided.notes.front(), Catch::Contains("one-sided 0.05 is not 0.025"));
    const Scenario odd = read(arms, {{"--total", "149"}});
    REQUIRE(odd.notes.size() == 1);
    CHECK_THAT(odd.notes.front(), Catch::Contains("75 and 74 women"));
    CHECK(read(arms, {{"--total", "150"}}).notes.empty());
}

TEST_CASE("Flags alone give a scenario and their command line", "[exact]") {
    const Scenario scenario = read_flags({{"--n", "75,74"},
                                          {"--control-rate", "0.6351"},
                                          {"--treated-rate", "0.80"},
                                          {"--title", "It's two words"}});
    CHECK(scenario.sha256 == read(arms).sha256);
    CHECK(scenario.given ==
          "--n 75,74 --control-rate 0.6351 --treated-rate 0.80 --title 'It'\\''s two words'");
}
