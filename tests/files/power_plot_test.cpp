#include "sample_results.hpp"

#include <algorithm>
#include <limits>
#include <sstream>

#include <catch2/catch.hpp>

#include <rsasim/files/power_plot.hpp>

using namespace rsasim;

namespace {

constexpr std::size_t frame = 7;  // "  1.0 |"

/// Total sizes at unequal distances, two tests.
summary::Results along_totals(const std::vector<std::int64_t>& totals,
                              const std::vector<double>& pearson,
                              const std::vector<double>& fisher) {
    auto results = sample::single_cell(summary::Engine::simulation);
    results.axes = {{"total", {{"arms.total", "total", totals}}}};
    results.tests = {"pearson", "fisher"};
    const auto cell = results.cells.front();
    results.cells.clear();
    for (std::size_t i = 0; i < totals.size(); ++i) {
        results.cells.push_back(cell);
        auto& tests = results.cells.back().summary.tests;
        tests.resize(2);
        tests[0].power.value = pearson[i];
        tests[1].power.value = fisher[i];
    }
    return results;
}

std::vector<std::string> lines_of_plot(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// The columns at which a line of the plot has a mark, and which.
std::string mark_at(const std::string& line, std::size_t column) {
    return line.substr(frame + column, 1);
}

}  // namespace

TEST_CASE("Each mark of the power plot stands at its power and its place on the axis", "[exact]") {
    // The axis is 50 columns wide, from 20 in column 0 to 118 in column 49: two a column.
    const auto text = files::power_plot(
        along_totals({20, 24, 60, 118}, {0.05, 0.3, 0.62, 1.0}, {0, 0.3, 0.5, 0.94}), 60);
    const auto lines = lines_of_plot(text);
    // Line 0 is the title, line 1 power 1, line 21 power 0, each line 0.05.
    CHECK(lines[1].substr(0, frame) == "  1.0 |");
    CHECK(lines[11].substr(0, frame) == "      |");
    CHECK(lines[13].substr(0, frame) == "  0.4 |");
    CHECK(lines[21].substr(0, frame) == "  0.0 |");
    CHECK(mark_at(lines[20], 0) == "A");   // 0.05 at 20
    CHECK(mark_at(lines[21], 0) == "B");   // 0 at 20
    CHECK(mark_at(lines[15], 2) == "*");   // both 0.3 at 24
    CHECK(mark_at(lines[9], 20) == "A");   // 0.62, nearest to 0.6, at 60
    CHECK(mark_at(lines[11], 20) == "B");  // 0.5 at 60
    CHECK(mark_at(lines[1], 49) == "A");   // 1 at 118
    CHECK(mark_at(lines[2], 49) == "B");   // 0.94, nearest to 0.95, at 118
    std::size_t marks = 0;
    for (std::size_t row = 1; row <= 21; ++row) {
        const auto drawn = lines[row].substr(frame);
        marks += static_cast<std::size_t>(
            std::count_if(drawn.begin(), drawn.end(), [](char c) { return c != ' '; }));
    }
    CHECK(marks == 7);
    CHECK_THAT(lines[23], Catch::Matches(" {7}20 {45}118"));
    CHECK_THAT(text, Catch::Contains("A Pearson") && Catch::Contains("B Fisher") &&
                         Catch::Contains("* several tests"));
}

TEST_CASE("The power plot leaves out what is no probability", "[exact]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto text = files::power_plot(along_totals({10, 20}, {nan, 0.5}, {-0.1, 1.2}), 60);
    const auto lines = lines_of_plot(text);
    std::string drawn;
    for (std::size_t row = 1; row <= 21; ++row)
        drawn += lines[row].substr(frame);
    CHECK(std::count(drawn.begin(), drawn.end(), 'A') == 1);
    CHECK(std::count(drawn.begin(), drawn.end(), 'B') == 0);
    CHECK(std::count(drawn.begin(), drawn.end(), '*') == 0);
}

TEST_CASE("A single cell gives a bar a test whose length is its power", "[exact]") {
    auto results = sample::single_cell(summary::Engine::enumeration);
    results.tests = {"pearson", "fisher"};
    results.cells.front().summary.tests.resize(2);
    results.cells.front().summary.tests[0].power.value = 0.5;
    results.cells.front().summary.tests[1].power.value = 0.0375;
    const auto text = files::power_plot(results, 80);
    CHECK_THAT(text,
               Catch::Contains("|" + std::string(25, '#') + std::string(25, ' ') + "| 0.5000\n"));
    CHECK_THAT(text, Catch::Contains("|##" + std::string(48, ' ') + "| 0.0375\n"));
}

TEST_CASE("Without tests there is no power to draw", "[exact]") {
    auto results = sample::single_cell(summary::Engine::simulation);
    results.tests.clear();
    CHECK(files::power_plot(results, 80) == "There is no power to draw.\n");
}
