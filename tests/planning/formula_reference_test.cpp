#include "support/reference.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/planning/formula.hpp>
#include <rsasim/planning/stratified_formula.hpp>

using namespace rsasim;
using namespace rsasim::planning;
using design::Measure;
using reference::Json;

namespace {

double number_or(const Json& input, const std::string& name, double otherwise) {
    return input.contains(name) ? input.at(name).get<double>() : otherwise;
}

/// Words of the entry that name its formula.
std::string description_of(const Json& input) {
    std::string words;
    for (const auto* name : {"formula", "kind", "scale"})
        words += input.value(name, "") + " ";
    return words;
}

Formula formula_in(const Json& input) {
    const std::string words = description_of(input);
    const auto says = [&](const char* what) { return words.find(what) != std::string::npos; };
    if (says("OR (log odds ratio)")) return Formula::log_odds_ratio_null;
    if (says("log odds ratio")) return Formula::log_odds_ratio;
    if (says("unpooled")) return Formula::unpooled;
    REQUIRE(says("pooled-null"));
    return Formula::pooled;
}

/// One-sided questions are asked on the side of the truth; a margin lies below it.
FormulaQuestion question_in(const Json& input) {
    FormulaQuestion question;
    question.rates = {number_or(input, "p1", number_or(input, "pt", -1)),
                      number_or(input, "p2", number_or(input, "pc", -1))};
    question.ratio = {static_cast<std::int64_t>(number_or(input, "allocation_n1_over_n2", 1)), 1};
    question.power = number_or(input, "power", 1 - number_or(input, "beta", 0.5));
    question.alpha = number_or(input, "alpha", 0.05);
    if (input.contains("alpha_one_sided")) {
        question.alpha = input.at("alpha_one_sided").get<double>();
        question.sides = design::Sides::one;
        if (question.rates.treated < question.rates.control)
            question.direction = design::Direction::lower_is_better;
    }
    if (number_or(input, "margin", 0) != 0)
        question.null = {Measure::risk_difference, -input.at("margin").get<double>()};
    if (input.contains("margin_log")) {
        const double margin = std::exp(input.at("margin_log").get<double>());
        question.equivalence = design::Equivalence{Measure::odds_ratio, 1 / margin, margin};
    }
    return question;
}

StratifiedQuestion stratified_question_in(const Json& input) {
    StratifiedQuestion question;
    const Json& rates = input.at("p2");
    const Json& ratios = input.at("odds_ratio");
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const double odds_ratio = (ratios.is_array() ? ratios.at(i) : ratios).get<double>();
        Stratum stratum;
        stratum.share = input.contains("stratum_weights")
                            ? input.at("stratum_weights").at(i).get<double>()
                            : 1 / static_cast<double>(rates.size());
        stratum.rates.control = rates.at(i).get<double>();
        stratum.rates.treated =
            treated_rate_for(Measure::odds_ratio, odds_ratio, stratum.rates.control);
        question.strata.push_back(stratum);
    }
    const bool is_one_sided = input.contains("alpha_one_sided");
    question.sides = is_one_sided ? design::Sides::one : design::Sides::two;
    question.alpha = input.at(is_one_sided ? "alpha_one_sided" : "alpha_two_sided").get<double>();
    if (input.at("continuity").get<bool>()) question.correction = ContinuityCorrection::half;
    return question;
}

/// Women per arm that an entry gives, where it asks for a power.
double women_per_arm(const Json& input) {
    return number_or(input, "n_per_arm", number_or(input, "n_total", 0) / 2);
}

/// ClinicalTrialUtilities.jl, which these entries are from, counts the rejections of every test in
/// both directions.
bool counts_far_tails(const Json& input) {
    return input.contains("kind");
}

/// The power of a test at one critical value in both directions.
double power_both_ways(Formula formula, FormulaQuestion question, const RealArmSizes& sizes) {
    question.sides = design::Sides::one;
    question.direction = design::Direction::higher_is_better;
    const double up = formula_power(formula, question, sizes).value();
    question.direction = design::Direction::lower_is_better;
    return up + formula_power(formula, question, sizes).value();
}

double power_with_far_tails(Formula formula, FormulaQuestion question, const RealArmSizes& sizes) {
    if (!question.equivalence) {
        question.alpha /= 2;
        return power_both_ways(formula, question, sizes);
    }
    const auto margins = *std::exchange(question.equivalence, std::nullopt);
    question.null = {margins.measure, margins.lower};
    const double at_lower = power_both_ways(formula, question, sizes);
    question.null.value = margins.upper;
    return at_lower + power_both_ways(formula, question, sizes) - 1;
}

