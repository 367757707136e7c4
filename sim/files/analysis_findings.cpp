#include "analysis_findings.hpp"

namespace rsasim::files {
namespace {

using analysis::Role;

std::vector<MeasuredFinding> findings_of(Role role, const std::vector<design::MeasuredChoice>& list,
                                         const design::Table2x2& table, double confidence) {
    const design::ArmSizes sizes{table.treated.n, table.control.n};
    std::vector<MeasuredFinding> findings;
    for (const auto& choice : list) {
        const auto judge =
            analysis::prepare(role, choice.measure, choice.method, {sizes, confidence});
        findings.push_back({choice, judge(table)});
    }
    return findings;
}

}  // namespace

AnalysisFindings analyse(const design::Table2x2& table, const design::AnalysisPlan& plan) {
    const design::ArmSizes sizes{table.treated.n, table.control.n};
    AnalysisFindings findings;
    findings.estimates = findings_of(Role::estimate, plan.estimators, table, plan.confidence);
    for (const auto& choice : plan.tests) {
        const auto judge =
            analysis::prepare(Role::test, design::Measure::odds_ratio, choice, {sizes});
        findings.tests.push_back({choice, judge(table)});
    }
    findings.intervals = findings_of(Role::interval, plan.intervals, table, plan.confidence);
    return findings;
}

}  // namespace rsasim::files
