#include "reading.hpp"

#include <catch2/catch.hpp>

using namespace rsasim::scenario;
using namespace rsasim::scenario::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

/// A text with exactly one fault: how its message starts, and a part of its rule or remedy.
struct BadInput {
    std::string text;
    std::string start;
    std::string part;
};

void check(const std::vector<BadInput>& inputs) {
    for (const BadInput& input : inputs) {
        INFO(input.text);
        const auto messages = faults_of(input.text);
        REQUIRE(messages.size() == 1);
        CHECK_THAT(messages.front(), StartsWith(input.start));
        CHECK_THAT(messages.front(), Contains(input.part));
    }
}

std::string with(const std::string& more) {
    return arms + more;
}

}  // namespace

TEST_CASE("An unknown key is refused with its line and the nearest key", "[exact]") {
    check({
        {with("[analysis]\nalfa = 0.05\n"), "rsa.toml:6: analysis.alfa = 0.05 is not a known key.",
         "Did you mean \"analysis.alpha\"?"},
        {with("[analysis]\nreplicates = 1000\n"), "rsa.toml:6: analysis.replicates = 1000",
         "\"simulation.replicates\""},
        {with("[analisys]\nalpha = 0.05\n"), "rsa.toml:5: analisys is not a known table.",
         "\"analysis\""},
        {with("alpha = 0.01\n"), "rsa.toml:5: arms.alpha = 0.01", "\"analysis.alpha\""},
        {"odds = 1\n" + arms, "rsa.toml:1: odds = 1 is not a known key.", "README"},
        {"[arms]\nn = { treated = 75, control = 74, other = 3 }\ncontrol_rate = 0.5\n"
         "odds_ratio = 2\n",
         "rsa.toml:2: arms.n.other = 3 is not a known key.", "README"},
    });
}

TEST_CASE("Dots in quotes do not divide a key outside the sweep", "[exact]") {
    check({{"\"analysis.alpha\" = 0.05\n" + arms,
            "rsa.toml:1: \"analysis.alpha\" = 0.05: a key in quotes is one name", "without quotes"},
           {"[arms]\n\"n.treated\" = 75\nn.control = 74\ncontrol_rate = 0.5\nodds_ratio = 2\n",
            "rsa.toml:2: \"arms.n.treated\" = 75", "without quotes"}});
    CHECK(faults_of(with("[sweep]\n\"analysis.alpha\" = [0.05, 0.01]\n")).empty());
}

TEST_CASE("A value that the file's own sweep displaces is checked, one that a flag does is not",
          "[exact]") {
    const std::string wrong =
        "[arms]\nn = { treated = 75, control = 74 }\ncontrol_rate = 63.5\n"
        "odds_ratio = 2\n";
    check({{wrong + "[sweep]\n\"arms.control_rate\" = [0.5, 0.6]\n",
            "rsa.toml:3: arms.control_rate = 63.5: a rate lies", "0.635"}});
    CHECK(faults_of(wrong, {{"--control-rate", "0.635"}}).empty());
}

TEST_CASE("A mistyped key is not reported as missing as well", "[exact]") {
    check({{"[arms]\nn = { treated = 75, control = 74 }\ncontrol_rat = 0.5\nodds_ratio = 2\n",
            "rsa.toml:3: arms.control_rat = 0.5 is not a known key.", "\"arms.control_rate\""},
           {"[arms]\nn = { treted = 75, control = 74 }\ncontrol_rate = 0.5\nodds_ratio = 2\n",
            "rsa.toml:2: arms.n.treted = 75 is not a known key.", "\"arms.n.treated\""},
           {"[arm]\nn = { treated = 75, control = 74 }\n", "rsa.toml:1: arm is not a known table.",
            "\"arms\""}});
}

