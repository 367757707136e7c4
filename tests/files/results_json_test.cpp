#include "sample_results.hpp"

#include <cmath>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <rsasim/files/results_text.hpp>

using namespace rsasim;
using Json = nlohmann::ordered_json;
using summary::Engine;

namespace {

/// What a number must look like: itself, "inf", "-inf" or null.
bool says(const Json& json, double value) {
    if (std::isnan(value)) return json.is_null();
    if (std::isinf(value)) return json == (value > 0 ? "inf" : "-inf");
    return json.is_number() && json.get<double>() == value;
}

std::vector<std::string> keys_of(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items())
        keys.push_back(key);
    return keys;
}

/// Every row of the measures has its key and its number.
template <class Summary>
void check_item(const Json& json, const Summary& item, bool with_counts) {
    for (const auto& measure : summary::measures<Summary>()) {
        const std::string name(measure.name);
        INFO(name);
        if (const auto* figure = std::get_if<summary::Figure Summary::*>(&measure.member)) {
            const auto& [value, mcse] = item.**figure;
            CHECK(says(json.at(name).at("value"), value));
            CHECK(says(json.at(name).at("mcse"), mcse));
            CHECK(json.at(name).contains("status") == (std::isnan(value) || std::isnan(mcse)));
        } else if (const auto* real = std::get_if<double Summary::*>(&measure.member)) {
            CHECK(says(json.at(name), item.**real));
            if (std::isnan(item.**real)) CHECK(json.at("status").at(name) == "undefined");
        } else if (with_counts) {
            CHECK(json.at(name) == item.*std::get<std::int64_t Summary::*>(measure.member));
        } else {
            CHECK(!json.contains(name));
        }
    }
}

}  // namespace

TEST_CASE("The JSON holds every figure of every method, grouped as the contract says",
          "[property]") {
    for (const auto engine : {Engine::simulation, Engine::enumeration}) {
        const bool with_counts = engine == Engine::simulation;
        const auto results = sample::sweep(engine);
        const auto json = Json::parse(files::results_to_json(results));
        CHECK(json.at("schema") == "rsasim.results/1");
        CHECK(json.at("engine") == (with_counts ? "simulation" : "enumeration"));
        REQUIRE(json.at("cells").size() == 6);
        for (std::size_t i = 0; i < 6; ++i) {
            const auto& cell = json.at("cells").at(i);
            const auto& s = results.cells[i].summary;
            check_item(cell.at("tests").at("fisher-midp"), s.tests[2], with_counts);
            check_item(cell.at("intervals").at("odds_ratio").at("baptista-pike"), s.intervals[1],
                       with_counts);
            check_item(cell.at("intervals").at("risk_ratio").at("katz"), s.intervals[3],
                       with_counts);
            check_item(cell.at("estimators").at("risk_difference").at("sample"), s.estimators[1],
                       with_counts);
            check_item(cell.at("pairs").at("fisher|odds_ratio:baptista-pike"), s.pairs[0],
                       with_counts);
            check_item(cell.at("test_pairs").at("pearson|fisher-midp"), s.test_pairs[1],
                       with_counts);
        }
    }
}

TEST_CASE("Each pair lists the tables at which it contradicts itself", "[exact]") {
    const auto tables_of = [](Engine engine) {
        const auto json = Json::parse(files::results_to_json(sample::sweep(engine)));
        return json.at("cells")
            .at(5)
            .at("pairs")
            .at("fisher|odds_ratio:baptista-pike")
            .at("tables");
    };
    CHECK(tables_of(Engine::simulation) ==
          Json::parse(R"([{"x_treated": 0, "x_control": 3, "kind": "accept_but_excludes_null",
                           "count": 999999},
                          {"x_treated": 5, "x_control": 2, "kind": "reject_but_covers_null",
                           "count": 1}])"));
    CHECK(tables_of(Engine::enumeration).at(0).at("probability") == 0.25);
}

TEST_CASE("The parameters of a cell come in order, with the swept keys by name", "[exact]") {
    const auto json = Json::parse(files::results_to_json(sample::sweep(Engine::simulation)));
    const auto& parameters = json.at("cells").at(5).at("parameters");
    CHECK(keys_of(parameters) ==
          std::vector<std::string>{"n_treated", "n_control", "control_rate", "treated_rate",
                                   "odds_ratio", "risk_ratio", "status", "risk_difference", "alpha",
                                   "sides", "confidence", "is_null", "total", "trial_power"});
    CHECK(parameters.at("control_rate") == 0.3);
    CHECK(parameters.at("odds_ratio") == "inf");
    CHECK(parameters.at("risk_ratio").is_null());
    CHECK(parameters.at("total") == 31);
    CHECK(parameters.at("trial_power") == "ü");
    CHECK(parameters.at("is_null") == false);
    CHECK(json.at("seed") == 18'446'744'073'709'551'615U);
}

TEST_CASE("A title that is not UTF-8 does not spoil the JSON", "[property]") {
    auto results = sample::single_cell(Engine::enumeration);
    results.title = "caf\xe9";
    CHECK(Json::parse(files::results_to_json(results)).at("title") == "caf\xEF\xBF\xBD");
}
