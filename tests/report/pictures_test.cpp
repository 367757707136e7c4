#include "pictures.hpp"

#include "sample_results.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

using namespace rsasim;
using report::Json;

namespace {

std::map<std::string, Json> specifications(const summary::Results& results,
                                           const report::Samples& samples = {}) {
    std::map<std::string, Json> all;
    for (const auto& [name, text] : report::vega_lite_files({results, samples, 0.8, "x.h5"}))
        all.emplace(name, Json::parse(text));
    return all;
}

bool same_number(const Json& shown, double value) {
    if (!std::isfinite(value)) return shown.is_null();
    return shown.is_number() &&
           std::abs(shown.get<double>() - value) <= 6e-5 * std::max(std::abs(value), 1e-300);
}

}  // namespace

TEST_CASE("The power picture holds every power of the results at its place in the sweep",
          "[exact]") {
    const auto results = sample::sweep(summary::Engine::simulation);
    const auto rows = specifications(results).at("power.vl.json")["data"]["values"];
    REQUIRE(rows.size() == results.cells.size() * results.tests.size());
    const auto axes = files::shown_axes(results);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto cell = i / results.tests.size(), test = i % results.tests.size();
        CHECK(rows[i]["cell"] == cell);
        CHECK(rows[i]["m"] == files::test_title(results.tests[test]));
        CHECK(same_number(rows[i]["power"], results.cells[cell].summary.tests[test].power.value));
        // Two rates times three steps, the steps moving fastest.
        CHECK(rows[i]["i0"] == cell / 3);
        CHECK(rows[i]["i1"] == cell % 3);
        CHECK(rows[i]["a0"] == std::get<double>(axes[0].values[cell / 3]));
        CHECK(rows[i]["a1"] == std::get<std::string>(axes[1].values[cell % 3]));
    }
}

TEST_CASE("The pictures of intervals hold coverage, misses and widths of the results", "[exact]") {
    const auto results = sample::sweep(summary::Engine::simulation);
    const auto all = specifications(results);
    const auto misses = all.at("misses.vl.json")["data"]["values"];
    const auto widths = all.at("widths.vl.json")["data"]["values"];
    const auto count = results.intervals.size();
    REQUIRE(misses.size() == results.cells.size() * count);
    REQUIRE(widths.size() == misses.size());
    for (std::size_t i = 0; i < misses.size(); ++i) {
        const auto& one = results.cells[i / count].summary.intervals[i % count];
        CHECK(same_number(misses[i]["coverage"], one.coverage.value));
        CHECK(same_number(misses[i]["below"], one.miss_below.value));
        CHECK(same_number(misses[i]["above"], one.miss_above.value));
        CHECK(same_number(widths[i]["q05"], one.width_q05.value));
        CHECK(same_number(widths[i]["q50"], one.width_q50.value));
        CHECK(same_number(widths[i]["q95"], one.width_q95.value));
        const bool is_difference = results.intervals[i % count].rfind("risk_difference", 0) == 0;
        CHECK(widths[i]["scale"] == (is_difference ? "differences" : "log ratios"));
    }
}

TEST_CASE("The audit holds both contradictions of every pair in every cell", "[exact]") {
    const auto results = sample::sweep(summary::Engine::simulation);
    const auto rows = specifications(results).at("audit.vl.json")["data"]["values"];
    REQUIRE(rows.size() == results.cells.size() * 2);
    for (std::size_t c = 0; c < results.cells.size(); ++c) {
        const auto& pair = results.cells[c].summary.pairs.front();
        CHECK(same_number(rows[2 * c]["share"], pair.reject_but_covers_null.value));
        CHECK(same_number(rows[2 * c + 1]["share"], pair.accept_but_excludes_null.value));
    }
}

TEST_CASE("Single trials are drawn as logarithms of ratios and as they are for differences",
          "[exact]") {
    const auto results = sample::sweep(summary::Engine::simulation);
    const double infinite = std::numeric_limits<double>::infinity();
    report::Samples samples;
    samples.intervals = {{0, "odds_ratio:woolf", 0, 0.5, 8, 2},
                         {0, "odds_ratio:woolf", 1, 4, infinite, 2},
                         {0, "risk_difference:wald", 0, -0.1, 0.3, 0.35}};
    const auto rows = specifications(results, samples).at("zip.vl.json")["data"]["values"];
    REQUIRE(rows.size() == 3);
    CHECK(same_number(rows[0]["lower"], -0.693147180559945));
    CHECK(same_number(rows[0]["upper"], 2.07944154167984));
    CHECK(same_number(rows[0]["truth"], 0.693147180559945));
    CHECK(rows[0]["covers"] == "yes");
    CHECK(rows[0]["bounded"] == "yes");
    CHECK(rows[1]["covers"] == "no");
    CHECK(rows[1]["bounded"] == "no");
    CHECK(same_number(rows[2]["lower"], -0.1));
    CHECK(same_number(rows[2]["truth"], 0.35));
    CHECK(rows[2]["covers"] == "no");
}

TEST_CASE("Which pictures there are follows from what the results hold", "[exact]") {
    auto results = sample::sweep(summary::Engine::simulation);
    const auto whole = specifications(results);
    for (const auto* name :
         {"power", "heat-map", "coverage", "coverage-rate", "misses", "widths", "audit"})
        CHECK(whole.count(std::string(name) + ".vl.json") == 1);
    CHECK(whole.count("zip.vl.json") == 0);
    results.tests.clear();
    results.pairs.clear();
    const auto intervals_only = specifications(results);
    CHECK(intervals_only.count("power.vl.json") == 0);
    CHECK(intervals_only.count("audit.vl.json") == 0);
    CHECK(intervals_only.count("coverage.vl.json") == 1);
}
