#include "sample_results.hpp"
#include "statement_text.hpp"
#include "text_table.hpp"

#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>

#include <rsasim/files/results_text.hpp>

using namespace rsasim;
using Catch::Matchers::Contains;
using summary::Engine;

namespace {

summary::Results published_trial(Engine engine) {
    auto results = sample::single_cell(engine);
    auto& s = results.cells[0].summary;
    const bool is_exact = engine == Engine::enumeration;
    const double error = is_exact ? 0 : 0.000485;
    s.tests[0].power = {0.620347, error};
    s.tests[1].power = {0.590944, error};
    s.test_pairs[0].power_difference = {0.029403, is_exact ? 0 : 0.00017};
    for (auto& pair : s.test_pairs)
        pair.power_difference.mcse = is_exact ? 0 : 0.00017;
    s.tests[2].power = {0.61, error};
    return results;
}

/// The words with one blank between them, as if nothing had been wrapped.
std::string unwrapped(const std::string& text) {
    std::istringstream stream(text);
    std::string joined;
    for (std::string word; stream >> word;)
        joined += joined.empty() ? word : ' ' + word;
    return joined;
}

std::size_t widest_line(const std::string& text) {
    std::istringstream stream(text);
    std::size_t widest = 0;
    for (std::string line; std::getline(stream, line);) {
        widest = std::max(widest, files::columns_of(line));
    }
    return widest;
}

}  // namespace

TEST_CASE("A simulated power is shown with its error, an exact one with six decimals", "[exact]") {
    const auto simulated = files::results_to_text(published_trial(Engine::simulation), {});
    CHECK_THAT(simulated, Contains("0.6203 ± 0.0005"));
    CHECK_THAT(simulated, Contains("−0.0294 ± 0.0002"));
    CHECK_THAT(simulated, Contains("1,000,000 replicates"));
    CHECK_THAT(simulated, Contains("Monte Carlo standard error"));
    const auto exact = files::results_to_text(published_trial(Engine::enumeration), {});
    CHECK_THAT(exact, Contains("0.620347"));
    CHECK_THAT(exact, !Contains("±"));
}

TEST_CASE("The text tells the design in words and the methods by their titles", "[exact]") {
    const auto text = files::results_to_text(published_trial(Engine::simulation), {});
    for (const auto* part : {"Tacrolimus in récidive", "75 women treated, 74 control",
                             "odds ratio 2.2981", "alpha 0.05, two-sided; 95 % intervals",
                             "Pearson chi-square", "intervals of the odds ratio", "truth"}) {
        CHECK_THAT(text, Contains(part));
    }
    CHECK_THAT(text, !Contains("\x1b["));
    CHECK_THAT(text, !Contains("nan"));
}

TEST_CASE("An error of the first kind is not called power", "[exact]") {
    auto results = published_trial(Engine::simulation);
    results.cells[0].parameters.is_null = summary::InNull::yes;
    CHECK_THAT(files::results_to_text(results, {}), Contains("type I error"));
}

TEST_CASE("Colour appears only where it is asked for", "[exact]") {
    files::TextOptions options;
    options.use_colour = true;
    CHECK_THAT(files::results_to_text(published_trial(Engine::simulation), options),
               Contains("\x1b[1m"));
}

TEST_CASE("A long sweep is one line a cell and says where the rest is", "[exact]") {
    files::TextOptions options;
    options.most_cells = 5;
    const auto text = files::results_to_text(sample::sweep(Engine::enumeration), options);
    CHECK_THAT(text, Contains("6 cells") && Contains("--csv") && Contains("pearson"));
    CHECK_THAT(text, !Contains("Cell 0 of"));
    options.most_cells = 6;
    CHECK_THAT(files::results_to_text(sample::sweep(Engine::enumeration), options),
               Contains("Cell 5 of 0 to 5: control_rate = 0.3, odds_ratio = inf"));
}

