#include "whole_plan.hpp"

#include <cmath>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <rsasim/files/analysis_text.hpp>

using namespace rsasim;
using Json = nlohmann::ordered_json;

namespace {

bool is_number(const Json& json) {
    return json.is_number() || json == "inf" || json == "-inf";
}

bool is_status(const Json& json) {
    return json == "ok" || json == "degenerate" || json == "undefined" || json == "not_converged" ||
           json == "too_large";
}

/// The form of the contract: whatever is null has a status beside it.
void check_form(const Json& json) {
    for (const auto& [id, test] : json.at("tests").items()) {
        INFO(id);
        CHECK(is_status(test.at("status")));
        CHECK(is_number(test.at("p_value")) == (test.at("status") == "ok"));
        for (const auto* key : {"statistic", "p_value_greater", "p_value_less"}) {
            CHECK((test.at(key).is_null() || is_number(test.at(key))));
        }
    }
    for (const auto* measure : {"odds_ratio", "risk_difference", "risk_ratio"}) {
        for (const auto& [id, interval] : json.at("intervals").at(measure).items()) {
            INFO(measure << " " << id);
            const bool has_limits =
                interval.at("status") == "ok" || interval.at("status") == "degenerate";
            CHECK(is_status(interval.at("status")));
            CHECK(is_number(interval.at("lower")) == has_limits);
            CHECK(is_number(interval.at("upper")) == has_limits);
        }
        const auto& estimates = json.at("estimates").at(measure);
        for (const auto& [id, estimate] : estimates.items()) {
            if (id == "status") continue;
            INFO(measure << " " << id);
            CHECK((is_number(estimate) || is_status(estimates.at("status").at(id))));
        }
    }
}

}  // namespace

TEST_CASE("The published trial has the odds ratio and P-values of its paper in JSON",
          "[reference]") {
    // Tacrolimus trial, 60/75 against 47/74; figures from independent programs.
    const auto json = Json::parse(files::analysis_to_json({{60, 75}, {47, 74}}, whole_plan(true)));
    CHECK(json.at("schema") == "rsasim.analyze/1");
    CHECK(json.at("table").at("treated").at("events") == 60);
    CHECK(json.at("table").at("control").at("n") == 74);
    CHECK(json.at("estimates").at("odds_ratio").at("sample").get<double>() ==
          Approx(1620.0 / 705).epsilon(1e-12));
    CHECK(json.at("tests").at("pearson").at("p_value").get<double>() ==
          Approx(0.025325).margin(5e-7));
    CHECK(json.at("tests").at("fisher").at("p_value").get<double>() ==
          Approx(0.029612).margin(5e-7));
    const auto& woolf = json.at("intervals").at("odds_ratio").at("woolf");
    CHECK(woolf.at("lower").get<double>() == Approx(1.098924).margin(5e-7));
    CHECK(woolf.at("upper").get<double>() == Approx(4.804899).margin(5e-7));
    check_form(json);
}

TEST_CASE("The JSON says of each method what it is and how fragile its verdict", "[reference]") {
    const auto json = Json::parse(files::analysis_to_json({{60, 75}, {47, 74}}, whole_plan()));
    const auto& fisher = json.at("tests").at("fisher");
    CHECK(fisher.at("family") == "exact conditional");
    CHECK(!fisher.at("brief").get<std::string>().empty());
    CHECK(fisher.at("fragility_index") == 2);  // by whole-number arithmetic
    CHECK(fisher.at("fragility_status") == "ok");
    CHECK(json.at("fragility").at("arm") == "control");
    CHECK(json.at("fragility").at("lost").at(0) ==
          Json::parse(R"({"changes": 1, "events": 48, "tests": ["yates", "fisher-central"]})"));
    CHECK(json.at("contradictions").empty());
    const auto& number = json.at("number_needed_to_treat");
    CHECK(number.at("direction") == "higher-is-better");
    CHECK(number.at("estimate").at("benefit").at("from").get<double>() ==
          Approx(1 / (60.0 / 75 - 47.0 / 74)));
    // 1 / 0.301104 and 1 / 0.020174: Newcombe's limits from independent programs.
    const auto& newcombe = number.at("intervals").at("newcombe");
    CHECK(newcombe.at("benefit").at("from").get<double>() == Approx(1 / 0.301104).epsilon(1e-4));
    CHECK(newcombe.at("benefit").at("to").get<double>() == Approx(1 / 0.020174).epsilon(1e-4));
    CHECK(newcombe.at("harm").is_null());
}

TEST_CASE("A contradiction is in the JSON with its numbers", "[reference]") {
    const auto json = Json::parse(files::analysis_to_json({{4, 8}, {0, 8}}, whole_plan()));
    REQUIRE(json.at("contradictions").size() == 1);
    const auto& one = json.at("contradictions").at(0);
    CHECK(one.at("test") == "fisher-midp");
    CHECK(one.at("interval") == "odds_ratio:baptista-pike-midp");
    CHECK(one.at("rejects") == true);
    CHECK(one.at("lower") == 1);
    CHECK(one.at("upper") == "inf");
    CHECK(json.at("tests").at("wald").at("fragility_status") == "not_significant");
    CHECK(Json::parse(files::analysis_to_json({{8, 8}, {40, 100}}, whole_plan()))
              .at("tests")
              .at("fisher")
              .at("fragility_status") == "never_lost");
    CHECK(Json::parse(files::analysis_to_json({{6000, 9000}, {4000, 9000}}, whole_plan()))
              .at("tests")
              .at("pearson")
              .at("fragility_status") == "too_large");
}

TEST_CASE("Degenerate tables give statuses and well-formed JSON", "[property]") {
    const design::Table2x2 tables[] = {{{0, 1}, {0, 1}}, {{1, 1}, {1, 1}},   {{1, 1}, {0, 1}},
                                       {{0, 5}, {0, 7}}, {{5, 5}, {7, 7}},   {{0, 5}, {7, 7}},
                                       {{0, 9}, {3, 8}}, {{9, 9}, {3, 1000}}};
    for (const auto& table : tables) {
        INFO(table.treated.events << "/" << table.treated.n << " " << table.control.events << "/"
                                  << table.control.n);
        check_form(Json::parse(files::analysis_to_json(table, whole_plan())));
        CHECK(!files::analysis_to_text(table, whole_plan(), false).empty());
    }
}
