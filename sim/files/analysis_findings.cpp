#include "analysis_findings.hpp"

#include <algorithm>

namespace rsasim::files {
namespace {

using analysis::Finding;
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

/// Equivalence: the larger P of the two one-sided tests, with that test's statistic.
Finding test_finding(const design::MethodChoice& choice, const design::Table2x2& table,
                     const design::AnalysisPlan& plan) {
    const auto at = [&](const design::Effect& null) {
        analysis::Setting setting{{table.treated.n, table.control.n}};
        setting.null = null;
        return analysis::prepare(Role::test, design::Measure::odds_ratio, choice, setting)(table);
    };
    if (!plan.equivalence) return at(plan.null);
    const Finding lower = at({plan.equivalence->measure, plan.equivalence->lower});
    const Finding upper = at({plan.equivalence->measure, plan.equivalence->upper});
    Finding worse = lower.p_value.greater >= upper.p_value.less ? lower : upper;
    if (lower.status != analysis::Status::ok) worse = lower;
    if (upper.status != analysis::Status::ok) worse = upper;
    const double p = std::max(lower.p_value.greater, upper.p_value.less);
    const bool is_there = worse.status == analysis::Status::ok;
    worse.p_value = {is_there ? p : analysis::not_a_number, lower.p_value.greater,
                     upper.p_value.less};
    return worse;
}

}  // namespace

AnalysisFindings analyse(const design::Table2x2& table, const design::AnalysisPlan& plan) {
    AnalysisFindings findings;
    findings.estimates = findings_of(Role::estimate, plan.estimators, table, plan.confidence);
    for (const auto& choice : plan.tests)
        findings.tests.push_back({choice, test_finding(choice, table, plan)});
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
