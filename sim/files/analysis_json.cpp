#include "analysis_json.hpp"

#include "analysis_audit.hpp"
#include "analysis_findings.hpp"
#include "analysis_fragility.hpp"
#include "fragility_json.hpp"

#include <fmt/format.h>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/files/analysis_text.hpp>

namespace rsasim::files {
namespace {

using analysis::Finding;
using analysis::Role;
using analysis::Status;

Json json_of(const design::ArmCounts& arm) {
    return {{"events", arm.events}, {"n", arm.n}};
}

Json test_json(const Finding& finding) {
    return {{"status", analysis::name_of(finding.status)},
            {"statistic", json_number(finding.statistic)},
            {"p_value", json_number(finding.p_value.two_sided)},
            {"p_value_greater", json_number(finding.p_value.greater)},
            {"p_value_less", json_number(finding.p_value.less)}};
}

/// The key of the P-value that is compared with alpha; that of equivalence is the larger one.
std::string_view deciding_key(const design::AnalysisPlan& plan) {
    if (plan.equivalence) return "p_value";
    switch (analysis::deciding_tail(plan)) {
        case analysis::Tail::two_sided:
            return "p_value";
        case analysis::Tail::greater:
            return "p_value_greater";
        case analysis::Tail::less:
            return "p_value_less";
    }
    return "";
}

Json interval_json(const Finding& finding) {
    return {{"status", analysis::name_of(finding.status)},
            {"lower", json_number(finding.interval.lower)},
            {"upper", json_number(finding.interval.upper)}};
}

/// What it is: family and definition in a few words.
void describe_choice(Json& json, Role role, design::Measure measure, const std::string& id) {
    const auto* row = analysis::find_method(role, id, measure);
    if (row == nullptr) return;
    json["family"] = row->family;
    json["brief"] = row->brief;
}

Json range_json(const std::optional<analysis::NumberRange>& range) {
    if (!range) return nullptr;
    return {{"from", json_number(range->from)}, {"to", json_number(range->to)}};
}

Json json_of(const analysis::NumberNeeded& number) {
    return {{"benefit", range_json(number.benefit)}, {"harm", range_json(number.harm)}};
}

Json numbers_needed_json(const design::Table2x2& table, const design::AnalysisPlan& plan) {
    const auto numbers = numbers_needed(table, plan);
    const bool is_higher = plan.direction == design::Direction::higher_is_better;
    Json json{{"direction", is_higher ? "higher-is-better" : "lower-is-better"},
              {"estimate", json_of(numbers.estimate)},
              {"intervals", Json::object()}};
    for (const auto& [id, finding, number] : numbers.intervals) {
        auto& interval = json["intervals"][id] = json_of(number);
        interval["status"] = analysis::name_of(finding.status);
    }
    return json;
}

Json contradictions_json(const std::vector<ContradictingPair>& contradictions) {
    Json list = Json::array();
    for (const auto& [pair, rejects, p_value, interval] : contradictions) {
        list.push_back({{"test", pair.test},
                        {"interval", fmt::format("{}:{}", name_of(pair.measure), pair.interval)},
                        {"rejects", rejects},
                        {"p_value", json_number(p_value)},
                        {"lower", json_number(interval.lower)},
                        {"upper", json_number(interval.upper)}});
    }
    return list;
}

/// Adds the index of each test to it, and which tests lose significance together.
void add_fragility(Json& json, const design::Table2x2& table, const design::AnalysisPlan& plan) {
    const auto fragility = fragility_of_tests(table, plan);
    for (std::size_t i = 0; i < fragility.size(); ++i) {
        auto& test = json["tests"][plan.tests[i].label()];
        const auto& [status, index] = fragility[i];
        test["fragility_index"] = index ? Json(*index) : Json(nullptr);
        test["fragility_status"] = name_of(status);
    }
    json["fragility"] = fragility_json(fragility, table, plan);
}

}  // namespace

Json analysis_json(const design::Table2x2& table, const design::AnalysisPlan& plan) {
    const auto findings = analyse(table, plan);
    Json json{{"schema", "rsasim.analyze/1"},
              {"table", {{"treated", json_of(table.treated)}, {"control", json_of(table.control)}}},
              {"alpha", plan.alpha},
              {"decides", deciding_key(plan)},
              {"confidence", plan.confidence}};
    if (plan.equivalence) {
        json["equivalence"] = margins_json(*plan.equivalence);
    } else if (!plan.null.is_no_effect()) {
        json["null"] = null_json(plan.null);
    }
    json.update(
        {{"estimates", Json::object()}, {"tests", Json::object()}, {"intervals", Json::object()}});
    for (const auto measure : design::all_measures) {
        json["estimates"][std::string(design::name_of(measure))] = Json::object();
        json["intervals"][std::string(design::name_of(measure))] = Json::object();
    }
    for (const auto& [choice, finding] : findings.estimates) {
        auto& estimates = json["estimates"][std::string(design::name_of(choice.measure))];
        const auto label = choice.method.label();
        estimates[label] = json_number(finding.estimate);
        if (std::isnan(finding.estimate))
            estimates["status"][label] = analysis::name_of(finding.status);
    }
    for (const auto& [choice, finding] : findings.tests) {
        auto& test = json["tests"][choice.label()] = test_json(finding);
        describe_choice(test, Role::test, design::Measure::odds_ratio, choice.id);
    }
    for (const auto& [choice, finding] : findings.intervals) {
        auto& intervals = json["intervals"][std::string(design::name_of(choice.measure))];
        auto& interval = intervals[choice.method.label()] = interval_json(finding);
        describe_choice(interval, Role::interval, choice.measure, choice.method.id);
    }
    add_fragility(json, table, plan);
    json["contradictions"] = contradictions_json(contradicting_pairs(findings, table, plan));
    json["number_needed_to_treat"] = numbers_needed_json(table, plan);
    return json;
}

std::string analysis_to_json(const design::Table2x2& table, const design::AnalysisPlan& plan) {
    return text_of(analysis_json(table, plan));
}

}  // namespace rsasim::files
