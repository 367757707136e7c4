#include "fragility_json.hpp"
#include "json_values.hpp"
#include "replan_words.hpp"

#include <algorithm>
#include <cmath>

namespace rsasim::files {
namespace {

using planning::Agreement;
using planning::EffectReproduction;
using planning::Reproduction;

std::string_view name_of_tail(analysis::Tail tail) {
    if (tail == analysis::Tail::two_sided) return "two-sided";
    return tail == analysis::Tail::greater ? "greater" : "less";
}

std::string_view name_of_step(planning::Step step) {
    switch (step) {
        case planning::Step::none:
            return "none";
        case planning::Step::z:
            return "z";
        case planning::Step::estimate:
            return "estimate";
        case planning::Step::estimate_and_z:
            return "estimate and z";
        case planning::Step::log_estimate:
            return "log estimate";
        case planning::Step::standard_error:
            return "standard error";
        case planning::Step::rates:
            return "rates";
    }
    return "";
}

/// What every kind of reproduced figure has.
void add_agreement(Json& json, Agreement agreement) {
    json["agrees"] = agreement != Agreement::none;
    if (agreement != Agreement::none) json["rounding"] = name_of(agreement);
}

void add_route(Json& json, const planning::Route& route) {
    json["rounded_step"] = name_of_step(route.step);
    if (route.step != planning::Step::none) json["rounded_to_decimals"] = route.decimals;
}

Json test_json(const planning::TestReproduction& test, const planning::PrintedNumber& printed) {
    Json json{{"test", test.method.label()},
              {"tail", name_of_tail(test.tail)},
              {"p_value", json_number(test.p_value)},
              {"prints", planning::printed_like(printed, test.p_value)}};
    add_agreement(json, test.agreement);
    return json;
}

Json p_value_json(const Reproduction& reproduction) {
    const auto& printed = *reproduction.p_value;
    Json json{{"printed", printed.text},
              {"tail", name_of_tail(reproduction.tail)},
              {"reproduced_by", Json::array()}};
    for (const auto* test : reproduction.tests_that_print())
        json["reproduced_by"].push_back(test->method.label());
    Json one_sided = Json::array(), two_sided = Json::array(), all = Json::array();
    for (const auto& test : reproduction.tests) {
        all.push_back(test_json(test, printed));
        if (test.agreement == Agreement::none) continue;
        const bool is_two_sided = test.tail == analysis::Tail::two_sided;
        (is_two_sided ? two_sided : one_sided).push_back(test.method.label());
    }
    json["reproduced_by_two_sided"] = std::move(two_sided);
    json["reproduced_by_one_sided"] = std::move(one_sided);
    const auto* near = planning::nearest(printed, reproduction.tests, reproduction.tail);
    json["nearest"] = near == nullptr ? Json(nullptr) : test_json(*near, printed);
    json["tests"] = std::move(all);
    return json;
}

Json one_json(const planning::EstimateReproduction& estimate, const EffectReproduction& effect) {
    Json json{{"method", estimate.method.label()},
              {"estimate", json_number(estimate.estimate)},
              {"prints", planning::printed_like(*effect.printed.estimate, estimate.estimate)}};
    add_route(json, estimate.route);
    add_agreement(json, estimate.agreement);
    return json;
}

Json one_json(const planning::IntervalReproduction& interval, const EffectReproduction& effect) {
    const auto& [lower, upper] = *effect.printed.interval;
    Json json{{"method", interval.method.label()},
              {"lower", json_number(interval.interval.lower)},
              {"upper", json_number(interval.interval.upper)},
              {"prints",
               {planning::printed_like(lower, interval.interval.lower),
                planning::printed_like(upper, interval.interval.upper)}}};
    add_route(json, interval.route);
    add_agreement(json, interval.agreement);
    return json;
}

template <class List, class Printed>
Json figure_json(const std::string& text, const List& list, const Printed& printed,
                 const EffectReproduction& effect) {
    Json json{{"printed", text},
              {"reproduced_by", Json::array()},
              {"reproduced_only_by_rounding_on_the_way", false},
              {"nearest", nullptr},
              {"methods", Json::array()}};
    bool is_direct = false, is_reproduced = false;
    for (const auto& one : list) {
        json["methods"].push_back(one_json(one, effect));
        is_direct = is_direct || prints_directly(one);
        is_reproduced = is_reproduced || one.agreement != Agreement::none;
        if (prints_directly(one)) json["reproduced_by"].push_back(one.method.label());
    }
    json["reproduced_only_by_rounding_on_the_way"] = is_reproduced && !is_direct;
    if (const auto* near = planning::nearest(printed, list))
        json["nearest"] = one_json(*near, effect);
    return json;
}

Json effect_json(const EffectReproduction& effect) {
    Json json{{"measure", name_of(effect.printed.measure)}};
    if (effect.reading != planning::Reading::as_given) json["read_as"] = describe(effect.reading);
    if (effect.printed.estimate) {
        const auto& printed = *effect.printed.estimate;
        json["estimate"] = figure_json(printed.text, effect.estimates, printed, effect);
    }
    if (effect.printed.interval) {
        const auto& printed = *effect.printed.interval;
        json["interval"] = figure_json(printed.text(), effect.intervals, printed, effect);
    }
    return json;
}

Json combinations_json(const Reproduction& reproduction) {
    Json list = Json::array();
    for (const auto& [test, measure, interval, belong_together] : combinations_of(reproduction)) {
        Json one{{"test", test->method.label()},
                 {"measure", name_of(measure)},
                 {"interval", interval->method.label()}};
        add_route(one, interval->route);
        one["belong_together"] = belong_together;
        list.push_back(std::move(one));
    }
    return list;
}

Json truth_json(const planning::AssumedTruth& truth) {
    return {{"truth", planning::name_of(truth.kind)},
            {"odds_ratio", json_number(truth.odds_ratio)},
            {"treated_rate", truth.rates.treated},
            {"control_rate", truth.rates.control}};
}

Json omitted_json(const planning::OmittedTruth& truth) {
    return {{"truth", planning::name_of(truth.kind)},
            {"odds_ratio", nullptr},
            {"treated_rate", nullptr},
            {"control_rate", nullptr}};
}

void add_replication(Json& json, const planning::Replication& replication) {
    json["significant"] = replication.significant;
    json["same_direction"] = replication.same_direction;
    if (replication.averaged) json["significant_averaged"] = *replication.averaged;
    set_number(json, "exaggeration_ratio", replication.exaggeration);
    set_number(json, "sign_error", replication.sign_error);
}

Json replications_json(const ReplanReport& report) {
    Json list = Json::array();
    for (std::size_t i = 0; i < report.truths.size(); ++i) {
        Json one = truth_json(report.truths[i]);
        if (report.replications.empty()) {
            one["significant"] = nullptr;
            one["status"]["significant"] = "too_large";
        } else {
            add_replication(one, report.replications[i]);
        }
        list.push_back(std::move(one));
    }
    for (const auto& truth : report.omitted) {
        Json one = omitted_json(truth);
        one["significant"] = nullptr;
        one["status"]["significant"] = truth.why_not;
        list.push_back(std::move(one));
    }
    return list;
}

Json trial_json(const std::optional<planning::ConfirmatoryTrial>& trial) {
    if (!trial) return nullptr;
    return {
        {"n_treated", trial->n_per_arm}, {"n_control", trial->n_per_arm}, {"power", trial->power}};
}

Json confirmatory_json(const ReplanReport& report) {
    Json list = Json::array();
    for (std::size_t i = 0; i < report.sizes.size(); ++i) {
        Json one = truth_json(report.truths[i]);
        const auto& size = report.sizes[i];
        one["status"] = size.why_not.empty() ? "ok" : size.why_not;
        one["first"] = trial_json(size.first);
        one["stable"] = trial_json(size.stable);
        if (size.first) one["looked_at_per_arm"] = {size.lowest, size.horizon};
        list.push_back(std::move(one));
    }
    for (const auto& truth : report.omitted) {
        Json one = omitted_json(truth);
        one["status"] = truth.why_not;
        one["first"] = nullptr;
        one["stable"] = nullptr;
        list.push_back(std::move(one));
    }
    return {{"target_power", report.rule.power},
            {"largest_total", report.rule.largest_total},
            {"sizes", std::move(list)}};
}

Json arm_json(const design::ArmCounts& arm) {
    return {{"events", arm.events}, {"n", arm.n}};
}

}  // namespace

std::string replan_to_json(const ReplanReport& report) {
    const design::AnalysisPlan& plan = *report.plan;
    const auto fragility = fragility_of_tests(report.table, plan);
    Json json{{"schema", "rsasim.replan/1"},
              {"table",
               {{"treated", arm_json(report.table.treated)},
                {"control", arm_json(report.table.control)}}},
              {"alpha", plan.alpha},
              {"sides", static_cast<int>(plan.sides)},
              {"confidence", plan.confidence}};
    if (report.reproduction.p_value) json["p_value"] = p_value_json(report.reproduction);
    Json effects = Json::array(), others = Json::array();
    for (const auto& effect : report.reproduction.effects)
        effects.push_back(effect_json(effect));
    for (const auto& effect : report.reproduction.other_readings)
        others.push_back(effect_json(effect));
    json["effects"] = std::move(effects);
    json["other_readings"] = std::move(others);
    json["combinations"] = combinations_json(report.reproduction);
    json["fragility"] = fragility_json(fragility, report.table, plan);
    for (std::size_t i = 0; i < fragility.size(); ++i) {
        const auto& [status, index] = fragility[i];
        json["fragility"]["tests"][plan.tests[i].label()] = {
            {"index", index ? Json(*index) : Json(nullptr)}, {"status", name_of(status)}};
    }
    json["test"] = report.test.label();
    json["replication"] = replications_json(report);
    json["confirmatory"] = confirmatory_json(report);
    json["summary"] = replan_summary(report);
    return text_of(json);
}

}  // namespace rsasim::files
