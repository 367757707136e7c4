#include "patient_reading.hpp"

#include <cmath>

#include <catch2/catch.hpp>

#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/design/table_reduction.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;

namespace {

const std::string women =
    "[arms]\ntotal = 149\n"
    "[[covariate]]\nname = \"losses\"\ndistribution = \"poisson\"\nmean = 1.2\nshift = 3\n"
    "[[covariate]]\nname = \"age\"\ndistribution = \"normal\"\nmean = 33\nsd = 4\nlower = 18\n"
    "centre = 30\nunit = 5\ncuts = [30, 35]\n"
    "[[covariate]]\nname = \"race\"\ndistribution = \"categorical\"\nprobabilities = [0.5, 0.3, "
    "0.2]\n"
    "levels = [\"A\", \"B\", \"C\"]\n"
    "[[stage]]\nname = \"conception\"\nbase_rate = 0.9\nodds_ratio = 2\n"
    "effects = { \"race = B\" = 0.1, age = -0.2 }\ninteractions = { \"age>35.0\" = 0.4 }\n"
    "[[stage]]\nname = \"birth\"\nbase_rate = 0.7\n";

const design::PatientModel& model_of(const Scenario& scenario, std::size_t cell = 0) {
    return *scenario.grid.cells.at(cell).design.patients();
}

const design::PatientPlan& plan_of(const Scenario& scenario, std::size_t cell = 0) {
    return *scenario.grid.cells.at(cell).design.analysis().patients;
}

std::vector<std::string> labels_of(const Scenario& scenario) {
    std::vector<std::string> labels;
    for (const auto& choice : plan_of(scenario).methods)
        labels.push_back(choice.label);
    return labels;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("Women are read as they are written", "[exact]") {
    const Scenario scenario = read_women(women);
    const auto& model = model_of(scenario);
    REQUIRE(model.covariates.size() == 3);
    CHECK(model.covariates[0].distribution.family == design::Family::poisson);
    CHECK(model.covariates[0].distribution.shift == 3);
    CHECK(model.covariates[1].distribution.lower == 18);
    CHECK(std::isinf(model.covariates[1].distribution.upper));
    CHECK(model.covariates[2].levels == Labels{"A", "B", "C"});
    REQUIRE(model.stages.size() == 2);
    const design::Stage& first = model.stages[0];
    CHECK(first.intercept == Approx(std::log(9)).epsilon(1e-14));
    CHECK(first.treatment == Approx(std::log(2)).epsilon(1e-14));
    REQUIRE(first.effects.size() == 2);
    CHECK(first.effects[0].feature ==
          design::Feature{1, design::Comparison::none, 0, 30, 5, "age"});
    CHECK(first.effects[1].feature ==
          design::Feature{2, design::Comparison::equal, 1, 0, 1, "race = B"});
    CHECK(first.effects[1].log_odds == 0.1);
    REQUIRE(first.interactions.size() == 1);
    CHECK(first.interactions[0].feature.label == "age > 35");
    CHECK(model.stages[1].treatment == 0);
    CHECK(model.allocation.scheme == design::Scheme::random_allocation);
    CHECK(scenario.grid.cells.front().design.sizes() == design::ArmSizes{75, 74});
    CHECK(scenario.grid.cells.front().design.rates().treated == 0.8);
    CHECK_FALSE(model.dropout.has_value());
    CHECK_FALSE(model.adherence.has_value());
    CHECK(plan_of(scenario).uses_control_variate);
}

TEST_CASE("Without a stage there is one, with both rates of the arms", "[exact]") {
    const Scenario scenario = read_women("[trial]\noutcome = \"birth\"\n" + arms +
                                         "[allocation]\nscheme = \"complete\"\n");
    const auto& stages = model_of(scenario).stages;
    REQUIRE(stages.size() == 1);
    CHECK(stages[0].name == "birth");
    CHECK(stages[0].intercept == Approx(std::log(0.6351 / 0.3649)));
    CHECK(stages[0].intercept + stages[0].treatment == Approx(std::log(4)));
    CHECK(model_of(scenario).allocation.treated_share == 75);
}

TEST_CASE("A control and a treated rate may be met by different stages", "[exact]") {
    const Scenario scenario =
        read_women(arms +
                   "[[stage]]\nname = \"a\"\nodds_ratio = 1\n[[stage]]\nname = \"b\"\n"
                   "base_rate = 0.9\n");
    const auto& seen = model_of(scenario).targets;
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].free_stage == 0);
    CHECK(seen[0].control == 0.6351);
    CHECK_FALSE(seen[0].treated.has_value());
    CHECK(seen[1].free_stage == 1);
    CHECK(seen[1].treated == 0.8);
    CHECK_FALSE(seen[1].control.has_value());
}

