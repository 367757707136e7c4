#include "planned.hpp"

#include <cmath>
#include <limits>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/planning/formula.hpp>

using namespace rsasim;
using namespace rsasim::planning;
using design::Measure;

namespace {

/// Of a power at its own real-valued size.
constexpr double round_trip_tolerance = 1e-12;

FormulaQuestion superiority(const design::Rates& rates, const AllocationRatio& ratio = {1, 1}) {
    FormulaQuestion question;
    question.rates = rates;
    question.ratio = ratio;
    return question;
}

FormulaQuestion with_margin(FormulaQuestion question, Measure measure, double value) {
    question.null = {measure, value};
    question.sides = design::Sides::one;
    question.alpha = 0.025;
    return question;
}

FormulaQuestion with_equivalence(FormulaQuestion question, const design::Equivalence& margins) {
    question.equivalence = margins;
    question.sides = design::Sides::one;
    return question;
}

/// Questions of every kind that at least one formula answers.
std::vector<FormulaQuestion> varied_questions() {
    std::vector<FormulaQuestion> questions;
    for (const AllocationRatio& ratio : {AllocationRatio{1, 1}, {2, 1}, {3, 7}}) {
        const auto plain = superiority({0.8, 0.6351}, ratio);
        auto one_sided = superiority({0.1, 0.3}, ratio);
        one_sided.sides = design::Sides::one;
        one_sided.direction = design::Direction::lower_is_better;
        questions.insert(
            questions.end(),
            {plain, one_sided, with_margin(plain, Measure::risk_difference, -0.1),
             with_margin(plain, Measure::risk_ratio, 0.9),
             with_margin(plain, Measure::odds_ratio, 0.7),
             with_equivalence(superiority({0.3, 0.31}, ratio),
                              {Measure::risk_difference, -0.1, 0.12}),
             with_equivalence(superiority({0.3, 0.3}, ratio), {Measure::odds_ratio, 0.5, 2}),
             with_equivalence(superiority({0.3, 0.28}, ratio), {Measure::risk_ratio, 0.8, 1.25})});
    }
    return questions;
}

double total_of(const FormulaSize& size) {
    return size.real.treated + size.real.control;
}

}  // namespace

TEST_CASE("Power at the real-valued size is the target", "[property]") {
    std::set<Formula> answered;
    for (FormulaQuestion question : varied_questions()) {
        for (const double power : {0.1, 0.8, 0.9, 0.999}) {
            question.power = power;
            for (const FormulaSize& size : all_formula_sizes(question)) {
                if (total_of(size) == 0) continue;  // a low target, met by no women at all
                INFO(id_of(size.formula) << " of power " << power);
                const auto again = formula_power(size.formula, question, size.real);
                REQUIRE(again);
                CHECK(std::abs(*again - power) <= round_trip_tolerance);
                answered.insert(size.formula);
            }
        }
    }
    CHECK(answered.size() == all_formulas.size());
}

TEST_CASE("The rounded size is the smallest of the ratio that reaches the target", "[property]") {
    for (const FormulaQuestion& question : varied_questions()) {
        for (const FormulaSize& size : all_formula_sizes(question)) {
            INFO(id_of(size.formula));
            const auto steps = size.sizes.control / question.ratio.control();
            CHECK(size.sizes == question.ratio.sizes(steps));
            CHECK(size.power >= question.power - round_trip_tolerance);
            CHECK(size.power == formula_power(size.formula, question, size.sizes));
            if (steps == 1) continue;
            CHECK(*formula_power(size.formula, question, question.ratio.sizes(steps - 1)) <
                  question.power);
        }
    }
}

TEST_CASE("The continuity correction is the one of Fleiss, Tytun and Ury", "[exact]") {
    for (const AllocationRatio& ratio : {AllocationRatio{1, 1}, {1, 2}, {3, 1}}) {
        const auto question = superiority({0.4, 0.25}, ratio);
        const double n = formula_size(Formula::pooled, question)->real.treated;
        const double r =
            static_cast<double>(ratio.control()) / static_cast<double>(ratio.treated());
        const double root = std::sqrt(1 + 2 * (r + 1) / (n * r * 0.15));
        const double corrected = n / 4 * (1 + root) * (1 + root);
        CHECK(formula_size(Formula::pooled_corrected, question)->real.treated ==
              Approx(corrected).epsilon(1e-12));
    }
}

