#include "reading.hpp"

#include <catch2/catch.hpp>

using namespace rsasim::scenario;
using namespace rsasim::scenario::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

struct BadFlag {
    FlagSetting setting;
    std::string start;
    std::string part;
};

}  // namespace

TEST_CASE("A bad flag is refused by its name with what to give", "[exact]") {
    const std::vector<BadFlag> inputs{
        {{"--control-rate", "63.5"}, "--control-rate: arms.control_rate = 63.5: a rate", "0.635"},
        {{"--control-rate", "abc"}, "--control-rate: arms.control_rate = \"abc\": a number", "not"},
        {{"--control-rate", ""}, "--control-rate: arms.control_rate = \"\"", "a number"},
        {{"--control-rate", "0.5,,0.6"}, "--control-rate: arms.control_rate[1] = \"\"", "a number"},
        {{"--control-rate", "0.5:0.6"},
         "--control-rate: arms.control_rate = \"0.5:0.6\"",
         "number"},
        {{"--control-rate", "0.5:0.65:0.1"},
         "--control-rate: arms.control_rate: the steps end at",
         "do not hit 0.65"},
        {{"--control-rate", "nan"}, "--control-rate: arms.control_rate", "between 0 and 1"},
        {{"--control-rate", "1e999"}, "--control-rate: arms.control_rate = inf", "between 0 and 1"},
        {{"--control-rate", "0.5,0.5"}, "--control-rate: arms.control_rate[1] = 0.5", "already"},
        {{"--n", "75"}, "--n: arms.n = 75: a table of both arms is needed", "--n 75,74"},
        {{"--n", "75,74,73"}, "--n: arms.n = \"75,74,73\"", "--n 75,74"},
        {{"--n", "75,0"}, "--n: arms.n.control = 0", "1 to 100,000,000"},
        {{"--n", "75,x"}, "--n: arms.n.control = \"x\"", "a whole number"},
        {{"--odds-ratio", "-1"}, "--odds-ratio: arms.odds_ratio = -1", "above 0"},
        {{"--seed", "1,2"}, "--seed: simulation.seed = [1, 2]: this key cannot be swept", "one"},
        {{"--replicates", "1e3.5"}, "--replicates: simulation.replicates", "a whole number"},
        {{"--precision", "1"}, "--precision: simulation.precision = 1", "0.25"},
        {{"--tests", "fisher,boschlo"},
         "--tests: analysis.tests[1] = \"boschlo\" is not a known",
         "rsasim methods"},
        {{"--tests", ""}, "--tests: analysis.tests[0] = \"\" is not a known test.", "methods"},
        {{"--direction", "lower"}, "--direction: trial.direction = \"lower\"", "lower-is-better"},
        {{"--title", "\xFF"}, "--title: the value is not UTF-8", "encoding"},
        {{"--set", "alpha"}, "--set: \"alpha\": a key and a value are needed", "arms.total=150"},
        {{"--set", "analysis.alfa=0.1"},
         "--set: analysis.alfa = \"0.1\" is not a known key",
         "analysis.alpha"},
        {{"--set", "sweep.zip=1"}, "--set: sweep.zip is not a key to set", "arms.total=100:300:10"},
        {{"--set", "dropout.rate=1"}, "--set: dropout.rate = \"1\" is not a known key.", "README"},
        {{"--set", "arms.n=[[1,2]]"}, "--set: arms.n = [1, 2]: a table of both arms", "treated"},
        {{"--set", "analysis.alpha=[]"}, "--set: analysis.alpha = []: a sweep needs a list", "["},
        {{"--unheard-of", "1"}, "--unheard-of: this flag gives no key", "--help"},
    };
    for (const BadFlag& input : inputs) {
        INFO(input.setting.flag << " " << input.setting.value);
        const auto messages = faults_of(arms, {input.setting});
        REQUIRE(messages.size() == 1);
        CHECK_THAT(messages.front(), StartsWith(input.start));
        CHECK_THAT(messages.front(), Contains(input.part));
    }
}

TEST_CASE("Flags that contradict each other are refused", "[exact]") {
    auto messages = faults_of(arms, {{"--odds-ratio", "2"}, {"--risk-ratio", "1.1"}});
    REQUIRE(messages.size() == 1);
    CHECK_THAT(messages.front(), StartsWith("--risk-ratio: arms.risk_ratio contradicts") &&
                                     Contains("given by --odds-ratio"));
    messages = faults_of(arms, {{"--n", "75,74"}, {"--set", "arms.total=100"}});
    REQUIRE(messages.size() == 1);
    CHECK_THAT(messages.front(), StartsWith("--set: arms.total contradicts arms.n.treated"));
    messages = faults_of(arms, {{"--alpha", "0.05"}, {"--set", "analysis.alpha=0.1"}});
    REQUIRE(messages.size() == 1);
    CHECK_THAT(messages.front(), StartsWith("--set: analysis.alpha is already given by --alpha"));
}

TEST_CASE("Flags without a file say what is missing", "[exact]") {
    const auto messages = faults_of_flags({});
    REQUIRE(messages.size() == 3);
    CHECK_THAT(messages[0],
               StartsWith("design flags: one of arms.n, arms.total") && Contains("--n 75,74"));
    CHECK_THAT(messages[1], Contains("--control-rate 0.6351"));
    CHECK_THAT(messages[2], Contains("--odds-ratio 2.298"));
}

TEST_CASE("Faults of the file come before those of the command line", "[exact]") {
    const auto messages =
        faults_of(arms + "[analysis]\nalpha = 2\n", {{"--seed", "-1"}, {"--sides", "0"}});
    REQUIRE(messages.size() == 3);
    CHECK_THAT(messages[0], StartsWith("rsa.toml:6:"));
    CHECK_THAT(messages[1], StartsWith("--seed:"));
    CHECK_THAT(messages[2], StartsWith("--sides:"));
}

TEST_CASE("More cells or replicates than can be counted are refused", "[exact]") {
    auto messages = faults_of(arms, {{"--total", "2:20002:2"}, {"--odds-ratio", "1:2:0.001"}});
    REQUIRE(messages.size() == 1);
    CHECK_THAT(messages.front(), Contains("more than 10000000 cells"));
    messages = faults_of(arms, {{"--total", "2:20002:2"}, {"--replicates", "1e15"}});
    REQUIRE(messages.size() == 1);
    CHECK_THAT(messages.front(), Contains("more than 2^63 replicates"));
    CHECK(faults_of(arms, {{"--replicates", "1e12"}}).empty());
}
