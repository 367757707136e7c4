#include "reading.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include <rsasim/analysis/catalogue.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

design::AnalysisPlan plan_of(const std::string& analysis) {
    return read(arms + "[analysis]\n" + analysis + "\n").grid.cells.front().design.analysis();
}

std::string fault_of(const std::string& analysis) {
    const auto messages = faults_of(arms + "[analysis]\n" + analysis + "\n");
    REQUIRE(messages.size() == 1);
    return messages.front();
}

std::vector<std::string> pair_labels(const design::AnalysisPlan& plan) {
    std::vector<std::string> labels;
    for (const auto& pair : plan.pairs) {
        labels.push_back(plan.tests[pair.test].label() + "|" +
                         plan.intervals[pair.interval].label());
    }
    return labels;
}

}  // namespace

TEST_CASE("Every id of the catalogue is accepted", "[property]") {
    for (const auto& row : analysis::catalogue()) {
        INFO(row.id);
        const std::string id(row.id);
        if (row.role == analysis::Role::test) {
            CHECK(plan_of("tests = [\"" + id + "\"]").tests.front().id == id);
            CHECK(plan_of("tests = [{ id = \"" + id + "\" }]").tests.front().id == id);
        }
        if (row.role == analysis::Role::interval) {
            const auto label = std::string(design::name_of(row.measure)) + ":" + id;
            CHECK(plan_of("intervals = [\"" + label + "\"]").intervals.front().label() == label);
        }
    }
}

TEST_CASE("A bare interval id stands for every measure that has it", "[exact]") {
    const auto plan = plan_of("intervals = [\"score\", \"woolf\"]");
    REQUIRE(plan.intervals.size() == 4);
    CHECK(plan.intervals[0].label() == "odds_ratio:score");
    CHECK(plan.intervals[1].label() == "risk_difference:score");
    CHECK(plan.intervals[2].label() == "risk_ratio:score");
    CHECK(plan.intervals[3].label() == "odds_ratio:woolf");
}

TEST_CASE("Methods keep the order in which they are asked for", "[exact]") {
    const auto plan = plan_of("tests = [\"wald\", \"fisher\", \"pearson\"]");
    REQUIRE(plan.tests.size() == 3);
    CHECK(plan.tests[0].id == "wald");
    CHECK(plan.tests[2].id == "pearson");
    const Scenario by_flag = read(arms, {{"--tests", "wald, fisher,pearson"}});
    CHECK(by_flag.grid.cells.front().design.analysis().tests == plan.tests);
}

TEST_CASE("Unknown, repeated and empty methods are refused", "[exact]") {
    CHECK(fault_of("tests = [\"pearson\", \"fihser\"]") ==
          "rsa.toml:6: analysis.tests[1] = \"fihser\" is not a known test. Did you mean "
          "\"fisher\"? List them: rsasim methods");
    CHECK_THAT(fault_of("tests = [\n\"pearson\",\n\"fihser\"]"), StartsWith("rsa.toml:8:"));
    CHECK_THAT(fault_of("tests = [\"woolf\"]"), Contains("is not a known test."));
    CHECK_THAT(fault_of("tests = [\"wald\", \"wald\"]"),
               StartsWith("rsa.toml:6: analysis.tests[1] = \"wald\" is in the list already."));
    CHECK_THAT(fault_of("tests = []"), Contains("at least one"));
    CHECK_THAT(fault_of("tests = [3]"), Contains("not a whole number"));
    CHECK_THAT(fault_of("intervals = [\"wolf\"]"),
               Contains("is not a known interval. Did you mean \"woolf\"?"));
    CHECK_THAT(fault_of("intervals = [\"odds_ratio:newcombe\"]"), Contains("is not a known"));
    CHECK_THAT(fault_of("intervals = [\"score\", \"risk_ratio:score\"]"),
               Contains("\"risk_ratio:score\" is in the list already"));
}