TEST_CASE("Factors cut where their condition does", "[exact]") {
    const Scenario scenario = read_women(
        women + "[analysis]\nstrata = [\"age\", \"race\", \"losses > 4\", \"age >= 35\"]\n");
    const auto& strata = plan_of(scenario).strata;
    REQUIRE(strata.size() == 4);
    CHECK(strata[0].cuts == std::vector<double>{30, 35});
    CHECK(strata[1].levels() == 3);
    CHECK(strata[1].level_of(2) == 2);
    CHECK(strata[2].level_of(4) == 0);
    CHECK(strata[2].level_of(5) == 1);
    CHECK(strata[3].level_of(35) == 1);
    CHECK(strata[3].level_of(std::nextafter(35, 0)) == 0);
}

TEST_CASE("A categorical covariate adjusts by the indicators of all levels but the first",
          "[exact]") {
    const Scenario scenario = read_women(women + "[analysis]\nadjust = [\"race\", \"age\"]\n");
    const auto& adjust = plan_of(scenario).adjust;
    REQUIRE(adjust.size() == 3);
    CHECK(adjust[0].label == "race = B");
    CHECK(adjust[1].of(2) == 1);
    CHECK(adjust[2].of(40) == 2);
}

TEST_CASE("Every kind of key of the women can be swept, in the file and by --set", "[exact]") {
    const Scenario scenario =
        read_women(women +
                       "[sweep]\n\"covariate.age.mean\" = [30, 35]\n"
                       "\"stage.conception.effects.age\" = { from = -0.4, to = 0, step = 0.2 }\n",
                   {{"--set", "allocation.scheme=complete,urn"},
                    {"--set", "stage.conception.effects.race = B=0.3,0.5"},
                    {"--set", "stage.birth.effects.losses >= 4 = 0.7"},
                    {"--set", "arms.ratio=[1, 1]"}});
    const auto& grid = scenario.grid;
    REQUIRE(grid.axes.size() == 4);
    CHECK(grid.axes[0].name == "age_mean");
    CHECK(grid.axes[1].name == "conception_effects_age");
    CHECK(grid.axes[2].name == "scheme");
    CHECK(std::get<std::vector<std::string>>(grid.axes[2].keys[0].values) ==
          Labels{"complete", "urn"});
    REQUIRE(grid.cells.size() == 24);
    for (std::size_t cell = 0; cell < 24; ++cell) {
        const auto at = grid.position_of(cell);
        const auto& model = model_of(scenario, cell);
        CHECK(model.covariates[1].distribution.first == (at[0] == 0 ? 30 : 35));
        CHECK(model.stages[0].effects[0].log_odds == std::vector{-0.4, -0.2, 0.0}[at[1]]);
        CHECK(name_of(model.allocation.scheme) == (at[2] == 0 ? "complete" : "urn"));
        CHECK(model.stages[0].effects[1].log_odds == (at[3] == 0 ? 0.3 : 0.5));
        CHECK(model.stages[1].effects[0].log_odds == 0.7);
    }
}

