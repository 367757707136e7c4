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

NumbersNeeded numbers_needed(const design::Table2x2& table, const design::AnalysisPlan& plan) {
    const double difference = table.treated.rate() - table.control.rate();
    NumbersNeeded numbers{analysis::number_needed({difference, difference}, plan.direction), {}};
    for (const auto* id : {"miettinen-nurminen", "newcombe"}) {
        const auto judge =
            analysis::prepare(Role::interval, design::Measure::risk_difference, {id, {}},
                              {{table.treated.n, table.control.n}, plan.confidence});
        const auto finding = judge(table);
        numbers.intervals.push_back(
            {id, finding, analysis::number_needed(finding.interval, plan.direction)});
    }
    return numbers;
}

}  // namespace rsasim::files
