#include "planned.hpp"
#include "support/reference.hpp"

#include <map>
#include <memory>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/planning/sample_size.hpp>

namespace {

using reference::Json;
using rsasim::planning::SampleSizeQuestion;

const std::map<std::string, std::string> sized_tests{{"pearson", "pearson"},
                                                     {"fisher", "fisher"},
                                                     {"fisher_minlike", "fisher"},
                                                     {"zpooled_exact", "z-pooled-exact"},
                                                     {"boschloo", "boschloo"}};

SampleSizeQuestion question_in(const Json& input) {
    auto plan = planned::plan_with(sized_tests.at(input.at("test").get<std::string>()),
                                   input.at("alpha").get<double>());
    if (input.at("side") != "two") plan.sides = rsasim::design::Sides::one;
    SampleSizeQuestion question;
    question.goal =
        rsasim::planning::power_goal(std::make_shared<const planned::AnalysisPlan>(plan), 0,
                                     {input.at("p1").get<double>(), input.at("p2").get<double>()});
    question.ratio = {input.at("ratio").get<std::int64_t>(), 1};
    question.target = input.at("target").get<double>();
    question.threads = 2;
    return question;
}

/// What the entry calls its sample size: the smallest n, or the stable one.
std::string rule_of(const Json& entry) {
    return entry.at("input").at("rule").get<std::string>().find("every larger") == std::string::npos
               ? "first"
               : "stable";
}

}  // namespace

TEST_CASE("Exact sample sizes agree with every reference design", "[reference]") {
    for (const Json& entry : reference::entries("sample_size_exact")) {
        const auto answer = exact_sample_size(question_in(entry.at("input")));
        const Json& expected = entry.at("expected");
        INFO(entry.at("id"));
        REQUIRE(answer.first);
        REQUIRE(answer.stable);
        const auto& printed = rule_of(entry) == "first" ? *answer.first : *answer.stable;
        const std::string n = expected.contains("n_per_arm") ? "n_per_arm" : "n2";
        CHECK(printed.sizes.control == expected.at(n).get<std::int64_t>());
        CHECK(reference::agrees(printed.power, expected.at("power_at_n"), entry.at("tolerance")));
        if (expected.contains("first_n2")) {
            CHECK(answer.first->sizes.control == expected.at("first_n2").get<std::int64_t>());
            CHECK(answer.stable->sizes.control == expected.at("stable_n2").get<std::int64_t>());
        }
    }
}

TEST_CASE("A trial of 0.80 against 0.6351 needs the published number of women", "[reference]") {
    for (const auto& [test, women] : std::map<std::string, std::int64_t>{
             {"fisher", 165}, {"pearson", 154}, {"z-pooled-exact", 155}, {"boschloo", 156}}) {
        SampleSizeQuestion question;
        question.goal = rsasim::planning::power_goal(
            std::make_shared<const planned::AnalysisPlan>(planned::plan_with(test)), 0,
            {0.80, 0.6351});
        question.threads = 2;
        INFO(test);
        const auto answer = exact_sample_size(question);
        REQUIRE(answer.first);
        CHECK(answer.first->sizes.treated == women);
        if (test == "fisher") CHECK(answer.stable->sizes.treated == women);
    }
}
