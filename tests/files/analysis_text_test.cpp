#include "text_table.hpp"
#include "whole_plan.hpp"

#include <sstream>

#include <catch2/catch.hpp>

#include <rsasim/files/analysis_text.hpp>

using namespace rsasim;
using Catch::Matchers::Contains;

TEST_CASE("The published trial is told with titles, estimates, P-values and limits",
          "[reference]") {
    // Tacrolimus trial, 60/75 against 47/74; figures from independent programs.
    const auto text = files::analysis_to_text({{60, 75}, {47, 74}}, whole_plan(true), false);
    for (const auto* part :
         {"60/75 treated against 47/74 control", "pooled score, no correction", "2.2979", "0.0253",
          "0.0296", "1.0989", "4.8049", "95 % intervals", "rsasim methods ID"}) {
        CHECK_THAT(text, Contains(part));
    }
    CHECK_THAT(text, !Contains("nan") && !Contains("inf "));
}

TEST_CASE("A P-value that contradicts its own interval is named", "[reference]") {
    // 4/8 against 0/8: mid-P 0.03846, and a limit of exactly 1.
    const auto text = files::analysis_to_text({{4, 8}, {0, 8}}, whole_plan(), false);
    CHECK_THAT(text, Contains("fisher-midp has P = 0.0385 and rejects") && Contains("contains 1"));
}

TEST_CASE("Statuses are told in words", "[exact]") {
    const auto text = files::analysis_to_text({{0, 5}, {0, 7}}, whole_plan(), false);
    CHECK_THAT(text, Contains("at the edge"));
    CHECK_THAT(text, Contains("Without a P-value here: pearson (") && Contains("undefined"));
    CHECK_THAT(files::analysis_to_text({{4, 8}, {0, 8}}, whole_plan(), false),
               Contains("Without a P-value here: wald (at the edge)."));
}

TEST_CASE("The text fits 100 columns and names families once", "[property]") {
    const design::Table2x2 tables[] = {
        {{60, 75}, {47, 74}}, {{4, 8}, {0, 8}}, {{0, 5}, {0, 7}}, {{180, 200}, {140, 200}}};
    for (const auto& table : tables) {
        std::istringstream text(files::analysis_to_text(table, whole_plan(), false));
        for (std::string line; std::getline(text, line);)
            CHECK(files::columns_of(line) <= 100);
    }
    const auto text = files::analysis_to_text({{60, 75}, {47, 74}}, whole_plan(), false);
    const auto intervals = text.substr(text.find("intervals of the odds ratio"));
    const auto one = intervals.substr(0, intervals.find("\n\n"));
    CHECK(one.find("  mid-P\n") == one.rfind("  mid-P\n"));
}

TEST_CASE("A P-value and its interval are marked where they contradict each other", "[reference]") {
    const auto text = files::analysis_to_text({{4, 8}, {0, 8}}, whole_plan(), false);
    CHECK_THAT(text, Contains("0.0385 ≠") && Contains("at the edge ≠"));
    const auto legend = text.find("≠: ");
    const auto agreeing = files::analysis_to_text({{60, 75}, {47, 74}}, whole_plan(), false);
    CHECK(legend != std::string::npos);
    CHECK(agreeing.find("≠") == agreeing.find("≠: "));
}

TEST_CASE("The published trial loses significance with one or two more births", "[reference]") {
    // Indices of Fisher's test by whole-number arithmetic: 2 minlike, 1 central.
    const auto text = files::analysis_to_text({{60, 75}, {47, 74}}, whole_plan(), false);
    CHECK_THAT(text, Contains("1 (48/74): yates, fisher-central\n"));
    CHECK_THAT(text, Contains("2 (49/74): pearson, pearson-n1"));
}

TEST_CASE("The number needed to treat is told through infinity", "[reference]") {
    CHECK_THAT(files::analysis_to_text({{60, 75}, {47, 74}}, whole_plan(), false),
               Contains("NNTB 6.1") && Contains("NNTB 3.3 to 49.6"));
    CHECK_THAT(files::analysis_to_text({{10, 20}, {9, 20}}, whole_plan(), false),
               Contains(" to ∞ to NNTH "));
    CHECK_THAT(files::analysis_to_text({{47, 74}, {60, 75}}, whole_plan(), false),
               Contains("NNTH 3.3 to 49.6"));
    CHECK_THAT(files::analysis_to_text({{9, 20}, {9, 20}}, whole_plan(), false),
               Contains("observed rates            ∞"));
}
