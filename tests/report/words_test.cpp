#include "words.hpp"

#include "sample_results.hpp"

#include <catch2/catch.hpp>

using namespace rsasim;

namespace {

/// 120 women, the second cell with an effect and a power of 0.8125.
summary::Results with_an_effect() {
    auto results = sample::single_cell(summary::Engine::simulation);
    results.axes = {{"odds_ratio", {{"arms.odds_ratio", "odds_ratio", std::vector<double>{1, 2}}}}};
    results.cells.push_back(results.cells.front());
    results.cells[0].parameters.is_null = summary::InNull::yes;
    auto& p = results.cells[1].parameters;
    p.is_null = summary::InNull::no;
    p.n_treated = 80;
    p.n_control = 40;
    p.treated_rate = 0.75;
    p.control_rate = 0.6;
    p.odds_ratio = 2;
    p.risk_difference = 0.15;
    p.alpha = 0.025;
    p.sides = 1;
    results.null_kind = summary::NullKind::no_effect;
    results.cells[1].replicates = 40'000;
    results.cells[1].summary.tests[0].power = {0.8125, 0.00195};
    results.outcome = "healthy <newborn>";
    return results;
}

std::string words_of(const summary::Results& results) {
    const report::Samples samples;
    return report::design_html({results, samples, 0.8, "x.h5"});
}

}  // namespace

TEST_CASE("The paragraph for a protocol says the numbers of the first cell with an effect",
          "[exact]") {
    const auto words = words_of(with_an_effect());
    for (
        const auto* part :
        {"120 women are to be randomised, 80 to the treated and 40 to the control arm",
         "The outcome is healthy &lt;newborn&gt;.",
         "rates of 0.75 under treatment and 0.6 under control (odds ratio 2, risk difference 0.15)",
         "Pearson", "at a one-sided significance level of 0.025", "rejects with probability 0.8125",
         "simulation of 40000 trials, Monte Carlo standard error 0.0019",
         "2 designs were studied: all combinations of odds ratio (2 values)"}) {
        CHECK_THAT(words, Catch::Contains(part));
    }
}

TEST_CASE("The paragraph says when its power is exact, and names a margin", "[exact]") {
    auto results = with_an_effect();
    results.engine = summary::Engine::enumeration;
    results.null_kind = summary::NullKind::margin;
    results.null_measure = design::Measure::risk_difference;
    results.cells[1].parameters.null_value = -0.1;
    const auto words = words_of(results);
    CHECK_THAT(words, Catch::Contains("(exact, by enumeration)") &&
                          !Catch::Contains("Monte Carlo") &&
                          Catch::Contains("against the margin risk_difference = -0.1"));
}

TEST_CASE("The paragraph says how many outcomes are lost, how they count, and the rates before",
          "[exact]") {
    auto results = with_an_effect();
    results.characteristics = {"missing:treated", "missing:control"};
    for (auto& cell : results.cells)
        cell.summary.characteristics.resize(2);
    results.cells[1].summary.characteristics[0].mean_value = {0.0763, 0.001};
    results.cells[1].summary.characteristics[1].mean_value = {0.125, 0.001};
    results.tests.push_back("logistic");
    for (auto& cell : results.cells)
        cell.summary.tests.resize(results.tests.size());
    results.cells[1].summary.tests.back().power = {0.9375, 0.001};
    report::Samples samples;
    samples.lost = {{0.8, 0.65}, design::Handling::failure};
    samples.adjusted_test = "logistic";
    const auto words = report::design_html({results, samples, 0.8, "x.h5"});
    for (const auto* part :
         {"rates of 0.8 under treatment and 0.65 under control were every outcome known",
          "outcomes of 7.63 % and 12.5 % that are missing and counted as no event",
          "the 2x2 table has rates of 0.75 under treatment and 0.6 under control",
          "rejects with probability 0.8125", "the adjusted test", "with probability 0.9375"}) {
        CHECK_THAT(words, Catch::Contains(part));
    }
    CHECK_THAT(words_of(results),
               !Catch::Contains("missing") && !Catch::Contains("the adjusted test"));
}

TEST_CASE("Where every cell is under the null the paragraph is about the first", "[exact]") {
    auto results = with_an_effect();
    results.cells[1].parameters.is_null = summary::InNull::yes;
    results.cells[0].parameters.n_treated = 7;
    results.cells[0].parameters.n_control = 6;
    const auto words = words_of(results);
    CHECK_THAT(words, Catch::Contains("13 women are to be randomised"));
    CHECK_THAT(words, Catch::Contains("the first: none has an effect") &&
                          !Catch::Contains("the first with an effect"));
}

TEST_CASE("Text for HTML keeps no character that markup uses", "[exact]") {
    CHECK(report::escaped("<a href=\"x\">'&</a>") ==
          "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&lt;/a&gt;");
    CHECK(report::escaped("Gebärende ✓ \u202e") == "Gebärende ✓ \u202e");
}
