#include "reading.hpp"

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

std::string fault_of(const std::string& sweep) {
    const auto messages = faults_of(arms + "[sweep]\n" + sweep + "\n");
    REQUIRE(messages.size() == 1);
    return messages.front();
}

}  // namespace

TEST_CASE("A sweep is the product of its axes in the order of the source", "[exact]") {
    const Scenario scenario = read(arms +
                                   "[sweep]\n\"simulation.replicates\" = [10, 20]\n"
                                   "\"arms.control_rate\" = { from = 0.3, to = 0.7, step = 0.2 }\n"
                                   "\"analysis.alpha\" = [0.05, 0.01]\n");
    const auto& grid = scenario.grid;
    REQUIRE(grid.axes.size() == 3);
    CHECK(grid.axes[0].name == "replicates");
    CHECK(grid.axes[1].name == "control_rate");
    CHECK(grid.axes[1].keys[0].path == "arms.control_rate");
    CHECK(grid.axes[2].name == "alpha");
    REQUIRE(grid.cells.size() == 12);
    for (std::size_t cell = 0; cell < 12; ++cell) {
        const auto position = grid.position_of(cell);
        CHECK(position == std::vector<std::size_t>{cell / 6, cell / 2 % 3, cell % 2});
        CHECK(grid.cells[cell].replicates == (position[0] == 0 ? 10 : 20));
        CHECK(grid.cells[cell].design.rates().control == std::vector{0.3, 0.5, 0.7}[position[1]]);
        CHECK(grid.cells[cell].design.analysis().alpha == (position[2] == 0 ? 0.05 : 0.01));
    }
}

TEST_CASE("Cells with the same analyses share one plan", "[property]") {
    const auto grid = read(arms + "[sweep]\n\"arms.control_rate\" = [0.1, 0.2]\n").grid;
    CHECK(&grid.cells[0].design.analysis() == &grid.cells[1].design.analysis());
}

TEST_CASE("Zipped keys move together along one axis", "[exact]") {
    const Scenario scenario = read(arms +
                                   "[[sweep.zip]]\n\"arms.control_rate\" = [0.5, 0.6]\n"
                                   "\"arms.odds_ratio\" = [2, 3]\n"
                                   "[sweep]\n\"analysis.alpha\" = [0.05, 0.01]\n"
                                   "[[sweep.zip]]\n\"simulation.replicates\" = [1, 2, 3]\n"
                                   "\"analysis.confidence\" = [0.9, 0.95, 0.99]\n");
    const auto& grid = scenario.grid;
    REQUIRE(grid.axes.size() == 3);
    CHECK(grid.axes[0].name == "zip");
    CHECK(grid.axes[0].keys[1].name == "odds_ratio");
    CHECK(grid.axes[1].name == "alpha");
    CHECK(grid.axes[2].name == "zip_2");
    CHECK(grid.cells.size() == 12);
    const auto& last = grid.cells.back();
    CHECK(last.replicates == 3);
    CHECK(last.design.analysis().confidence == 0.99);
    CHECK(last.design.rates().control == 0.6);
    CHECK(last.design.truth(design::Measure::odds_ratio) == Approx(3).epsilon(1e-12));
}

TEST_CASE("Arm sizes sweep as tables, or one arm alone", "[exact]") {
    const auto tables = read(arms +
                             "[sweep]\n\"arms.n\" = [{ treated = 75, control = 74 }, "
                             "{ control = 8, treated = 9 }]\n")
                            .grid;
    REQUIRE(tables.axes.size() == 1);
    CHECK(tables.axes[0].name == "zip");
    CHECK(tables.axes[0].keys[0].name == "n_treated");
    CHECK(std::get<std::vector<std::int64_t>>(tables.axes[0].keys[1].values) ==
          std::vector<std::int64_t>{74, 8});
    CHECK(tables.cells[1].design.sizes() == design::ArmSizes{9, 8});
    const auto one =
        read(arms + "[sweep]\n\"arms.n.treated\" = { from = 10, to = 30, step = 10 }\n").grid;
    CHECK(one.axes[0].name == "n_treated");
    CHECK(one.cells[2].design.sizes() == design::ArmSizes{30, 74});
}