TEST_CASE("Costly intervals are in the plan only when they are named or all are wanted",
          "[exact]") {
    const auto has_costly = [](const design::AnalysisPlan& plan) {
        return std::ranges::any_of(plan.intervals, [](const design::MeasuredChoice& choice) {
            return analysis::find_method(analysis::Role::interval, choice.method.id, choice.measure)
                ->is_costly;
        });
    };
    CHECK_FALSE(has_costly(plan_of("")));
    CHECK(has_costly(plan_of("intervals = [\"chan-zhang\"]")));
    const auto whole = plan_of("intervals = [\"all\"]");
    const auto is_interval = [](const auto& row) { return row.role == analysis::Role::interval; };
    CHECK(static_cast<std::ptrdiff_t>(whole.intervals.size()) ==
          std::ranges::count_if(analysis::catalogue(), is_interval));
    CHECK_THAT(fault_of("intervals = [\"all\", \"woolf\"]"), Contains("\"all\""));
}

TEST_CASE("Options of a method are checked against the catalogue", "[exact]") {
    CHECK_THAT(fault_of("tests = [{ id = \"pearson\", gamma = 0.1 }]"),
               Contains("\"pearson\" has no option \"gamma\"") && Contains("methods pearson"));
    CHECK_THAT(fault_of("tests = [\"pearson[gamma=0.1]\"]"), Contains("has no option \"gamma\""));
    CHECK_THAT(fault_of("tests = [\"pearson[gamma\"]"), Contains("square brackets"));
    CHECK_THAT(fault_of("tests = [\"pearson[]\"]"), Contains("square brackets"));
    CHECK_THAT(fault_of("tests = [{ id = \"pearson\", gamma = \"x\" }]"), Contains("a number"));
    CHECK_THAT(fault_of("tests = [{ gamma = 1 }]"), Contains("the id of a method is needed"));
    CHECK_THAT(fault_of("tests = [{ id = 3 }]"), Contains("a method's id"));
    for (const auto& row : analysis::catalogue()) {
        if (row.role != analysis::Role::test || row.options.empty()) continue;
        const auto& option = row.options.front();
        const auto with = [&](double value) {
            return "tests = [{ id = \"" + std::string(row.id) + "\", " + std::string(option.name) +
                   " = " + design::canonical_decimal(value) + " }]";
        };
        CHECK(plan_of(with(option.default_value)).tests.front().options.empty());
        CHECK_THAT(fault_of(with(option.highest + 1)), Contains("lies between"));
    }
}

TEST_CASE("Pairs are the standard ones in the plan and those asked for", "[exact]") {
    CHECK(pair_labels(plan_of("tests = [\"wald\", \"pearson\"]\nintervals = [\"woolf\"]")) ==
          std::vector<std::string>{"wald|odds_ratio:woolf"});
    CHECK(pair_labels(plan_of("tests = [\"wald\", \"fisher\"]\nintervals = [\"woolf\"]\n"
                              "pairs = [[\"fisher\", \"odds_ratio:woolf\"], "
                              "[\"wald\", \"odds_ratio:woolf\"]]")) ==
          std::vector<std::string>{"wald|odds_ratio:woolf", "fisher|odds_ratio:woolf"});
}

TEST_CASE("Pairs of methods that the plan lacks are refused", "[exact]") {
    const std::string lists = "tests = [\"wald\"]\nintervals = [\"woolf\"]\n";
    CHECK_THAT(fault_of(lists + "pairs = [[\"fisher\", \"odds_ratio:woolf\"]]"),
               StartsWith("rsa.toml:8: analysis.pairs[0]: \"fisher\" is not among analysis.tests"));
    CHECK_THAT(fault_of(lists + "pairs = [[\"wald\", \"odds_ratio:wolf\"]]"),
               Contains("Did you mean \"odds_ratio:woolf\"?"));
    CHECK_THAT(fault_of(lists + "pairs = [[\"wald\"]]"), Contains("a test and an interval"));
    CHECK_THAT(fault_of(lists + "pairs = [[\"wald\", \"odds_ratio:woolf\"], "
                                "[\"wald\", \"odds_ratio:woolf\"]]"),
               Contains("is in the list already"));
    CHECK_THAT(fault_of("pairs = 3"), Contains("a list of pairs"));
}
