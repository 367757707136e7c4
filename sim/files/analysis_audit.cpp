#include "analysis_audit.hpp"

#include "number_text.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include <fmt/format.h>

#include <rsasim/analysis/judgement.hpp>

namespace rsasim::files {
namespace {

using analysis::Agreement;

const TestFinding* find_test(const AnalysisFindings& findings, std::string_view id) {
    const auto found = std::ranges::find_if(findings.tests, [&](const TestFinding& test) {
        return test.choice.id == id && test.choice.options.empty();
    });
    return found == findings.tests.end() ? nullptr : &*found;
}

/// The plan with this pair alone, its interval at the confidence of the comparison.
design::AnalysisPlan plan_of_pair(const design::AnalysisPlan& plan, const analysis::PairRow& pair) {
    design::AnalysisPlan single = plan;
    single.confidence = plan.sides == design::Sides::two ? 1 - plan.alpha : 1 - 2 * plan.alpha;
    single.tests = {{std::string(pair.test), {}}};
    single.intervals = {{pair.measure, {std::string(pair.interval), {}}}};
    single.estimators.clear();
    single.pairs = {{0, 0}};
    return single;
}

}  // namespace

std::vector<ContradictingPair> contradicting_pairs(const AnalysisFindings& findings,
                                                   const design::Table2x2& table,
                                                   const design::AnalysisPlan& plan) {
    std::vector<ContradictingPair> contradictions;
    for (const auto& pair : analysis::standard_pairs()) {
        const auto* test = find_test(findings, pair.test);
        const auto single = plan_of_pair(plan, pair);
        if (test == nullptr || !(single.confidence > 0)) continue;
        const double p_value = test->finding.p_value.of(analysis::deciding_tail(plan));
        if (std::isnan(p_value)) continue;
        analysis::Judgement judgement(std::make_shared<const design::AnalysisPlan>(single),
                                      {table});
        judgement.judge(0, 1);
        const auto agreement = judgement.agreement(0, 0);
        if (agreement == Agreement::agree || agreement == Agreement::undefined) continue;
        contradictions.push_back({pair, agreement == Agreement::reject_but_covers_null, p_value,
                                  judgement.interval(0, 0)});
    }
    return contradictions;
}

std::string sentence_on(const ContradictingPair& contradiction) {
    constexpr int decimals = 4;
    const auto& [pair, rejects, p_value, interval] = contradiction;
    return fmt::format("{} has P = {} and {}, but its interval {}:{} is {} to {} and {} {}.",
                       pair.test, p_value_text(p_value), rejects ? "rejects" : "does not reject",
                       design::name_of(pair.measure), pair.interval,
                       fixed_text(interval.lower, decimals), fixed_text(interval.upper, decimals),
                       rejects ? "contains" : "excludes",
                       shortest_text(design::no_effect(pair.measure)));
}

}  // namespace rsasim::files
