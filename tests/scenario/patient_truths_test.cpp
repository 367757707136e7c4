#include "constant_feature.hpp"
#include "patient_reading.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

const std::string age =
    "[[covariate]]\nname = \"age\"\ndistribution = \"normal\"\nmean = 33\nsd = 4.5\n";

}  // namespace

TEST_CASE("A feature is constant where a condition leaves it one value", "[exact]") {
    for (const auto* feature : {"m > 1.2", "m > 1", "m >= 1.2", "m < 1.2", "m = 1"})
        CHECK(is_constant_where(feature, "m > 1.2"));
    for (const auto* feature : {"m > 1.3", "m <= 1.3", "m = 2", "m", "n > 1.2", "", "centre = 1"})
        CHECK_FALSE(is_constant_where(feature, "m > 1.2"));
    CHECK(is_constant_where("m > 1.2", "m >= 1.3"));
    CHECK_FALSE(is_constant_where("m > 1.2", "m >= 1.2"));
    CHECK(is_constant_where("race = B", "race = C"));
    CHECK(is_constant_where("m", "m = 1"));
    CHECK_FALSE(is_constant_where("m > 1.2", "complete-case"));
}

TEST_CASE("A truth that is known less well than the replicates ask has a note with both errors",
          "[exact]") {
    // The control arm's 0.6 among 100 women in R trials: a tenth of sqrt(0.24 / 100 / R) is 1e-5
    // at R = 240,000, and so many replicates keep below an error of 1e-5.
    TruthSource source = quick_truths();
    double error = 1e-5;
    source.truth_of = [&error](const design::PatientModel&, design::ArmSizes,
                               const design::PatientPlan&) {
        design::PatientTruth truth;
        truth.rates = {0.6, 0.6};
        truth.rates_standard_error = error;
        return truth;
    };
    const auto notes_at = [&source](const std::string& replicates) {
        return read_women(arms + age, {{"--n", "100,100"}, {"--replicates", replicates}}, source)
            .notes;
    };
    CHECK(notes_at("230000").empty());
    const auto notes = notes_at("24000000");
    REQUIRE(notes.size() == 1);
    CHECK_THAT(notes[0], Contains("the rates of the table of cell 0 within 1.0e-05") &&
                             Contains("judges it is 1.0e-06") && Contains("2e+05 replicates"));
    error = 1e-6;
    CHECK(notes_at("24000000000").empty());
}

TEST_CASE("Under a time trend every number of women has its own truth", "[exact]") {
    // Means over the entries e / (n - 1) - 1/2 of 1 / (1 + exp(-(log 3 + 6 entry))) by direct sums.
    const std::string text =
        "[arms]\ntotal = 4\n[[stage]]\nname = \"s\"\nbase_rate = 0.5\nodds_ratio = 3\n"
        "[time_trend]\nlog_odds = 6\n[sweep]\n\"arms.total\" = [4, 400]\n";
    for (const auto& cell : read(text).grid.cells) {
        const auto women = cell.design.sizes().treated + cell.design.sizes().control;
        double sum = 0;
        for (std::int64_t entry = 0; entry < women; ++entry) {
            const double place = static_cast<double>(entry) / static_cast<double>(women - 1) - 0.5;
            sum += 1 / (1 + std::exp(-(std::log(3) + 6 * place)));
        }
        CHECK(cell.design.rates().treated == Approx(sum / static_cast<double>(women)));
        CHECK(cell.design.rates().control == Approx(0.5));
    }
}

TEST_CASE("Rates that are solved for without an effect lie in the null at every rate",
          "[property]") {
    const std::string text =
        "[arms]\ntotal = 100\ncontrol_rate = 0.6351\nodds_ratio = 1\n"
        "[[covariate]]\nname = \"age\"\ndistribution = \"normal\"\nmean = 33\nsd = 4.5\n"
        "centre = 33\nunit = 5\n[[stage]]\nname = \"birth\"\neffects = { age = -0.5 }\n"
        "[analysis]\nadjust = [\"age\"]\n[sweep]\n"
        "\"arms.control_rate\" = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.6351, 0.7, 0.8, 0.9]\n";
    for (const auto& cell : read(text).grid.cells)
        CHECK(cell.design.is_null());
}

TEST_CASE("Every cell's arms must suit the scheme, not the first one's alone", "[exact]") {
    const auto faults = faults_of_women(
        arms + "[allocation]\nscheme = \"urn\"\nurn_added = 1000000\n", {{"--total", "10,10000"}});
    REQUIRE(faults.size() == 1);
    CHECK_THAT(faults[0], StartsWith("rsa.toml:6: allocation.scheme") && Contains("2^32 balls") &&
                              Contains("(cell 1: total = 10000)"));
}

