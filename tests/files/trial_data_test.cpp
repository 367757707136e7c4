#include "temporary_folder.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include <rsasim/files/errors.hpp>
#include <rsasim/files/trial_data.hpp>
#include <rsasim/scenario/scenario.hpp>

using namespace rsasim::files;
using Catch::Matchers::Contains;
using rsasim::design::lanes;

namespace {

/// Reads a text as a file of trial data.
TrialData read(const std::string& text, const DataColumns& meaning) {
    const TemporaryFolder folder;
    const std::string path = folder.path() / "trial.csv";
    std::ofstream(path) << text;
    return read_trial_data(path, meaning);
}

const std::string small =
    "y,arm,age,site,x\n"
    "1,B,30,south,1\n"
    "0,A,31.5,north,2\n"
    "1,A,,north,3\n"
    "0,B,29,east,4\n"
    "1,B,40,NA,5\n"
    "1,A,33,south,6\n";

}  // namespace

TEST_CASE("Arms and outcomes of a file give its table", "[exact]") {
    const TrialData data = read(small, {"y", "arm", {}, {}, {}});
    CHECK(data.treated == "B");
    CHECK(data.control == "A");
    CHECK(data.dropped == 0);
    CHECK(data.table == rsasim::design::Table2x2{{2, 3}, {2, 3}});
    const TrialData swapped = read(small, {"y", "arm", "A", {}, {}});
    CHECK(swapped.control == "B");
    CHECK(swapped.columns().treated[1 * lanes] == 1);
}

TEST_CASE("Rows that miss a used value are left out and counted", "[exact]") {
    const TrialData data = read(small, {"y", "arm", {}, {"age", "site"}, {"site"}});
    CHECK(data.rows == 6);
    CHECK(data.dropped == 2);
    CHECK(data.incomplete == std::vector<std::string>{"age: 1", "site: 1"});
    CHECK(data.table == rsasim::design::Table2x2{{1, 2}, {1, 2}});
    CHECK(data.strata == 3);
}

TEST_CASE("Texts become indicators of all levels but the first", "[exact]") {
    const TrialData data = read(small, {"y", "arm", {}, {"site", "x"}, {}});
    CHECK(data.features == std::vector<std::string>{"site = north", "site = south", "x"});
    const auto columns = data.columns();
    CHECK(columns.women == 5);
    CHECK(columns.adjust[0][1 * lanes] == 1);
    CHECK(columns.adjust[0][0] == 0);
    CHECK(columns.adjust[2][4 * lanes] == 6);
}

TEST_CASE("Numbers of arms sort as numbers", "[exact]") {
    CHECK(read("y,dose\n1,5\n0,10\n", {"y", "dose", {}, {}, {}}).treated == "10");
}

TEST_CASE("Every fault of the columns is reported with its remedy", "[exact]") {
    const auto fails = [](const DataColumns& meaning, const std::string& words) {
        CHECK_THROWS_WITH(read(small, meaning), Contains(words));
    };
    fails({"y", "arms", {}, {"agee"}, {}}, "Did you mean \"arm\"?");
    fails({"y", "arms", {}, {"agee"}, {}}, "Did you mean \"age\"?");
    fails({"age", "arm", {}, {}, {}}, "trial.csv:2: age = \"30\"");
    fails({"y", "site", {}, {}, {}}, "has 3 values: east, north, south");
    fails({"y", "arm", "C", {}, {}}, "arm is A or B");
    fails({"y", "y", {}, {}, {}}, "is the outcome too");
    fails({"y", "arm", {}, {"arm"}, {}}, "is used already");
    fails({"y", "arm", {}, {}, {"y"}}, "is the outcome or the arm");
    CHECK_THROWS_WITH(read("y,arm\nNA,A\n", {"y", "arm", {}, {}, {}}), Contains("has 0 values"));
    CHECK_THROWS_AS(read_trial_data("/absent/trial.csv", {"y", "arm", {}, {}, {}}), FileError);
}

TEST_CASE("More features than a regression takes are refused", "[exact]") {
    std::string text = "y,arm,site\n";
    for (int i = 0; i < 40; ++i)
        text += std::to_string(i % 2) + (i % 3 == 0 ? ",A,s" : ",B,s") + std::to_string(i) + "\n";
    CHECK_THROWS_WITH(read(text, {"y", "arm", {}, {"site"}, {}}),
                      Contains("more than 30 features"));
}