TEST_CASE("Sizes at a margin agree with gsDesign", "[reference]") {
    // nBinomial of gsDesign 3, its formula run in R 4.2.2, alpha .025 one-sided; arm 1 is treated.
    struct Case {
        design::Rates rates;
        AllocationRatio ratio;
        double power;
        design::Effect null;
        double total;
    };
    const std::vector<Case> cases{
        {{0.80, 0.75}, {1, 1}, 0.9, {Measure::risk_difference, -0.1}, 329.2060358752},
        {{0.3, 0.3}, {2, 1}, 0.8, {Measure::risk_difference, -0.15}, 345.6943368523},
        {{0.6, 0.4}, {1, 2}, 0.9, {Measure::risk_difference, 0.05}, 515.9463901255},
        {{0.80, 0.75}, {1, 1}, 0.9, {Measure::risk_ratio, 0.85}, 247.7907576534},
        {{0.3, 0.3}, {2, 1}, 0.8, {Measure::risk_ratio, 0.6}, 291.1964544778},
        {{0.6, 0.4}, {1, 2}, 0.9, {Measure::risk_ratio, 1.1}, 485.2895087429},
        {{0.80, 0.75}, {1, 1}, 0.9, {Measure::odds_ratio, 0.6}, 386.7284350566},
        {{0.3, 0.3}, {2, 1}, 0.8, {Measure::odds_ratio, 0.5}, 339.4182587301},
        {{0.6, 0.4}, {1, 2}, 0.9, {Measure::odds_ratio, 1.2}, 487.4047271273}};
    for (const Case& known : cases) {
        auto question = with_margin(superiority(known.rates, known.ratio), known.null.measure,
                                    known.null.value);
        question.power = known.power;
        const Formula formula = known.null.measure == Measure::odds_ratio
                                    ? Formula::log_odds_ratio_null
                                    : Formula::pooled;
        INFO(design::name_of(known.null.measure) << " " << known.null.value);
        const auto size = formula_size(formula, question);
        REQUIRE(size);
        CHECK(total_of(*size) == Approx(known.total).epsilon(1e-11));
    }
}

TEST_CASE("A margin of next to nothing is no effect", "[property]") {
    const auto one_sided = with_margin(superiority({0.8, 0.6}, {2, 1}), Measure::odds_ratio, 1);
    for (const auto& [formula, null] : std::vector<std::pair<Formula, design::Effect>>{
             {Formula::pooled, {Measure::risk_difference, 1e-9}},
             {Formula::pooled, {Measure::risk_ratio, 1 + 1e-9}},
             {Formula::log_odds_ratio_null, {Measure::odds_ratio, 1 + 1e-9}},
             {Formula::log_risk_ratio, {Measure::risk_ratio, 1 + 1e-9}}}) {
        auto near = one_sided;
        near.null = null;
        CHECK(total_of(*formula_size(formula, near)) ==
              Approx(total_of(*formula_size(formula, one_sided))).epsilon(1e-7));
    }
}

TEST_CASE("The risk ratio's size is its closed form", "[exact]") {
    auto question = with_margin(superiority({0.3, 0.2}, {2, 1}), Measure::risk_ratio, 0.8);
    question.power = 0.9;
    const double z = 1.959963984540054 + 1.2815515655446004;
    const double variance = 0.7 / (0.3 * 2) + 0.8 / 0.2;  // per control woman
    const double effect = std::log(1.5 / 0.8);
    CHECK(formula_size(Formula::log_risk_ratio, question)->real.control ==
          Approx(z * z * variance / (effect * effect)).epsilon(1e-12));
}

TEST_CASE("Swapped outcomes and arms leave sizes unchanged", "[property]") {
    const auto question = superiority({0.8, 0.6351}, {2, 1});
    const auto mirrored = superiority({0.2, 0.3649}, {2, 1});
    const auto exchanged = superiority({0.6351, 0.8}, {1, 2});
    for (const FormulaSize& size : all_formula_sizes(question)) {
        INFO(id_of(size.formula));
        CHECK(total_of(*formula_size(size.formula, exchanged)) ==
              Approx(total_of(size)).epsilon(1e-12));
        if (size.formula == Formula::log_risk_ratio) continue;
        CHECK(total_of(*formula_size(size.formula, mirrored)) ==
              Approx(total_of(size)).epsilon(1e-12));
    }
}