TEST_CASE("A value of the wrong type is refused with what is needed", "[exact]") {
    check({
        {with("[analysis]\nalpha = \"0.05\"\n"), "rsa.toml:6: analysis.alpha = \"0.05\": a number",
         "without quotes"},
        {with("[analysis]\nsides = true\n"), "rsa.toml:6: analysis.sides = true: a whole number",
         "not true or false"},
        {with("[trial]\ntitle = 3\n"), "rsa.toml:6: trial.title = 3: a string", "quotes"},
        {with("[trial]\ntitle = 1979-05-27\n"), "rsa.toml:6: trial.title", "a date or time"},
        {with("[simulation]\nreplicates = 10.5\n"), "rsa.toml:6: simulation.replicates = 10.5",
         "whole number"},
        {with("[simulation]\ncommon_random_numbers = \"yes\"\n"),
         "rsa.toml:6: simulation.common_random_numbers = \"yes\"", "true or false"},
        {with("[analysis]\ntests = \"fisher\"\n"), "rsa.toml:6: analysis.tests = \"fisher\"",
         "not a string"},
        {with("[analysis]\nalpha = [0.05, 0.01]\n"), "rsa.toml:6: analysis.alpha = [0.05, 0.01]",
         "not a list"},
        {"arms = 3\n", "rsa.toml:1: arms = 3: a table is needed", "[arms]"},
        {"[arms]\nn = 75\ncontrol_rate = 0.5\nodds_ratio = 2\n", "rsa.toml:2: arms.n = 75: a table",
         "{ treated = 75, control = 74 }"},
        {"[arms]\ntotal = 10\nratio = 2\ncontrol_rate = 0.5\nodds_ratio = 2\n",
         "rsa.toml:3: arms.ratio = 2", "[1, 1]"},
    });
}

TEST_CASE("A number outside its range is refused with the rule", "[exact]") {
    const std::string rest = "n = { treated = 9, control = 9 }\n";
    check({
        {"[arms]\n" + rest + "control_rate = 63.5\nodds_ratio = 2\n",
         "rsa.toml:3: arms.control_rate = 63.5: a rate lies between 0 and 1.", "0.635"},
        {"[arms]\n" + rest + "control_rate = nan\nodds_ratio = 2\n",
         "rsa.toml:3: arms.control_rate = nan", "between 0 and 1"},
        {"[arms]\n" + rest + "control_rate = 0.5\nodds_ratio = inf\n",
         "rsa.toml:4: arms.odds_ratio = inf", "finite"},
        {"[arms]\n" + rest + "control_rate = 0.5\nodds_ratio = 0\n",
         "rsa.toml:4: arms.odds_ratio = 0", "above 0"},
        {"[arms]\n" + rest + "control_rate = 0.5\nrisk_ratio = -1\n",
         "rsa.toml:4: arms.risk_ratio = -1", "above 0"},
        {"[arms]\n" + rest + "control_rate = 0.5\nrisk_difference = 2\n",
         "rsa.toml:4: arms.risk_difference = 2", "between -1 and 1"},
        {with("[analysis]\nalpha = 0\n"), "rsa.toml:6: analysis.alpha = 0", "above 0"},
        {with("[analysis]\nalpha = 5\n"), "rsa.toml:6: analysis.alpha = 5", "0.05"},
        {with("[analysis]\nconfidence = 95\n"), "rsa.toml:6: analysis.confidence = 95", "0.95"},
        {with("[analysis]\nsides = 3\n"), "rsa.toml:6: analysis.sides = 3", "1 or 2"},
        {with("[simulation]\nreplicates = 0\n"), "rsa.toml:6: simulation.replicates = 0", "10^15"},
        {with("[simulation]\nreplicates = 1e16\n"), "rsa.toml:6: simulation.replicates = 1e+16",
         "10^15"},
        {with("[simulation]\nseed = -1\n"), "rsa.toml:6: simulation.seed = -1", "from 0"},
        {with("[trial]\ndirection = \"higher\"\n"), "rsa.toml:6: trial.direction = \"higher\"",
         "\"higher-is-better\", \"lower-is-better\""},
        {with("[trial]\ntitle = \"two\\nlines\"\n"), "rsa.toml:6: trial.title", "one line"},
    });
}