/// What the formulas answer under the name of an expected number.
double answer(const std::string& name, const Json& input) {
    const FormulaQuestion question = question_in(input);
    const Formula formula = formula_in(input);
    if (name == "power") {
        const double n = women_per_arm(input);
        REQUIRE(n > 0);
        if (counts_far_tails(input)) return power_with_far_tails(formula, question, {n, n});
        return formula_power(formula, question, RealArmSizes{n, n}).value();
    }
    const auto size = formula_size(formula, question);
    REQUIRE(size);
    if (name == "n_per_arm_rounded") return static_cast<double>(size->sizes.treated);
    if (name == "n_per_arm" || name == "n1") return size->real.treated;
    REQUIRE(name == "n_total");
    return size->real.treated + size->real.control;
}

double stratified_answer(const std::string& name, const Json& input) {
    const StratifiedQuestion question = stratified_question_in(input);
    if (name == "power") return stratified_power(question, input.at("N").get<double>()).value();
    REQUIRE(name == "N");
    return std::ceil(stratified_women(question, input.at("power").get<double>()).value());
}

}  // namespace

TEST_CASE("Formulas agree with every reference number", "[reference]") {
    for (const Json& entry : reference::entries("formula_power")) {
        INFO(entry.at("id"));
        const Json& input = entry.at("input");
        const bool is_stratified = input.contains("design");
        for (const auto& [name, expected] : entry.at("expected").items()) {
            const double actual =
                is_stratified ? stratified_answer(name, input) : answer(name, input);
            INFO(name << " is " << actual << ", expected " << expected);
            CHECK(reference::agrees(actual, expected, entry.at("tolerance")));
        }
    }
}

TEST_CASE("Equivalence counts each test on its own side", "[exact]") {
    FormulaQuestion question;
    question.rates = {0.25, 0.25};
    question.equivalence = design::Equivalence{Measure::odds_ratio, std::exp(-0.5), std::exp(0.5)};
    // 2 Phi(0.5/se - 1.6448536) - 1 with se^2 = 2/(366 * 0.25 * 0.75), in R 4.2.2.
    CHECK(*formula_power(Formula::log_odds_ratio, question, design::ArmSizes{366, 366}) ==
          Approx(0.800854546126815).epsilon(1e-12));
    question.power = 0.800854546126815;
    CHECK(formula_size(Formula::log_odds_ratio, question)->real.treated ==
          Approx(366).epsilon(1e-12));
}

TEST_CASE("A formula of one stratum is the formula without strata", "[property]") {
    FormulaQuestion plain;
    plain.rates = {0.4, 0.25};
    plain.ratio = {2, 3};
    for (const auto correction : {ContinuityCorrection::none, ContinuityCorrection::half}) {
        const StratifiedQuestion stratified{
            {{1, 0.4, plain.rates}}, plain.alpha, plain.sides, correction};
        const auto formula =
            correction == ContinuityCorrection::none ? Formula::pooled : Formula::pooled_corrected;
        const auto size = formula_size(formula, plain);
        CHECK(stratified_women(stratified, plain.power).value() ==
              Approx(size->real.treated + size->real.control).epsilon(1e-12));
        constexpr double many = 1e7;
        StratifiedQuestion faint = stratified;
        faint.strata.front().rates = plain.rates = {0.4, 0.399};
        CHECK(stratified_power(faint, many).value() ==
              Approx(formula_power(formula, plain, RealArmSizes{0.4 * many, 0.6 * many}).value())
                  .epsilon(1e-6));
        plain.rates = {0.4, 0.25};
    }
}

TEST_CASE("Nam's corrected example needs 192 subjects", "[reference]") {
    // Nam 1992, as the tests of samplesizeCMH have it.
    StratifiedQuestion question;
    question.alpha = 0.05;
    question.sides = design::Sides::one;
    question.correction = ContinuityCorrection::half;
    for (const auto& [share, control] : std::vector<std::pair<double, double>>{
             {0.10, 0.75}, {0.40, 0.70}, {0.35, 0.65}, {0.15, 0.60}})
        question.strata.push_back(
            {share, 0.5, {treated_rate_for(Measure::odds_ratio, 3, control), control}});
    CHECK(std::ceil(stratified_women(question, 0.9).value()) == 192);
}

TEST_CASE("Strata without an effect or with a single woman have no answer", "[exact]") {
    const StratifiedQuestion none{{{1, 0.5, {0.3, 0.3}}}};
    CHECK_FALSE(stratified_women(none, 0.9));
    CHECK_FALSE(stratified_power(none, 100));
    const StratifiedQuestion small{{{0.01, 0.5, {0.5, 0.3}}, {0.99, 0.5, {0.5, 0.3}}}};
    CHECK(stratified_power(small, 200));
    CHECK_FALSE(stratified_power(small, 199));
}
