#include "patient_reading.hpp"

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;

namespace {

void check_round_trip(const Scenario& first) {
    INFO(first.resolved);
    const Scenario second = read_women(first.resolved);
    CHECK(first.sha256 == second.sha256);
    CHECK(first.resolved == second.resolved);
    REQUIRE(first.grid.axes.size() == second.grid.axes.size());
    for (std::size_t i = 0; i < first.grid.axes.size(); ++i)
        CHECK(first.grid.axes[i].name == second.grid.axes[i].name);
    REQUIRE(first.grid.cells.size() == second.grid.cells.size());
    for (std::size_t i = 0; i < first.grid.cells.size(); ++i) {
        const auto& a = first.grid.cells[i].design;
        const auto& b = second.grid.cells[i].design;
        CHECK(a.model_text() == b.model_text());
        CHECK(*a.patients() == *b.patients());
        CHECK(a.analysis() == b.analysis());
        CHECK(a.sizes() == b.sizes());
    }
}

}  // namespace

TEST_CASE("A resolved scenario of women gives the same run by itself", "[property]") {
    for (const std::string& path : shipped_women()) {
        INFO(path);
        CHECK(faults_of_women(file_text(path)) == std::vector<std::string>{});
        check_round_trip(read_women(file_text(path)));
    }
    check_round_trip(read_women(arms + "[allocation]\nscheme = \"big-stick\"\nlimit = 2\n",
                                {{"--total", "20"}, {"--set", "allocation.limit=1:3:1"}}));
    check_round_trip(read_women(
        arms + "[centres]\nnumber = 3\nsd = 0.3\n[adherence]\ntreated = 0.9\n"
               "effects = { \"centre = 2\" = -0.5 }\n[analysis]\nsets = [[\"per-protocol\", "
               "\"centre = 1\"]]\ntests = [\"rerandomisation[draws=199]\", \"wald\", \"fisher\"]\n"
               "[simulation]\ncontrol_variate = false\n",
        {{"--set", "adherence.effects.centre = 2=-0.5,0.5"}}));
}

TEST_CASE("Mutated scenarios of women are read or refused, nothing else", "[property]") {
    std::uint32_t state = 20230313;
    const auto below = [&state](std::size_t bound) {
        state = state * 1664525U + 1013904223U;
        return static_cast<std::size_t>(state >> 8U) % bound;
    };
    const std::vector<std::string> marks{"[",   "]",  "[[",   "{",           "}",   "=",
                                         ".",   ",",  "\"",   "\n",          "-1",  "0",
                                         "1e9", "> ", "name", "[[stage]]\n", "age", "@"};
    int refused = 0;
    int read_well = 0;
    for (const std::string& path : shipped_women()) {
        const std::string original = file_text(path);
        for (int i = 0; i < 150; ++i) {
            std::string text = original;
            const std::size_t at = below(text.size());
            if (i % 2 == 0)
                text.erase(at, 1 + below(12));
            else
                text.insert(at, marks[below(marks.size())]);
            INFO(text);
            try {
                if (read_women(text).grid.cells.empty()) FAIL("a scenario without cells");
                ++read_well;
            } catch (const InputErrors& errors) {
                if (errors.messages().empty()) FAIL("a refusal without a reason");
                ++refused;
            }
        }
    }
    CHECK(read_well > 50);
    CHECK(refused > 50);
}
