#include "patient_reading.hpp"

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::scenario;
using namespace rsasim::scenario::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

/// What is wrong in one place of an otherwise sound scenario of women, and what its message says.
struct BadWomen {
    std::string text;
    std::string start;
    std::string part;
};

const std::string age =
    "[[covariate]]\nname = \"age\"\ndistribution = \"normal\"\nmean = 33\nsd = 4\n";
const std::string race =
    "[[covariate]]\nname = \"race\"\ndistribution = \"categorical\"\n"
    "probabilities = [0.5, 0.3, 0.2]\nlevels = [\"A\", \"B\", \"C\"]\n";
const std::string marker =
    "[[covariate]]\nname = \"il33\"\ndistribution = \"log-normal\"\nmean_log = 0\nsd_log = 0.5\n";

void check(const std::vector<BadWomen>& inputs) {
    for (const BadWomen& input : inputs) {
        INFO(input.text);
        const auto messages = faults_of_women(input.text);
        CAPTURE(messages);
        REQUIRE(messages.size() == 1);
        CHECK_THAT(messages.front(), StartsWith(input.start));
        CHECK_THAT(messages.front(), Contains(input.part));
    }
}

std::string with(const std::string& more) {
    return arms + age + race + marker + more;
}

/// The line of what follows with().
std::string line(int after) {
    return "rsa.toml:" + std::to_string(20 + after) + ": ";
}

}  // namespace

TEST_CASE("A covariate needs the parameters of its distribution and no others", "[exact]") {
    const std::string start = arms + "[[covariate]]\nname = \"x\"\n";
    check({
        {start, "rsa.toml:5: covariate.x.distribution is needed.", "normal"},
        {start + "distribution = \"normel\"\n", "rsa.toml:7: covariate.x.distribution = \"normel\"",
         "Did you mean \"normal\"?"},
        {start + "distribution = \"normal\"\nmean = 3\n", "rsa.toml:5: covariate.x.sd is needed.",
         "mean and sd"},
        {start + "distribution = \"normal\"\nmean = 3\nsd = 0\n",
         "rsa.toml:9: covariate.x.sd = 0: a finite number above 0", "Correct it."},
        {start + "distribution = \"normal\"\nmean = 3\nsd = 1\nrate = 2\n",
         "rsa.toml:10: covariate.x.rate = 2.0: a normal covariate has no rate", "mean and sd"},
        {start + "distribution = \"normal\"\nmean = 3\nsd = 1\nmaen = 2\n",
         "rsa.toml:10: covariate.x.maen = 2 is not a known key.", "\"covariate.x.mean\""},
        {start + "distribution = \"normal\"\nmean = 3\nsd = 1\nlower = 4\nupper = 4\n",
         "rsa.toml:11: covariate.x.upper = 4.0: the upper end lies above", "4.0"},
        {start + "distribution = \"gamma\"\nshape = 3\nrate = 1\nupper = -1\n",
         "rsa.toml:10: covariate.x.upper = -1.0: a gamma covariate has no values there", "Widen"},
        {start + "distribution = \"poisson\"\nmean = -1\n", "rsa.toml:8: covariate.x.mean = -1.0",
         "above 0"},
        {start + "distribution = \"poisson\"\nmean = 1\nlower = 1.2\nupper = 1.8\n",
         "rsa.toml:9: covariate.x.lower = 1.2: a poisson covariate has no values", "shift"},
        {start + "distribution = \"normal\"\nmean = 3\nsd = 1\nlower = 40\n",
         "rsa.toml:10: covariate.x.lower = 40.0: a normal covariate has no values", "Widen"},
        {start + "distribution = \"poisson\"\nmean = 1e11\n", "rsa.toml:8: covariate.x.mean",
         "larger steps"},
        {start + "distribution = \"normal\"\nmean = 3\nsd = 1\nshift = 3\n",
         "rsa.toml:10: covariate.x.shift = 3: a normal covariate has no shift", "Remove"},
        {start + "distribution = \"binary\"\nprobability = 1\n",
         "rsa.toml:8: covariate.x.probability = 1: a share lies above 0 and below 1", "0.635"},
        {start + "distribution = \"categorical\"\nprobabilities = [0.5, 0.4]\n",
         "rsa.toml:8: covariate.x.probabilities = [0.5, 0.4]", "add up to 0.9"},
        {start + "distribution = \"categorical\"\nprobabilities = [0.5, 0.5]\nlevels = [\"A\"]\n",
         "rsa.toml:9: covariate.x.levels = [\"A\"]: 2 names are needed", "each of the prob"},
        {start + "distribution = \"categorical\"\nprobabilities = [0.5, 0.5]\nlevels = [\"A\", "
                 "\"A\"]\n",
         "rsa.toml:9: covariate.x.levels", "it is in the list already"},
        {start + "distribution = \"normal\"\nmean = 3\nsd = 1\ncuts = [4, 3]\n",
         "rsa.toml:10: covariate.x.cuts = [4.0, 3.0]: cuts rise", "Sort"},
    });
}

