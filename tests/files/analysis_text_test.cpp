#include "whole_plan.hpp"

#include <catch2/catch.hpp>

#include <rsasim/files/analysis_text.hpp>

using namespace rsasim;
using Catch::Matchers::Contains;

TEST_CASE("The published trial is told with titles, estimates, P-values and limits",
          "[reference]") {
    // Tacrolimus trial, 60/75 against 47/74; figures from independent programs.
    const auto text = files::analysis_to_text({{60, 75}, {47, 74}}, whole_plan(), false);
    for (const auto* part :
         {"60/75 treated against 47/74 control", "Pearson chi-square", "2.2979", "0.0253", "0.0296",
          "1.0989", "4.8049", "95 % intervals", "rsasim methods ID"}) {
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
    CHECK_THAT(text, Contains("undefined for this table"));
}