TEST_CASE("The direction decides which side a one-sided question asks for", "[property]") {
    auto question = superiority({0.3, 0.5});
    question.sides = design::Sides::one;
    CHECK_FALSE(formula_size(Formula::pooled, question));
    CHECK(*formula_power(Formula::pooled, question, design::ArmSizes{100, 100}) < question.alpha);
    question.direction = design::Direction::lower_is_better;
    CHECK(formula_size(Formula::pooled, question));
}

TEST_CASE("A formula answers only the null hypotheses on its scale", "[exact]") {
    const auto plain = superiority({0.8, 0.75});
    const auto ids_for = [](const FormulaQuestion& question) {
        std::set<std::string> ids;
        for (const FormulaSize& size : all_formula_sizes(question))
            ids.insert(std::string(id_of(size.formula)));
        return ids;
    };
    using Ids = std::set<std::string>;
    CHECK(ids_for(plain).size() == all_formulas.size());
    CHECK(ids_for(with_margin(plain, Measure::risk_difference, -0.1)) == Ids{"pooled", "unpooled"});
    CHECK(ids_for(with_margin(plain, Measure::risk_ratio, 0.9)) == Ids{"log-risk-ratio", "pooled"});
    CHECK(ids_for(with_margin(plain, Measure::odds_ratio, 0.7)) ==
          Ids{"log-odds-ratio", "log-odds-ratio-null"});
    CHECK(ids_for(with_margin(plain, Measure::odds_ratio, 1.5)).empty());  // in the null hypothesis
}

TEST_CASE("Rates of 0 and 1 are answered where the variances are finite", "[exact]") {
    CHECK(formula_size(Formula::pooled, superiority({0.2, 0})));
    CHECK(formula_size(Formula::unpooled, superiority({1, 0.5})));
    CHECK_FALSE(formula_size(Formula::log_odds_ratio, superiority({0.2, 0})));
    CHECK_FALSE(formula_size(Formula::log_odds_ratio_null, superiority({1, 0.5})));
    CHECK_FALSE(formula_size(Formula::log_risk_ratio, superiority({0, 0.5})));
    for (const Formula formula : all_formulas) {
        CHECK_FALSE(formula_size(formula, superiority({1, 0})));
        CHECK_FALSE(formula_size(formula, superiority({0.4, 0.4})));
        CHECK_FALSE(formula_size(
            formula, with_margin(superiority({0.2, 0}), Measure::risk_difference, -0.1)));
        CHECK_FALSE(formula_size(formula, superiority({0.5, 0.5 + 1e-7})));  // too many women
    }
}

TEST_CASE("Targets outside (0, 1) are refused, and small ones need one step", "[exact]") {
    auto question = superiority({0.8, 0.6}, {2, 1});
    for (const double power : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
        question.power = power;
        CHECK_THROWS_AS(formula_size(Formula::pooled, question), std::invalid_argument);
    }
    question.power = 0.01;
    const auto size = formula_size(Formula::pooled, question);
    REQUIRE(size);
    CHECK(total_of(*size) == 0);
    CHECK(size->sizes == design::ArmSizes{2, 1});
}

TEST_CASE("Formulas are found by their ids", "[exact]") {
    for (const Formula formula : all_formulas) {
        CHECK(formula_named(id_of(formula)) == formula);
        CHECK_FALSE(title_of(formula).empty());
    }
    CHECK_FALSE(formula_named("poled"));
}

TEST_CASE("A plan becomes the question of its formulas", "[exact]") {
    auto plan = planned::plan_with("pearson", 0.01);
    plan.sides = design::Sides::one;
    plan.direction = design::Direction::lower_is_better;
    plan.null = {Measure::risk_difference, 0.1};
    const FormulaQuestion question = formula_question(plan, {0.2, 0.3}, {3, 2}, 0.7);
    CHECK(question.rates.treated == 0.2);
    CHECK(question.ratio.treated() == 3);
    CHECK(question.alpha == 0.01);
    CHECK(question.sides == plan.sides);
    CHECK(question.direction == plan.direction);
    CHECK(question.null == plan.null);
    CHECK(question.power == 0.7);
    CHECK(all_formula_sizes(question).size() == 2);
}