TEST_CASE("Names of entries are plain and stand once", "[exact]") {
    check({
        {with("[[covariate]]\ndistribution = \"normal\"\nmean = 1\nsd = 1\n"),
         line(0) + "covariate:", "name = \"age\""},
        {with("[[covariate]]\nname = \"two words\"\n"), line(1) + "covariate.name = \"two words\"",
         "letters, digits"},
        {with(age), line(0) + "covariate.age is already given in line 5.", "Remove one"},
        {with("[stage]\nname = \"birth\"\n"), line(0) + "stage: a list of tables", "[[stage]]"},
        {with("[[correlation]]\nbetween = [\"age\", \"age\"]\nvalue = 0.4\n"),
         line(1) + "correlation.between", "two covariates"},
    });
}

TEST_CASE("Correlations that cannot hold together are refused", "[exact]") {
    const auto between = [](const std::string& a, const std::string& b, const std::string& value) {
        return "[[correlation]]\nbetween = [\"" + a + "\", \"" + b + "\"]\nvalue = " + value + "\n";
    };
    const std::string three = between("age", "race", "0.9") + between("race", "il33", "0.9");
    check({
        {with(three + between("age", "il33", "-0.5")), line(0) + "the correlations cannot hold",
         "with il33 the matrix"},
        {with(between("age", "il34", "0.4")), line(0) + "correlation: \"il34\"", "covariate"},
        {with(between("age", "il33", "1")), line(2) + "correlation.age.il33.value = 1", "below 1"},
        {with(between("age", "il33", "0.4") + between("il33", "age", "0.4")),
         line(3) + "correlation.il33.age is already given", "Remove"},
    });
    CHECK(faults_of_women(with(three + between("age", "il33", "0.8"))).empty());
}

TEST_CASE("Conditions name a covariate, a sign and a value it has", "[exact]") {
    const auto all = [](const std::string& condition) {
        return with("[eligibility]\nall = [\"" + condition + "\"]\n");
    };
    check({
        {all("agee >= 3"), line(1) + "eligibility.all[0] = \"agee >= 3\": \"agee\" is not a cov",
         "Did you mean \"age\"?"},
        {all("age"), line(1) + "eligibility.all[0] = \"age\": a condition is", ">= <= > < ="},
        {all("age > old"), line(1) + "eligibility.all[0]", "a number is needed after the sign"},
        {all("age = 30"), line(1) + "eligibility.all[0]", "is continuous"},
        {all("race > B"), line(1) + "eligibility.all[0]", "race = C"},
        {all("race = D"), line(1) + "eligibility.all[0]", "one of A, B, C"},
        {with("[eligibility]\nany = []\n"), line(1) + "eligibility.any = []", "prior_losses"},
    });
}

