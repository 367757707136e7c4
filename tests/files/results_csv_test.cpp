#include "sample_results.hpp"

#include <algorithm>
#include <sstream>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <rsasim/files/results_text.hpp>

using namespace rsasim;
using summary::Engine;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

}  // namespace

TEST_CASE("The CSV has a row for each figure of each method in each cell", "[exact]") {
    const auto results = sample::sweep(Engine::simulation);
    const auto lines = lines_of(files::results_to_csv(results));
    CHECK(lines.front() ==
          "control_rate,odds_ratio,total,trial_power,n_treated,n_control,treated_rate,risk_ratio,"
          "risk_difference,alpha,sides,confidence,is_null,replicates,kind,method,measure,value,"
          "mcse");
    const std::size_t in_a_cell = 3 * summary::measures<summary::TestSummary>().size() +
                                  4 * summary::measures<summary::IntervalSummary>().size() +
                                  2 * summary::measures<summary::EstimatorSummary>().size() +
                                  1 * summary::measures<summary::PairSummary>().size() +
                                  3 * summary::measures<summary::TestPairSummary>().size();
    CHECK(lines.size() == 1 + 6 * in_a_cell);
    CHECK_THAT(lines[1], Catch::StartsWith("0.1,1,10,a,5,4,0.1,,0.25,0.05,1,0.95,1,1000000,test,"
                                           "pearson,n_reject,"));
    for (const auto& line : lines)
        CHECK(std::ranges::count(line, ',') == 18);
}

TEST_CASE("Figures of the CSV are at full precision", "[exact]") {
    const auto results = sample::single_cell(Engine::enumeration);
    const auto& power = results.cells[0].summary.tests[1].power;
    const auto csv = files::results_to_csv(results);
    CHECK_THAT(csv, Catch::Contains(fmt::format(",fisher,power,{},0\n", power.value)));
    CHECK_THAT(csv, !Catch::Contains("n_reject"));
    CHECK_THAT(csv, !Catch::Contains("nan"));
}

TEST_CASE("A label with a comma or a quote is quoted", "[exact]") {
    auto results = sample::single_cell(Engine::enumeration);
    results.tests[0] = "boschloo[a=1,b=\"2\"]";
    CHECK_THAT(files::results_to_csv(results),
               Catch::Contains(",\"boschloo[a=1,b=\"\"2\"\"]\",power,"));
}
