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

TEST_CASE("Each code of a missing value leaves its row out, in any case", "[exact]") {
    for (const std::string code :
         {"", ".", "NA", "na", "N/A", "n/a", "NaN", "nan", "null", " NA "}) {
        INFO(code);
        const std::string text = "y,arm,losses\n1,B,3\n0,A,4\n1,A," + code + "\n0,B,5\n";
        const TrialData data = read(text, {"y", "arm", {}, {"losses"}, {}});
        CHECK(data.dropped == 1);
        CHECK(data.features == std::vector<std::string>{"losses"});
        CHECK(data.columns().adjust[0][2 * lanes] == 5);
    }
}

TEST_CASE("A text among numbers is refused unless its column is declared a factor", "[exact]") {
    const std::string text = "y,arm,stage\n1,B,3\n0,A,4\n1,A,late\n0,B,4\n";
    CHECK_THROWS_WITH(read(text, {"y", "arm", {}, {"stage"}, {}}),
                      Contains("trial.csv:4: stage = \"late\"") && Contains("--factor stage"));
    DataColumns meaning{"y", "arm", {}, {"stage"}, {}};
    meaning.factors = {"stage"};
    CHECK(read(text, meaning).features == std::vector<std::string>{"stage = 4", "stage = late"});
    meaning.factors = {"arm"};
    CHECK_THROWS_WITH(read(text, meaning), Contains("is no column of --adjust"));
}

TEST_CASE("A decimal comma is called that", "[exact]") {
    const std::string text = "y,arm,age\n1,B,30\n0,A,\"31,5\"\n1,A,29\n0,B,40\n";
    CHECK_THROWS_WITH(read(text, {"y", "arm", {}, {"age"}, {}}),
                      Contains("trial.csv:3: age = \"31,5\"") && Contains("decimal point"));
    const std::string all = "y,arm,age\n1,B,\"30,1\"\n0,A,\"31,5\"\n";
    CHECK_THROWS_WITH(read(all, {"y", "arm", {}, {"age"}, {}}), Contains("decimal point"));
}

TEST_CASE("Women without an outcome count as the handling says", "[exact]") {
    const std::string text = "y,arm\n1,B\nNA,B\n0,B\n0,A\n.,A\n1,A\n,A\n";
    const auto table_of = [&](rsasim::design::Handling handling) {
        DataColumns meaning{"y", "arm", {}, {}, {}};
        meaning.missing = handling;
        const TrialData data = read(text, meaning);
        const bool is_complete = handling == rsasim::design::Handling::complete_case;
        CHECK(data.dropped == (is_complete ? 3 : 0));
        CHECK(data.without_outcome == (is_complete ? 0 : 3));
        return data.table;
    };
    using rsasim::design::Handling;
    using rsasim::design::Table2x2;
    CHECK(table_of(Handling::complete_case) == Table2x2{{1, 2}, {1, 2}});
    CHECK(table_of(Handling::failure) == Table2x2{{1, 3}, {1, 4}});
    CHECK(table_of(Handling::worst_case) == Table2x2{{1, 3}, {3, 4}});
    CHECK(table_of(Handling::best_case) == Table2x2{{2, 3}, {1, 4}});
}

TEST_CASE("A feature is a column, a comparison or a level", "[exact]") {
    const auto interaction = [](const std::string& feature) {
        DataColumns meaning{"y", "arm", {}, {}, {}};
        meaning.interaction = feature;
        const TrialData data = read(small, meaning);
        std::vector<double> values;
        for (std::size_t woman = 0; woman < data.columns().women; ++woman)
            values.push_back(data.columns().interaction[woman * lanes]);
        return values;
    };
    CHECK(interaction("age") == std::vector<double>{30, 31.5, 29, 40, 33});
    CHECK(interaction("age > 30") == std::vector<double>{0, 1, 0, 1, 1});
    CHECK(interaction("age >= 30") == std::vector<double>{1, 1, 0, 1, 1});
    CHECK(interaction("site = north") == std::vector<double>{0, 1, 1, 0, 0});
    CHECK_THROWS_WITH(interaction("site = nord"), Contains("Choose from east, north, south"));
    CHECK_THROWS_WITH(interaction("site > 3"), Contains("trial.csv:2: site"));
    CHECK_THROWS_WITH(interaction("age > old"), Contains("needs a number on its right"));
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
    CHECK_THROWS_WITH(read("y,arm\n1,A\n", {"y", "arm", {}, {}, {}}), Contains("has 1 value: A"));
    CHECK_THROWS_AS(read_trial_data("/absent/trial.csv", {"y", "arm", {}, {}, {}}), FileError);
}

TEST_CASE("More features than a regression takes are refused", "[exact]") {
    std::string text = "y,arm,site\n";
    for (int i = 0; i < 40; ++i)
        text += std::to_string(i % 2) + (i % 3 == 0 ? ",A,s" : ",B,s") + std::to_string(i) + "\n";
    CHECK_THROWS_WITH(read(text, {"y", "arm", {}, {"site"}, {}}),
                      Contains("more than 30 features"));
}