TEST_CASE("A pathway has as many rates as it needs", "[exact]") {
    const auto stage = [](const std::string& name, const std::string& keys) {
        return "[[stage]]\nname = \"" + name + "\"\n" + keys;
    };
    const std::string sizes = "[arms]\ntotal = 20\n";
    check({
        {arms + stage("a", "base_rate = 0.9\nodds_ratio = 1\n") + stage("b", "odds_ratio = 1\n"),
         "rsa.toml:11: stage.b.odds_ratio = 1.0: [arms] gives the treated rate", "Remove this one"},
        {arms + stage("a", "") + stage("b", "odds_ratio = 1\n"),
         "rsa.toml:7: stage.b.base_rate is needed", "that is a"},
        {sizes + stage("a", ""), "rsa.toml:3: stage.a.base_rate is needed", "arms.control_rate"},
        {sizes + "control_rate = 0.5\n" + stage("a", ""),
         "rsa.toml:4: stage.a.odds_ratio is needed", "no effect"},
        {sizes + age, "rsa.toml: arms.control_rate and arms.treated_rate", "[[stage]]"},
        {sizes + "odds_ratio = 2\n" + stage("a", ""), "rsa.toml: arms.control_rate is needed.", ""},
        {sizes + stage("a", "base_rate = 0.5\neffects = { age = 0.2 }\n"),
         "rsa.toml:6: stage.a.effects.age = 0.2: \"age\" is not a covariate, there is none",
         "[[covariate]]"},
        {with(stage("a", "effects = { race = 0.2 }\n")), line(2) + "stage.a.effects.race = 0.2",
         "is not a number"},
        {with(stage("a", "effects = { age = \"0.2\" }\n")),
         line(2) + "stage.a.effects.age = \"0.2\"", "without quotes"},
        {"[arms]\ntotal = 20\ncontrol_rate = 1\ntreated_rate = 0.5\n" + age,
         "rsa.toml:3: arms.control_rate = 1.0: at the patient level both rates", "log odds"},
        {with("[[biomarker]]\nname = \"y\"\nbaseline = \"race\"\n"),
         line(2) + "biomarker.y.baseline = \"race\"", "has levels"},
        {with("[[biomarker]]\nname = \"y\"\ncorrelation = 0.5\n"),
         line(2) + "biomarker.y.correlation = 0.5: a correlation is with a baseline", "baseline ="},
    });
}

TEST_CASE("A scheme has the ratio, the sizes and the factors it needs", "[exact]") {
    const auto total = [](const std::string& ratio, const std::string& keys) {
        return "[arms]\ntotal = 120\nratio = " + ratio +
               "\ncontrol_rate = 0.5\nodds_ratio = 2\n[allocation]\n" + keys;
    };
    check({
        {total("[2, 1]", "scheme = \"big-stick\"\n"),
         "rsa.toml:7: allocation.scheme = \"big-stick\"", "2:1"},
        {total("[2, 1]", "scheme = \"permuted-block\"\nblock_sizes = [6, 8]\n"),
         "rsa.toml:8: allocation.block_sizes[1] = 8", "a multiple of 3"},
        {arms + "[allocation]\nscheme = \"permuted-block\"\nblock_sizes = [4]\n",
         "rsa.toml:7: allocation.block_sizes[0] = 4", "ratio = [1, 1]"},
        {total("[1, 1]", "scheme = \"minimisation\"\n"),
         "rsa.toml:7: allocation.scheme = \"minimisation\": minimisation needs factors",
         "strata ="},
        {total("[1, 1]", "scheme = \"stratified-block\"\nstrata = [\"x\"]\n"),
         "rsa.toml:8: allocation.strata[0] = \"x\"", "there is none"},
        {total("[1, 1]", "scheme = \"urn\"\nlimit = 3\n"), "rsa.toml:8: allocation.limit = 3",
         "big-stick does. Remove"},
        {total("[1, 1]", "scheme = \"blocks\"\n"), "rsa.toml:7: allocation.scheme = \"blocks\"",
         "\"permuted-block\""},
    });
    check({{with("[allocation]\nscheme = \"random-allocation\"\n[analysis]\nstrata = [\"age\"]\n"),
            line(3) + "analysis.strata[0] = \"age\": age has no levels", "cuts ="},
           {with("[analysis]\nstrata = [\"race = B\"]\n"), line(1) + "analysis.strata[0]",
            "cut race in two"},
           {with("[analysis]\nstrata = [\"race\", \"race\"]\n"), line(1) + "analysis.strata[1]",
            "in the list already"}});
}