TEST_CASE("Cells of one model, plan and ratio share one truth", "[property]") {
    int asked = 0;
    TruthSource source = quick_truths();
    source.truth_of = [&asked](const design::PatientModel&, design::ArmSizes,
                               const design::PatientPlan&) {
        ++asked;
        design::PatientTruth truth;
        truth.rates = {0.8, 0.6};
        return truth;
    };
    const auto grid =
        read_women(women, {{"--total", "20,40,60"}, {"--alpha", "0.01,0.05"}}, source).grid;
    CHECK(asked == 1);
    CHECK(grid.cells[0].design.patient_truth() == grid.cells[5].design.patient_truth());
    CHECK(grid.cells[0].design.patients() == grid.cells[5].design.patients());
    CHECK(&grid.cells[0].design.analysis() == &grid.cells[2].design.analysis());
    read_women(women, {{"--set", "covariate.age.mean=30,35"}}, source);
    CHECK(asked == 3);
}

TEST_CASE("The default interaction leaves out subgroups that have one value of its feature",
          "[exact]") {
    const Labels labels =
        labels_of(read_women(women + "[analysis]\nadjust = [\"age\"]\ninteraction = \"age > 35\"\n"
                                     "sets = [\"age > 35\", \"race = B\"]\n"));
    CHECK(std::ranges::count(labels, "interaction") == 1);
    CHECK(std::ranges::count(labels, "interaction@age > 35") == 0);
    CHECK(std::ranges::count(labels, "interaction@race = B") == 1);
    CHECK(std::ranges::count(labels, "logistic@age > 35") == 1);
}

TEST_CASE("The default methods are those that have what they need, on every set", "[exact]") {
    const Labels bare = labels_of(read_women(women));
    CHECK(bare.empty());
    const Labels adjusted = labels_of(read_women(women + "[analysis]\nadjust = [\"age\"]\n"));
    CHECK(std::ranges::count(adjusted, "logistic") == 1);
    CHECK(std::ranges::count(adjusted, "g-computation") == 3);
    CHECK(std::ranges::count(adjusted, "mantel-haenszel") == 0);
    CHECK(std::ranges::count(adjusted, "rerandomisation") == 0);
    const Scenario sets = read_women(
        women +
        "[analysis]\nadjust = [\"age\"]\nsets = [\"multiple-imputation\", \"age > 35\"]\n"
        "[dropout]\ntreated.rate = 0.1\n");
    const Labels labels = labels_of(sets);
    CHECK(std::ranges::count(labels, "logistic@multiple-imputation") == 1);
    CHECK(std::ranges::count(labels, "firth@multiple-imputation") == 0);
    CHECK(std::ranges::count(labels, "firth@age > 35") == 1);
    CHECK(std::ranges::count(labels, "woolf") == 0);
    CHECK(std::ranges::count(labels, "woolf@age > 35") == 1);
    REQUIRE(plan_of(sets).sets.size() == 3);
    CHECK(plan_of(sets).sets[1].handling == design::Handling::multiple_imputation);
    CHECK(plan_of(sets).sets[2].handling == design::Handling::failure);
    CHECK(plan_of(sets).sets[2].subgroup->label == "age > 35");
}

TEST_CASE("Every imputing set has its delta, its own or that of the drop-out", "[exact]") {
    const Scenario own = read_women(
        women +
        "[analysis]\nsets = [\"multiple-imputation\", \"delta-treated=-0.50\", "
        "[\"delta-treated = -1\", \"delta-control = 1\"]]\n[dropout]\ntreated.rate = 0.1\n");
    const auto& sets = plan_of(own).sets;
    REQUIRE(sets.size() == 4);
    CHECK(sets[1].delta_treated == 0);
    CHECK(sets[2].handling == design::Handling::multiple_imputation);
    CHECK(sets[2].label == "delta-treated = -0.5");
    CHECK(sets[2].delta_treated == -0.5);
    CHECK(sets[3].delta_treated == -1);
    CHECK(sets[3].delta_control == 1);
    const Scenario common =
        read_women(women +
                   "[analysis]\nsets = [\"multiple-imputation\", \"delta-treated = -1\"]\n"
                   "[dropout]\ntreated.rate = 0.1\ndelta = { control = 0.25 }\n");
    CHECK(plan_of(common).sets[1].delta_control == 0.25);
    CHECK(plan_of(common).sets[2].delta_control == 0.25);
    CHECK(plan_of(common).sets[2].delta_treated == -1);
    CHECK(plan_of(common).sets[0].delta_control == 0);
}

