#include "planned.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/planning/regions.hpp>
#include <rsasim/planning/sample_size.hpp>
#include <rsasim/planning/test_power.hpp>

namespace {

using namespace rsasim;
using planned::AnalysisPlan;
using planned::Rates;
using planning::SampleSizeQuestion;

/// Sanitizers make every table tenfold dearer, and look for other faults.
#ifdef __SANITIZE_ADDRESS__
constexpr std::int64_t largest_n = 80;
#else
constexpr std::int64_t largest_n = 300;
#endif

struct Planned {
    Rates rates;
    double target;
};

/// Effects of either sign, rates near 0 and 1, targets from 0.5 to 0.99.
const std::vector<Planned> designs{
    {{0.80, 0.6351}, 0.8}, {{0.75, 0.5}, 0.9},  {{0.5, 0.75}, 0.8}, {{0.2, 0.05}, 0.9},
    {{0.02, 0.2}, 0.9},    {{1.0, 0.85}, 0.9},  {{0.98, 0.8}, 0.8}, {{0.9, 0.2}, 0.95},
    {{0.6, 0.35}, 0.99},   {{0.35, 0.25}, 0.5},
};

/// The power of every design at n = 1, ..., largest_n per arm, from the whole rejection region.
std::vector<std::vector<double>> powers_by_brute_force(const AnalysisPlan& plan) {
    std::vector<std::vector<double>> powers(designs.size());
    for (std::int64_t n = 1; n <= largest_n; ++n) {
        const auto region = planning::rejection_region(planned::design_of({n, n}, plan), 0, 2);
        for (std::size_t d = 0; d < designs.size(); ++d)
            powers[d].push_back(planned::probability({n, n}, region, designs[d].rates));
    }
    return powers;
}

SampleSizeQuestion question_of(const AnalysisPlan& plan, const Planned& planned) {
    SampleSizeQuestion question;
    question.goal =
        planning::power_goal(std::make_shared<const AnalysisPlan>(plan), 0, planned.rates);
    question.target = planned.target;
    question.cap = 2 * largest_n;
    question.horizon = 2 * largest_n;
    question.threads = 2;
    return question;
}

}  // namespace

TEST_CASE("Sizes of ten tests for ten designs are those of brute force over every n", "[exact]") {
    const std::string test =
        GENERATE("pearson", "fisher", "fisher-midp", "fisher-central", "yates", "wald",
                 "z-unpooled", "likelihood-ratio", "boschloo", "z-pooled-exact");
    const auto plan = planned::plan_with(test);
    const auto powers = powers_by_brute_force(plan);
    for (std::size_t d = 0; d < designs.size(); ++d) {
        INFO(test << ", design " << d);
        const auto reaches = [&](double power) { return power >= designs[d].target; };
        const auto& curve = powers[d];
        const auto first = std::ranges::find_if(curve, reaches);
        const auto answer = exact_sample_size(question_of(plan, designs[d]));
        REQUIRE(answer.first.has_value() == (first != curve.end()));
        if (!answer.first) continue;
        CHECK(answer.first->sizes.treated == first - curve.begin() + 1);
        CHECK(answer.first->power == Approx(*first).margin(1e-10));
        REQUIRE(answer.stable.has_value() == reaches(curve.back()));
        if (!answer.stable) continue;
        const auto last_below = std::find_if_not(curve.rbegin(), curve.rend(), reaches);
        CHECK(answer.stable->sizes.control == curve.rend() - last_below + 1);
    }
}

TEST_CASE("A size that no trial up to the cap has is not found", "[exact]") {
    auto question = question_of(planned::plan_with("pearson"), {{0.51, 0.5}, 0.9});
    CHECK_FALSE(exact_sample_size(question).first);
    question.target = 1 - 1e-10;
    CHECK_THROWS_AS(exact_sample_size(question), std::invalid_argument);
    CHECK_THROWS_AS(question_of(planned::plan_with("pearson"), {{0.5, 0.5}, 0.9}),
                    std::invalid_argument);
}