TEST_CASE("Drop-out and its handling are refused where they cannot be", "[exact]") {
    check({
        {with("[dropout]\nhandling = \"complete-case\"\n"), line(1) + "dropout.handling",
         "treated = { rate = 0.1 }"},
        {with("[dropout]\ncontrol = { rate = 0.1 }\nhandling = \"multiple-imputation\"\n"),
         line(2) + "dropout.handling", "sets = [\"multiple-imputation\"]"},
        {with("[dropout]\ncontrol = { rate = 1 }\n"), line(1) + "dropout.control.rate = 1",
         "below"},
        {with("[dropout]\ncontrol = { rate = 0.1 }\ndelta = { treated = 0.5 }\n"),
         line(2) + "dropout.delta.treated = 0.5", "no set imputes"},
        {with("[adherence]\ntreated = 0\n"), line(1) + "adherence.treated = 0", "10^-6"},
        {with("[adherence]\neffects = { age = 1 }\n"), line(1) + "adherence.effects.age",
         "adherence.treated"},
    });
}

TEST_CASE("Sets of women that are none, or no others than the primary one, are refused",
          "[exact]") {
    const auto sets = [](const std::string& list) {
        return with("[analysis]\nsets = [" + list + "]\n");
    };
    check({
        {sets("\"per-protocoll\""), line(1) + "analysis.sets[0] = \"per-protocoll\"",
         "Did you mean \"per-protocol\"?"},
        {sets("\"per-protocol\""), line(1) + "analysis.sets[0]", "[adherence]"},
        {sets("\"complete-case\""), line(1) + "analysis.sets[0]", "[dropout]"},
        {sets("\"treatment-policy\""), line(1) + "analysis.sets[0]", "the primary one"},
        {sets("\"age > 35\", \"age>35.0\""), line(1) + "analysis.sets[1]", "in the list already"},
        {sets("[\"age > 35\", \"il33 > 1\"]"), line(1) + "analysis.sets[0]", "one condition"},
        {sets("3"), line(1) + "analysis.sets[0] = 3", "a string is needed"},
        {sets("\"delta-treated = -1\""), line(1) + "analysis.sets[0]", "[dropout]"},
    });
    const auto with_dropout = [](const std::string& list, const std::string& keys = "") {
        return with("[dropout]\ncontrol = { rate = 0.1 }\n" + keys + "[analysis]\nsets = [" + list +
                    "]\n");
    };
    check({
        {with_dropout("\"delta-treated > 1\""), line(3) + "analysis.sets[0]", "other than 0"},
        {with_dropout("\"delta-treated = 0\""), line(3) + "analysis.sets[0]", "other than 0"},
        {with_dropout("[\"delta-control = 1\", \"complete-case\"]"), line(3) + "analysis.sets[0]",
         "imputed outcomes alone"},
        {with_dropout("\"delta-treated = -1\"", "delta = { treated = -0.5 }\n"),
         line(4) + "analysis.sets[0]", "dropout.delta.treated moves"},
        {with_dropout("\"delta-treated = -1\", \"delta-treated = -1.0\""),
         line(3) + "analysis.sets[1]", "in the list already"},
    });
}

