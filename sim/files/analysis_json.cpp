#include "analysis_findings.hpp"
#include "json_values.hpp"

#include <rsasim/files/analysis_text.hpp>

namespace rsasim::files {
namespace {

using analysis::Finding;
using analysis::name_of;
using analysis::Status;

Json json_of(const design::ArmCounts& arm) {
    return {{"events", arm.events}, {"n", arm.n}};
}

Json test_json(const Finding& finding) {
    return {{"status", name_of(finding.status)},
            {"statistic", json_number(finding.statistic)},
            {"p_value", json_number(finding.p_value.two_sided)},
            {"p_value_greater", json_number(finding.p_value.greater)},
            {"p_value_less", json_number(finding.p_value.less)}};
}

Json interval_json(const Finding& finding) {
    return {{"status", name_of(finding.status)},
            {"lower", json_number(finding.interval.lower)},
            {"upper", json_number(finding.interval.upper)}};
}

}  // namespace

std::string analysis_to_json(const design::Table2x2& table, const design::AnalysisPlan& plan) {
    const auto findings = analyse(table, plan);
    Json json{{"schema", "rsasim.analyze/1"},
              {"table", {{"treated", json_of(table.treated)}, {"control", json_of(table.control)}}},
              {"alpha", plan.alpha},
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
        if (std::isnan(finding.estimate)) estimates["status"][label] = name_of(finding.status);
    }
    for (const auto& [choice, finding] : findings.tests) {
        json["tests"][choice.label()] = test_json(finding);
    }
    for (const auto& [choice, finding] : findings.intervals) {
        json["intervals"][std::string(design::name_of(choice.measure))][choice.method.label()] =
            interval_json(finding);
    }
    return text_of(json);
}

}  // namespace rsasim::files