TEST_CASE("A regression of more than 32 columns is refused, strata of as many levels are not",
          "[exact]") {
    const std::string centres = "[centres]\nnumber = 40\n";
    const std::string adjusted = arms + centres + "[analysis]\nadjust = [\"centre\"]\n";
    const auto faults = faults_of_women(adjusted);
    REQUIRE(faults.size() == 1);
    CHECK_THAT(faults[0], StartsWith("rsa.toml:8: analysis.adjust") && Contains("at most 32") &&
                              Contains("make 41") && Contains("analysis.strata"));
    // Intercept, arm and 30 indicators are 32; an interaction takes two more.
    const std::string fits = arms + "[centres]\nnumber = 31\n[analysis]\nadjust = [\"centre\"]\n";
    CHECK(faults_of_women(fits).empty());
    CHECK(faults_of_women(fits + "interaction = \"centre = 2\"\n").size() == 1);
    CHECK(faults_of_women(adjusted + "strata = [\"centre\"]\ntests = [\"pearson\"]\n"
                                     "intervals = [\"mantel-haenszel\"]\n")
              .empty());
}

TEST_CASE("An interaction that a subgroup leaves without variation is refused there", "[exact]") {
    const std::string text =
        arms + age +
        "[analysis]\ninteraction = \"age > 35\"\nsets = [\"age > 38\", \"age > 30\"]\n";
    CHECK(faults_of_women(text + "tests = [\"interaction\"]\n").empty());
    const auto faults = faults_of_women(text + "tests = [\"interaction@age > 38\"]\n");
    REQUIRE(faults.size() == 1);
    CHECK_THAT(faults[0], Contains("analysis.tests[0]") && Contains("one value of \"age > 35\"") &&
                              Contains("interaction@primary"));
}

TEST_CASE("Models are solved for where they are wanted, and named before", "[property]") {
    const SourceText source{"rsa.toml", arms + age +
                                            "[sweep]\n\"arms.total\" = [40, 60]\n"
                                            "\"covariate.age.mean\" = [30, 33, 36]\n"};
    auto scenario = describe_scenario(source, {});
    const auto& cells = scenario.grid.cells;
    const auto whole = read_scenario_with(source, {}, quick_truths());
    CHECK(scenario.sha256 == whole.sha256);
    CHECK(scenario.resolved == whole.resolved);
    for (const auto& cell : cells) {
        CHECK_FALSE(cell.design.is_solved());
        CHECK(std::isnan(cell.design.rates().control));
    }
    solve_with(scenario, {false, true, false, false, true, false}, {2}, quick_truths());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        CHECK(cells[i].design.is_solved() == (i == 1 || i == 4));
        CHECK(cells[i].design.model_text() == whole.grid.cells[i].design.model_text());
        CHECK(cells[i].design.tallying() == whole.grid.cells[i].design.tallying());
    }
    CHECK(cells[1].design.rates().control == 0.6);
    CHECK(cells[1].design.patients() == cells[4].design.patients());
    CHECK(*cells[1].design.patients() == *whole.grid.cells[1].design.patients());
}

TEST_CASE("Truths are the same on any number of threads", "[property]") {
    const SourceText source{"rsa.toml",
                            arms + age +
                                "[[stage]]\nname = \"birth\"\neffects = { age = -0.1 }\n"
                                "[analysis]\nadjust = [\"age\"]\ntests = [\"logistic\"]\n"
                                "[sweep]\n\"covariate.age.sd\" = [3, 4, 5]\n"};
    auto one = describe_scenario(source, {}), many = one;
    std::vector<std::size_t> told;
    solve(one, every_cell(one), {});
    solve(many, every_cell(many), {4, Truths::all, [&](std::size_t found, std::size_t all) {
                                       CHECK(all == 6);  // three models, three truths
                                       told.push_back(found);
                                   }});
    CHECK(told == std::vector<std::size_t>{1, 2, 3, 4, 5, 6});
    for (std::size_t i = 0; i < one.grid.cells.size(); ++i) {
        const auto &a = one.grid.cells[i].design, &b = many.grid.cells[i].design;
        CHECK(*a.patients() == *b.patients());
        CHECK(a.patient_truth()->methods[0].value == b.patient_truth()->methods[0].value);
        CHECK(a.rates().treated == b.rates().treated);
    }
}