TEST_CASE("Threads change nothing about a sample size", "[threads]") {
    auto question = question_of(planned::plan_with("fisher"), designs.front());
    const auto two = exact_sample_size(question);
    question.threads = 7;
    const auto seven = exact_sample_size(question);
    CHECK(two.first->sizes == seven.first->sizes);
    CHECK(two.first->power == seven.first->power);
    CHECK(two.stable->sizes == seven.stable->sizes);
}

TEST_CASE("Neighbours of a size and the saw-tooth have the power of their sizes", "[exact]") {
    const auto question = question_of(planned::plan_with("fisher"), designs.front());
    const auto splits = planning::splits_near(question, {75, 75});
    CHECK(splits.size() == 9);
    for (const auto& [sizes, power] : splits)
        CHECK(power == question.goal->at(sizes));
    // Reference: 0.590944 with 75 against 74, 0.5482 with 75 against 75.
    const auto power_of = [&](const design::ArmSizes& sizes) {
        return std::ranges::find(splits, sizes, &planning::SizedPower::sizes)->power;
    };
    CHECK(power_of({75, 74}) == Approx(0.590944).margin(5e-7));
    CHECK(power_of({75, 75}) == Approx(0.5482).margin(5e-5));
    const auto curve = planning::power_by_size(question, {70, 70}, {80, 80});
    REQUIRE(curve.size() == 11);
    CHECK(curve[5].power == power_of({75, 75}));
}

namespace {

/// A trial that has its goal from 5 steps on, and whose method knows sizes up to a limit.
class LimitedGoal : public planning::SizeGoal {
  public:
    explicit LimitedGoal(std::int64_t largest) : largest_(largest) {}
    [[nodiscard]] double at(const design::ArmSizes& sizes) const override {
        return is_judged(sizes) && sizes.control >= 5 ? 0.95 : 0;
    }
    [[nodiscard]] bool is_judged(const design::ArmSizes& sizes) const override {
        return sizes.control <= largest_;
    }

  private:
    std::int64_t largest_;
};

SampleSizeQuestion limited_question(std::int64_t largest) {
    SampleSizeQuestion question;
    question.goal = std::make_shared<LimitedGoal>(largest);
    return question;
}

}  // namespace

TEST_CASE("A horizon ends where the method is no longer judged", "[exact]") {
    auto question = limited_question(7);
    auto answer = exact_sample_size(question);
    CHECK(answer.first->sizes == design::ArmSizes{5, 5});
    CHECK(answer.stable->sizes == design::ArmSizes{5, 5});
    CHECK(answer.horizon == 14);
    CHECK(answer.judged_up_to == 14);
    CHECK(planning::power_by_size(question, {5, 5}, {9, 9}).size() == 3);
    CHECK(planning::splits_near(question, {7, 7}).size() == 6);
    question.goal = std::make_shared<LimitedGoal>(1000);
    answer = exact_sample_size(question);
    CHECK(answer.horizon == 20);
    CHECK_FALSE(answer.judged_up_to);
}

TEST_CASE("Where no size that is judged has the power, the limit is told from the cap", "[exact]") {
    const auto question = limited_question(4);
    const auto answer = exact_sample_size(question);
    CHECK_FALSE(answer.first);
    CHECK(answer.judged_up_to == 8);
}

TEST_CASE("Tests that order all tables are judged up to 2,047 women in each arm", "[exact]") {
    // 2,048 x 2,048 tables are 4,194,304.
    const auto is_judged = [](const char* test, const design::ArmSizes& sizes) {
        return planning::can_be_judged(sizes, planned::plan_with(test), 0);
    };
    CHECK(is_judged("z-pooled-exact", {2047, 2047}));
    CHECK_FALSE(is_judged("z-pooled-exact", {2048, 2047}));
    CHECK_FALSE(is_judged("boschloo", {2048, 2048}));
    CHECK(is_judged("pearson", {4000, 4000}));
    CHECK(is_judged("wald", {4000, 4000}));
}

TEST_CASE("A horizon below the first size is refused", "[exact]") {
    auto question = limited_question(1000);
    question.horizon = 8;
    CHECK_THROWS_WITH(exact_sample_size(question), Catch::Contains("below the first size"));
    question.horizon = 10;
    CHECK(exact_sample_size(question).stable->sizes == design::ArmSizes{5, 5});
}