TEST_CASE("Swept keys may be written without quotes", "[exact]") {
    const auto grid = read(arms +
                           "[sweep]\narms.total = [20, 40]\nanalysis.alpha = "
                           "{ from = 0.01, to = 0.05, step = 0.02 }\n")
                          .grid;
    REQUIRE(grid.axes.size() == 2);
    CHECK(grid.axes[0].name == "total");
    CHECK(grid.cells.size() == 6);
}

TEST_CASE("A sweep of the ratio splits each total anew", "[exact]") {
    const auto grid = read(arms +
                           "[sweep]\n\"arms.total\" = [30, 60]\n"
                           "\"arms.ratio\" = [[1, 1], [2, 1]]\n")
                          .grid;
    REQUIRE(grid.axes.size() == 2);
    CHECK(grid.axes[1].name == "ratio");
    CHECK(grid.cells[1].design.sizes() == design::ArmSizes{20, 10});
    CHECK(grid.cells[2].design.sizes() == design::ArmSizes{30, 30});
}

TEST_CASE("A malformed sweep is refused", "[exact]") {
    CHECK_THAT(fault_of("\"arms.odds\" = [1, 2]"),
               StartsWith("rsa.toml:6: arms.odds = [1, 2] is not a known key."));
    CHECK_THAT(fault_of("odds_ratio = [1, 2]"), Contains("\"arms.odds_ratio\""));
    CHECK_THAT(fault_of("\"arms.odds_ratio\" = 2"), Contains("a list of values or a range"));
    CHECK_THAT(fault_of("\"arms.odds_ratio\" = []"), Contains("a list of values or a range"));
    CHECK_THAT(fault_of("\"arms.odds_ratio\" = [1, \"x\"]"),
               StartsWith("rsa.toml:6: arms.odds_ratio[1] = \"x\": a number is needed"));
    CHECK_THAT(fault_of("\"arms.odds_ratio\" = [1,\n2,\n-1]"),
               StartsWith("rsa.toml:8: arms.odds_ratio[2] = -1"));
    CHECK_THAT(fault_of("\"arms.odds_ratio\" = [2, 1, 2.0]"),
               StartsWith("rsa.toml:6: arms.odds_ratio[2] = 2.0: the value stands in this sweep"));
    CHECK_THAT(fault_of("\"arms.total\" = { from = 10, to = 20 }"), Contains("its step"));
    CHECK_THAT(fault_of("\"arms.total\" = { from = 10, to = 20, by = 2 }"), Contains("by is not"));
    CHECK_THAT(fault_of("\"arms.total\" = { from = 10, to = 20, step = \"2\" }"),
               Contains("a finite number"));
    CHECK_THAT(fault_of("\"arms.total\" = { from = 10, to = 21, step = 2 }"),
               Contains("do not hit 21"));
    CHECK_THAT(fault_of("\"arms.total\" = { from = 10, to = 11, step = 0.5 }"),
               Contains("arms.total[1] = 10.5: a whole number"));
    CHECK_THAT(fault_of("\"trial.title\" = [\"a\", \"b\"]"), Contains("cannot be swept"));
    CHECK_THAT(fault_of("\"simulation.seed\" = [1, 2]"), Contains("cannot be swept"));
    CHECK_THAT(fault_of("\"arms.n\" = [{ treated = 3 }]"), Contains("both arms are needed"));
    CHECK_THAT(fault_of("\"arms.n\" = 3"), Contains("a sweep needs a list"));
}

TEST_CASE("A malformed zip is refused", "[exact]") {
    CHECK_THAT(fault_of("zip = 3"), Contains("Write [[sweep.zip]]"));
    CHECK_THAT(fault_of("zip = [3]"), Contains("a table of keys"));
    CHECK_THAT(fault_of("[[sweep.zip]]"), Contains("a table of keys"));
    CHECK_THAT(fault_of("[[sweep.zip]]\n\"arms.control_rate\" = [0.5, 0.6]\n"
                        "\"arms.odds_ratio\" = [1]"),
               StartsWith("rsa.toml:8: arms.odds_ratio has 1 value and arms.control_rate has 2"));
    CHECK(faults_of("sweep = 3\n" + arms).size() == 1);
}