TEST_CASE("Arm sizes of zero, below zero and beyond the largest are refused", "[exact]") {
    const std::string rates = "control_rate = 0.5\nodds_ratio = 2\n";
    check({
        {"[arms]\nn = { treated = 0, control = 4 }\n" + rates, "rsa.toml:2: arms.n.treated = 0",
         "1 to 100,000,000"},
        {"[arms]\nn = { treated = 5, control = -4 }\n" + rates, "rsa.toml:2: arms.n.control = -4",
         "1 to 100,000,000"},
        {"[arms]\nn = { treated = 5, control = 100_000_001 }\n" + rates,
         "rsa.toml:2: arms.n.control = 100000001", "1 to 100,000,000"},
        {"[arms]\nn = { treated = 7.5, control = 7 }\n" + rates, "rsa.toml:2: arms.n.treated = 7.5",
         "whole number"},
        {"[arms]\ntotal = 1\n" + rates, "rsa.toml:2: arms.total = 1", "2 to 200,000,000"},
        {"[arms]\ntotal = 10\nratio = [2, 0]\n" + rates, "rsa.toml:3: arms.ratio = [2, 0]",
         "every arm needs a positive share"},
        {"[arms]\ntotal = 10\nratio = [1, 1000]\n" + rates, "rsa.toml:2: arms.total = 10",
         "arms of 0 and 10 women"},
        {"[arms]\ntotal = 200_000_000\nratio = [2, 1]\n" + rates, "rsa.toml:2: arms.total",
         "1 to 100,000,000"},
    });
}

TEST_CASE("Two ways to give the sizes or the effect are refused", "[exact]") {
    check({
        {with("odds_ratio = 2.298\n"), "rsa.toml:5: arms.odds_ratio contradicts arms.treated_rate",
         "in line 4"},
        {with("total = 149\n"), "rsa.toml:5: arms.total contradicts arms.n.treated", "in line 2"},
        {"[arms]\ntotal = 10\ncontrol_rate = 0.5\n[sweep]\n\"arms.odds_ratio\" = [1, 2]\n"
         "\"arms.risk_ratio\" = [1, 2]\n",
         "rsa.toml:6: arms.risk_ratio contradicts arms.odds_ratio", "in line 5"},
        {with("[sweep]\n\"arms.control_rate\" = [0.5, 0.6]\n[[sweep.zip]]\n"
              "\"arms.control_rate\" = [0.5, 0.6]\n"),
         "rsa.toml:8: arms.control_rate is already given in line 6", "Keep one"},
    });
}

TEST_CASE("A missing part of the design is named with the ways to give it", "[exact]") {
    check({
        {"[arms]\ncontrol_rate = 0.5\nodds_ratio = 2\n",
         "rsa.toml: one of arms.n, arms.total is needed.", "--n 75,74"},
        {"[arms]\nn = { treated = 75 }\ncontrol_rate = 0.5\nodds_ratio = 2\n",
         "rsa.toml: arms.n.control is needed.", "n = { treated = 75, control = 74 }"},
        {"[arms]\nratio = [2, 1]\ncontrol_rate = 0.5\nodds_ratio = 2\n",
         "rsa.toml: arms.total is needed.", "total = 149"},
        {"[arms]\ntotal = 149\nodds_ratio = 2\n", "rsa.toml: arms.control_rate is needed.",
         "control_rate = 0.6351"},
        {"[arms]\ntotal = 149\ncontrol_rate = 0.5\n",
         "rsa.toml: one of arms.treated_rate, arms.odds_ratio, arms.risk_ratio, "
         "arms.risk_difference is needed.",
         "odds_ratio = 2.298"},
    });
    for (const std::string empty : {"", "\n", "# nothing\n", "\xEF\xBB\xBF", "[arms]\n"}) {
        CHECK(faults_of(empty).size() == 3);
    }
}

