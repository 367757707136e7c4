#include "normal_power.hpp"
#include "restricted_rates.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/normal.hpp>
#include <rsasim/planning/formula.hpp>

namespace rsasim::planning {
namespace {

using design::Effect;
using design::Measure;
using design::Rates;

/// A real number of steps this little above a whole one, relatively, is that number: the formula's
/// rounding errors are far smaller, and no planner means the difference.
constexpr double step_slack = 1e-12;

struct FormulaText {
    Formula formula;
    std::string_view id;
    std::string_view title;
};

constexpr std::array formula_texts{
    FormulaText{Formula::pooled, "pooled", "difference, null variance"},
    FormulaText{Formula::pooled_corrected, "pooled-corrected", "difference, corrected"},
    FormulaText{Formula::unpooled, "unpooled", "difference, true variance"},
    FormulaText{Formula::log_odds_ratio, "log-odds-ratio", "log odds ratio, true variance"},
    FormulaText{Formula::log_odds_ratio_null, "log-odds-ratio-null",
                "log odds ratio, null variance"},
    FormulaText{Formula::log_risk_ratio, "log-risk-ratio", "log risk ratio, true variance"}};

const FormulaText& text_of_formula(Formula formula) {
    return *std::ranges::find(formula_texts, formula, &FormulaText::formula);
}

double binomial_variance(double rate) {
    return rate * (1 - rate);
}

/// s^2 = p1 q1/f1 + R^2 p0 q0/f0 of p1 - R p0.
double difference_variance(const Rates& rates, const ArmShares& shares, double ratio = 1) {
    return binomial_variance(rates.treated) / shares.treated +
           ratio * ratio * binomial_variance(rates.control) / shares.control;
}

double log_odds_ratio_variance(const Rates& rates, const ArmShares& shares) {
    return 1 / (shares.treated * binomial_variance(rates.treated)) +
           1 / (shares.control * binomial_variance(rates.control));
}

double log_risk_ratio_variance(const Rates& rates, const ArmShares& shares) {
    return (1 - rates.treated) / (shares.treated * rates.treated) +
           (1 - rates.control) / (shares.control * rates.control);
}

double log_effect(Measure measure, const Rates& rates, const Effect& null) {
    const double value = null.is_no_effect() ? 1 : null.value;
    return std::log(effect_of(measure, rates)) - std::log(value);
}

bool applies_to(Formula formula, const Effect& null) {
    if (null.is_no_effect()) return true;
    switch (formula) {
        case Formula::pooled:
            return null.measure == Measure::risk_difference || null.measure == Measure::risk_ratio;
        case Formula::pooled_corrected:
            return false;
        case Formula::unpooled:
            return null.measure == Measure::risk_difference;
        case Formula::log_odds_ratio:
        case Formula::log_odds_ratio_null:
            return null.measure == Measure::odds_ratio;
        case Formula::log_risk_ratio:
            return null.measure == Measure::risk_ratio;
    }
    return false;
}

/// d, s0, s1 and c of treated above control; squares of s0 and s1 are passed.
NormalTest test_of(double effect, double variance_null, double variance_truth,
                   double correction = 0) {
    return {effect, std::sqrt(variance_null), std::sqrt(variance_truth), correction};
}

NormalTest difference_test(Formula formula, const Rates& rates, const Effect& null,
                           const ArmShares& shares) {
    const double ratio =
        null.measure == Measure::risk_ratio && !null.is_no_effect() ? null.value : 1;
    const double margin = null.measure == Measure::risk_difference ? null.value : 0;
    const double effect = rates.treated - ratio * rates.control - margin;
    const double in_truth = difference_variance(rates, shares, ratio);
    if (formula == Formula::unpooled) return test_of(effect, in_truth, in_truth);
    const double in_null =
        difference_variance(restricted_rates(rates, null, shares), shares, ratio);
    const double correction =
        formula == Formula::pooled_corrected ? (1 / shares.treated + 1 / shares.control) / 2 : 0;
    return test_of(effect, in_null, in_truth, correction);
}

NormalTest uncut_test(Formula formula, const Rates& rates, const Effect& null,
                      const ArmShares& shares) {
    switch (formula) {
        case Formula::log_odds_ratio:
        case Formula::log_odds_ratio_null: {
            const double in_truth = log_odds_ratio_variance(rates, shares);
            const double in_null =
                formula == Formula::log_odds_ratio
                    ? in_truth
                    : log_odds_ratio_variance(restricted_rates(rates, null, shares), shares);
            return test_of(log_effect(Measure::odds_ratio, rates, null), in_null, in_truth);
        }
        case Formula::log_risk_ratio: {
            const double in_truth = log_risk_ratio_variance(rates, shares);
            return test_of(log_effect(Measure::risk_ratio, rates, null), in_truth, in_truth);
        }
        default:
            return difference_test(formula, rates, null, shares);
    }
}

bool is_inside(double rate) {
    return rate > 0 && rate < 1;
}

/// Treated above control; nothing where the formula does not apply.
std::optional<NormalTest> upward_test(Formula formula, const Rates& rates, const Effect& null,
                                      const ArmShares& shares) {
    if (!applies_to(formula, null)) return std::nullopt;
    const bool is_inner = is_inside(rates.treated) && is_inside(rates.control);
    if (!null.is_no_effect() && !is_inner) return std::nullopt;
    const NormalTest test = uncut_test(formula, rates, null, shares);
    const auto is_usable = [](double sd) { return sd > 0 && std::isfinite(sd); };
    if (!std::isfinite(test.effect) || !is_usable(test.sd_null) || !is_usable(test.sd_truth)) {
        return std::nullopt;
    }
    return test;
}

/// The one-sided tests of a question: two for equivalence, otherwise one. Empty where the formula
/// does not apply.
std::vector<NormalTest> tests_of(Formula formula, const FormulaQuestion& question,
                                 const ArmShares& shares) {
    const double one_sided_critical = math::normal_upper_quantile(question.alpha);
    if (const auto& margins = question.equivalence) {
        auto lower =
            upward_test(formula, question.rates, {margins->measure, margins->lower}, shares);
        auto upper =
            upward_test(formula, question.rates, {margins->measure, margins->upper}, shares);
        if (!lower || !upper) return {};
        upper->effect = -upper->effect;
        lower->critical = upper->critical = one_sided_critical;
        return {*lower, *upper};
    }
    auto test = upward_test(formula, question.rates, question.null, shares);
    if (!test) return {};
    const bool is_two_sided = question.sides == design::Sides::two;
    if (is_two_sided && question.null.is_no_effect()) {
        if (test->effect == 0) return {};
        test->effect = std::abs(test->effect);
    } else if (question.direction == design::Direction::lower_is_better) {
        test->effect = -test->effect;
    }
    test->critical =
        is_two_sided ? math::normal_upper_quantile(question.alpha / 2) : one_sided_critical;
    return {*test};
}

ArmShares shares_of(const AllocationRatio& ratio) {
    const auto total = static_cast<double>(ratio.women_per_step());
    return {static_cast<double>(ratio.treated()) / total,
            static_cast<double>(ratio.control()) / total};
}

}  // namespace

std::string_view id_of(Formula formula) {
    return text_of_formula(formula).id;
}

std::string_view title_of(Formula formula) {
    return text_of_formula(formula).title;
}

std::optional<Formula> formula_named(std::string_view id) {
    const auto found = std::ranges::find(formula_texts, id, &FormulaText::id);
    if (found == formula_texts.end()) return std::nullopt;
    return found->formula;
}

FormulaQuestion formula_question(const design::AnalysisPlan& plan, const design::Rates& rates,
                                 const AllocationRatio& ratio, double power) {
    return {rates,          ratio,     plan.alpha,       plan.sides,
            plan.direction, plan.null, plan.equivalence, power};
}

std::optional<double> formula_power(Formula formula, const FormulaQuestion& question,
                                    const RealArmSizes& sizes) {
    const double women = sizes.treated + sizes.control;
    const auto tests = tests_of(formula, question, {sizes.treated / women, sizes.control / women});
    if (tests.empty()) return std::nullopt;
    return joint_power(tests, women);
}

std::optional<double> formula_power(Formula formula, const FormulaQuestion& question,
                                    const design::ArmSizes& sizes) {
    return formula_power(
        formula, question,
        RealArmSizes{static_cast<double>(sizes.treated), static_cast<double>(sizes.control)});
}

std::optional<FormulaSize> formula_size(Formula formula, const FormulaQuestion& question) {
    require_target(question.power);
    const ArmShares shares = shares_of(question.ratio);
    const auto tests = tests_of(formula, question, shares);
    const auto is_answerable = [](const NormalTest& test) { return test.effect > 0; };
    if (tests.empty() || !std::ranges::all_of(tests, is_answerable)) return std::nullopt;

    const double women = women_for_joint_power(tests, question.power);
    const double steps =
        std::ceil(women / static_cast<double>(question.ratio.women_per_step()) * (1 - step_slack));
    const auto larger = std::max(question.ratio.treated(), question.ratio.control());
    constexpr auto largest = static_cast<double>(design::Design::largest_arm);
    if (!(steps * static_cast<double>(larger) <= largest)) return std::nullopt;

    FormulaSize size;
    size.formula = formula;
    size.real = {women * shares.treated, women * shares.control};
    size.sizes = question.ratio.sizes(std::max<std::int64_t>(1, static_cast<std::int64_t>(steps)));
    size.power = *formula_power(formula, question, size.sizes);
    return size;
}

std::vector<FormulaSize> all_formula_sizes(const FormulaQuestion& question) {
    std::vector<FormulaSize> sizes;
    for (const Formula formula : all_formulas) {
        if (const auto size = formula_size(formula, question)) sizes.push_back(*size);
    }
    return sizes;
}

}  // namespace rsasim::planning