TEST_CASE("Methods of women are refused where they lack something", "[exact]") {
    const auto tests = [](const std::string& list) {
        return with("[analysis]\ntests = [" + list + "]\n");
    };
    check({
        {arms + "[analysis]\ntests = [\"logistic\"]\n",
         "rsa.toml:6: analysis.tests[0] = \"logistic\"", "counts only"},
        {arms + "[analysis]\nadjust = [\"age\"]\n", "rsa.toml:6: analysis.adjust", "counts only"},
        {tests("\"logistik\""), line(1) + "analysis.tests[0] = \"logistik\" is not a known test.",
         "Did you mean \"logistic\"?"},
        {tests("\"ancova[il33]\""), line(1) + "analysis.tests[0] = \"ancova\"", "[[biomarker]]"},
        {tests("\"logistic@complete\""), line(1) + "analysis.tests[0]: \"complete\" is not a set",
         "primary"},
        {tests("\"interaction\""), line(1) + "analysis.tests[0] = \"interaction\"",
         "no interaction"},
        {tests("\"logistic\", \"logistic@primary\""), line(1) + "analysis.tests[1] = \"logistic\"",
         "in the list already"},
        {with("[analysis]\nsets = [\"age > 35\"]\ntests = [\"fisher@age > 35\"]\n"),
         line(2) + "analysis.tests[0] = \"fisher@age > 35\"", "wald-gart"},
        {with("[analysis]\nnull = { odds_ratio = 0.8 }\ntests = [\"score\", \"logistic\"]\n"),
         line(2) + "analysis.tests[1] = \"logistic\"", "does not test a margin"},
        {with("[analysis]\nadjust = [\"age\", \"age\"]\n"), line(1) + "analysis.adjust[1]",
         "in the list already"},
        {with("[analysis]\nmultiplicity = { endpoints = [\"logistic\", \"pearson\"], procedures = "
              "[\"holm\"] }\nadjust = [\"age\"]\n"),
         line(1) + "analysis.multiplicity.endpoints[1] = \"pearson\"", "patient-level tests"},
        {with("[analysis]\nadjust = [\"age\"]\nmultiplicity = { endpoints = [\"logistic\", "
              "\"firth\"], procedures = [\"hulm\"] }\n"),
         line(2) + "analysis.multiplicity.procedures[0] = \"hulm\"", "holm"},
        {with("[analysis]\nadjust = [\"age\"]\nmultiplicity.procedures = [\"holm\"]\n"),
         line(2) + "analysis.multiplicity.endpoints is needed", "procedures"},
    });
}

TEST_CASE("Endpoints without a patient-level test to choose are told the remedy", "[exact]") {
    const auto messages = faults_of_women(
        with("[analysis]\ntests = [\"fisher\"]\nmultiplicity = { endpoints = [\"fisher\", "
             "\"pearson\"], procedures = [\"holm\"] }\n"));
    REQUIRE(messages.size() == 2);
    for (const auto& message : messages)
        CHECK_THAT(message, Contains("Add a patient-level test to analysis.tests"));
}

TEST_CASE("What the integration finds impossible is a fault with its cell", "[exact]") {
    TruthSource nobody = quick_truths();
    nobody.truth_of = [](const design::PatientModel&, design::ArmSizes,
                         const design::PatientPlan&) {
        design::PatientTruth truth;
        truth.eligible = 1e-5;
        return truth;
    };
    const std::string text = with("[eligibility]\nall = [\"age > 60\"]\n");
    const auto few = faults_of_women(text, {}, nobody);
    REQUIRE(few.size() == 1);
    CHECK_THAT(few[0], StartsWith(line(1) + "eligibility: only 1e-05") && Contains("Relax"));

    TruthSource unreachable = quick_truths();
    unreachable.calibrated = [](design::PatientModel model) {
        if (*model.targets.front().treated > 0.75)
            throw analysis::ImpossibleModel("a rate above 0.75.");
        return model;
    };
    const auto faults = faults_of_women(arms + age, {{"--treated-rate", "0.7,0.8"}}, unreachable);
    REQUIRE(faults.size() == 1);
    CHECK_THAT(faults[0], Contains("this model cannot be: a rate above 0.75.") &&
                              Contains("(cell 1: treated_rate = 0.8)"));
}