TEST_CASE("An effect that leads outside the rates is refused with the rate it gives", "[exact]") {
    const std::string start = "[arms]\ntotal = 20\n";
    check({
        {start + "control_rate = 0.6351\nrisk_ratio = 2\n",
         "rsa.toml:4: arms.risk_ratio = 2.0 with arms.control_rate = 0.6351", "rate of 1.2702"},
        {start + "control_rate = 0.2\nrisk_difference = -0.3\n",
         "rsa.toml:4: arms.risk_difference = -0.3 with arms.control_rate = 0.2", "rate of -0.1"},
        {start + "control_rate = 0\nodds_ratio = 2\n",
         "rsa.toml:4: arms.odds_ratio = 2.0 with arms.control_rate = 0.0", "treated_rate instead"},
        {start + "control_rate = 1\nodds_ratio = 1\n",
         "rsa.toml:4: arms.odds_ratio = 1.0 with arms.control_rate = 1.0", "below 1"},
    });
}

TEST_CASE("Faults of cells are shown for the first few, with their swept values", "[exact]") {
    const auto messages = faults_of(
        "[arms]\ntotal = 20\ncontrol_rate = 0.5\n[sweep]\n"
        "\"arms.risk_ratio\" = { from = 1, to = 4, step = 0.5 }\n\"analysis.alpha\" = [0.05, "
        "0.1]\n");
    // 2.0 gives a rate of 1; 2.5, 3, 3.5 and 4 go beyond it, at two levels each.
    REQUIRE(messages.size() == 3);
    CHECK_THAT(messages[0], StartsWith("rsa.toml:5: arms.risk_ratio = 2.5 with") &&
                                Contains("(cell 6: risk_ratio = 2.5, alpha = 0.05)"));
    CHECK_THAT(messages[2], Contains("risk_ratio = 3.5") &&
                                Contains("Of 14 cells 8 are at fault; 5 are not shown."));
}

TEST_CASE("A precision outside its range, or swept, is refused", "[exact]") {
    check({{with("[simulation]\nprecision = 0\n"), "rsa.toml:6: simulation.precision = 0",
            "between 0.0000001 and 0.25"},
           {with("[simulation]\nprecision = 0.3\n"), "rsa.toml:6: simulation.precision = 0.3",
            "as 0.001"},
           {with("[sweep]\n\"simulation.precision\" = [0.1]\n"), "rsa.toml:6: simulation.precision",
            "cannot be swept"}});
}

TEST_CASE("All faults of a file come at once, in the order of its lines", "[exact]") {
    const auto messages = faults_of(
        "[simulation]\nseed = -5\n[analysis]\nalpha = 7\ntests = [\"pearson\", \"boschlo\"]\n"
        "[arms]\ntotal = 20\ncontrol_rate = 0.5\nrisk_ratio = 3\n[covariates]\n");
    REQUIRE(messages.size() == 5);
    CHECK_THAT(messages[0], StartsWith("rsa.toml:2: simulation.seed"));
    CHECK_THAT(messages[1], StartsWith("rsa.toml:4: analysis.alpha"));
    CHECK_THAT(messages[2], StartsWith("rsa.toml:5: analysis.tests[1]"));
    CHECK_THAT(messages[3], StartsWith("rsa.toml:9: arms.risk_ratio"));
    CHECK_THAT(messages[4], StartsWith("rsa.toml:10: covariates is not a known table."));
}

TEST_CASE("A flood of faults is cut after a hundred with the number of the rest", "[exact]") {
    std::string text = arms + "[analysis]\ntests = [";
    for (int i = 0; i < 1000; ++i)
        text += "1, ";
    const auto messages = faults_of(text + "]\n");
    REQUIRE(messages.size() == 101);
    CHECK(messages.back() == "rsa.toml: 900 more faults are not shown.");
}