TEST_CASE("A test and an interval of one method are one choice", "[exact]") {
    const Scenario scenario = read_women(
        women +
        "[[biomarker]]\nname = \"il33\"\nbaseline = \"age\"\ncorrelation = 0.5\n"
        "[analysis]\nsets = [\"age > 35\"]\n"
        "tests = [\"pearson\", \"wald\", \"logistic@primary\", \"ancova[il33]@primary\"]\n"
        "intervals = [\"odds_ratio:woolf@primary\", \"logistic\"]\n");
    const auto& analysis = scenario.grid.cells.front().design.analysis();
    REQUIRE(analysis.tests.size() == 2);
    CHECK(analysis.tests[1].id == "wald");
    REQUIRE(analysis.intervals.size() == 1);
    const auto& methods = analysis.patients->methods;
    REQUIRE(labels_of(scenario) ==
            Labels{"woolf@age > 35", "logistic", "ancova[il33]", "logistic@age > 35"});
    CHECK(methods[0].reports_test);
    CHECK_FALSE(methods[0].reports_interval);
    CHECK(methods[1].reports_test);
    CHECK(methods[1].reports_interval);
    CHECK_FALSE(methods[2].reports_interval);
    CHECK(methods[2].endpoint == 0U);
    CHECK_FALSE(methods[3].reports_test);
    CHECK(methods[3].set == 1);
}

TEST_CASE("A key of the women alone makes a scenario of women, and none leaves it of counts",
          "[exact]") {
    const Scenario counts = read(arms);
    CHECK(counts.grid.cells.front().design.patients() == nullptr);
    CHECK_FALSE(counts.grid.cells.front().design.analysis().patients.has_value());
    const Scenario set = read_women(arms, {{"--set", "time_trend.log_odds=0.5"}});
    CHECK(model_of(set).time_trend == 0.5);
    CHECK(model_of(read_women(arms + "[sweep]\n\"allocation.scheme\" = [\"complete\"]\n"))
              .allocation.scheme == design::Scheme::complete);
}

TEST_CASE("A design of women is a table only where its counts are two binomials", "[exact]") {
    const auto why = [](const std::string& more) {
        return design::why_not_a_table(
            read_women("[arms]\ntotal = 120\ncontrol_rate = 0.5\nodds_ratio = 2\n" + more)
                .grid.cells.front()
                .design);
    };
    using Catch::Matchers::Contains;
    const std::string scheme = "[allocation]\nscheme = ";
    CHECK(design::why_not_a_table(read(arms).grid.cells.front().design).empty());
    CHECK(why(scheme + "\"random-allocation\"\n").empty());
    CHECK(why(scheme + "\"truncated-binomial\"\n").empty());
    CHECK(why(scheme + "\"permuted-block\"\nblock_sizes = [4]\n").empty());
    CHECK_THAT(why(scheme + "\"permuted-block\"\nblock_sizes = [16]\n"),
               Contains("arm sizes vary"));
    CHECK_THAT(why(scheme + "\"complete\"\n"), Contains("scheme complete"));
    CHECK_THAT(why("[time_trend]\nlog_odds = 0.1\n"), Contains("time_trend"));
    CHECK_THAT(why("[selection_bias]\nlog_odds = 0.1\n"), Contains("selection_bias"));
    CHECK_THAT(why("[centres]\nnumber = 3\nsd = 0.1\n"), Contains("centres"));
    CHECK(why("[centres]\nnumber = 3\n").empty());
    CHECK(why("[dropout]\ntreated.rate = 0.1\n").empty());
    CHECK_THAT(why("[dropout]\ntreated.rate = 0.1\nhandling = \"complete-case\"\n"),
               Contains("left out"));
    CHECK_THAT(why(scheme + "\"stratified-block\"\nstrata = [\"centre\"]\n[centres]\nnumber = 3\n"),
               Contains("looks at the women"));
}