TEST_CASE("Tables fit the terminal and name the columns that do not", "[property]") {
    auto results = sample::sweep(Engine::enumeration);
    files::TextOptions options{false, 80, 2};
    CHECK(widest_line(files::results_to_text(results, options)) <= 80);
    CHECK(widest_line(
              files::results_to_text(published_trial(Engine::simulation), {false, 80, 2})) <= 80);
    options.width = 60;
    CHECK_THAT(files::results_to_text(results, options), Contains("No room for"));
    CHECK(widest_line(files::results_to_text(sample::wide(), {false, 72, 12})) <= 72);
}

TEST_CASE("Every label of the results is printed though the catalogue may not know it",
          "[property]") {
    auto results = published_trial(Engine::simulation);
    results.tests[2] = "unheard-of[x=1]";
    CHECK_THAT(files::results_to_text(results, {}), Contains("unheard-of[x=1]"));
}

TEST_CASE("A single cell names the tables at which a pair contradicts itself", "[exact]") {
    const auto text = files::results_to_text(sample::single_cell(Engine::simulation), {});
    CHECK_THAT(text, Contains("fisher rejects and odds_ratio:baptista-pike covers at 75 v 2 "
                              "(1.0e-06)."));
    CHECK_THAT(text, Contains("fisher accepts and odds_ratio:baptista-pike excludes at 0 v 3 "
                              "(1.0000)."));
    CHECK_THAT(files::results_to_text(sample::sweep(Engine::simulation), {}),
               !Contains("Where they do"));
}

TEST_CASE("An unfinished run is called so", "[exact]") {
    auto results = published_trial(Engine::simulation);
    results.is_complete = false;
    CHECK_THAT(files::results_to_text(results, {}), Contains("NOT COMPLETE"));
}

TEST_CASE("The text states hypotheses, definitions and one sentence of summary", "[exact]") {
    const auto text = unwrapped(files::results_to_text(published_trial(Engine::enumeration), {}));
    CHECK_THAT(text, Contains("H0: equal event rates; H1: different event rates"));
    CHECK_THAT(text, Contains("Pearson chi-square rejects H0 with probability 0.620347"));
    CHECK_THAT(text, Contains("pearson: pooled score, no correction"));
    const auto simulated =
        unwrapped(files::results_to_text(published_trial(Engine::simulation), {}));
    CHECK_THAT(simulated, Contains("rejects H0 with probability 0.6203 ± 0.0005"));
}

TEST_CASE("The hypotheses have the side, the margin or the margins of the tests", "[exact]") {
    auto results = published_trial(Engine::enumeration);
    auto& p = results.cells[0].parameters;
    const auto hypotheses = [&] { return files::hypotheses_of(results, p); };
    p.sides = 1;
    CHECK(hypotheses() == "H0: treated rate at most the control rate; H1: higher than it");
    results.direction = design::Direction::lower_is_better;
    CHECK(hypotheses() == "H0: treated rate at least the control rate; H1: lower than it");
    results.null_kind = summary::NullKind::margin;
    results.null_measure = design::Measure::risk_difference;
    p.null_value = 0.1;
    CHECK(hypotheses() == "H0: risk difference at least 0.1; H1: risk difference below it");
    results.direction = design::Direction::higher_is_better;
    p.null_value = -0.1;
    CHECK(hypotheses() == "H0: risk difference at most -0.1; H1: risk difference above it");
    results.null_kind = summary::NullKind::equivalence;
    p.equivalence_lower = -0.1;
    p.equivalence_upper = 0.1;
    CHECK(hypotheses() ==
          "H0: risk difference not between -0.1 and 0.1; H1: risk difference between them");
}

TEST_CASE("The summary says which test rejects most often and that a null is true", "[exact]") {
    auto results = published_trial(Engine::enumeration);
    auto& tests = results.cells[0].summary.tests;
    tests[1].power = {0.7, 0};
    const auto sentence = files::summary_sentence(results, 0);
    CHECK_THAT(sentence, Contains("of 3 tests the one that rejects most often, 0.700000"));
    results.cells[0].parameters.is_null = summary::InNull::yes;
    CHECK_THAT(files::summary_sentence(results, 0), Contains("rejects H0, which is true,"));
    results.tests.clear();
    CHECK_THAT(files::summary_sentence(results, 0), Contains("contains the truth"));
    results.intervals.clear();
    CHECK(files::summary_sentence(results, 0).empty());
}
