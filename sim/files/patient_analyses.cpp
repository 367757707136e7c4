#include "patient_analyses.hpp"

#include <array>
#include <cmath>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/patient_methods.hpp>

namespace rsasim::files {

namespace {

using analysis::Finding;
using analysis::PatientRow;

Finding finding_of(const PatientRow& row, const design::PatientChoice& choice,
                   const TrialData& data, const design::AnalysisPlan& plan) {
    analysis::PatientSetting setting;
    const design::PatientColumns columns = data.columns();
    setting.women = columns.women;
    setting.adjusting = data.features.size();
    setting.strata = data.strata;
    setting.confidence = plan.confidence;
    setting.null = plan.null;
    std::array<Finding, design::lanes> findings;
    analysis::prepare_family(row.family, {&choice, 1}, setting)->analyse(columns, findings);
    return findings[0];
}

/// Whether the method's P-value is against the null of the plan: margins are tested on one scale,
/// and equivalence not at all.
bool tests_null_of(const design::AnalysisPlan& plan, const PatientRow& row) {
    const auto margin = plan.margin_measure();
    return !margin || (!plan.equivalence && row.measure == margin);
}

std::string_view p_value_status(const PatientRow& row, const design::PatientChoice& choice,
                                const Finding& finding, const design::AnalysisPlan& plan) {
    if (!choice.reports_test) return "not_asked";
    if (!tests_null_of(plan, row)) return "other_null";
    if (!std::isnan(finding.p_value.of(analysis::deciding_tail(plan)))) return "ok";
    return analysis::name_of(finding.status);
}

PatientMethodFinding reported(const PatientRow& row, const design::PatientChoice& choice,
                              Finding finding, const design::AnalysisPlan& plan) {
    const auto status = p_value_status(row, choice, finding, plan);
    if (!choice.reports_test || !tests_null_of(plan, row)) {
        finding.p_value = {};
        finding.statistic = analysis::not_a_number;
    }
    if (!choice.reports_interval) finding.interval = {};
    return {&row, analysis::test_label(choice), finding, status};
}

}  // namespace

PatientAnalyses analyse_patients(const TrialData& data, const design::AnalysisPlan& plan) {
    PatientAnalyses analyses;
    for (const auto& choice : plan.patients->methods) {
        const PatientRow& row = *analysis::find_patient_method(choice.id, choice.measure);
        analyses.methods.push_back(
            reported(row, choice, finding_of(row, choice, data, plan), plan));
        const bool has_coefficients = row.id == "logistic" || row.id == "firth";
        if (!has_coefficients) continue;
        analyses.regressions.push_back(
            {row.id, analysis::coefficients_of(row.family, data.columns(), 0)});
    }
    return analyses;
}

std::vector<std::string> coefficient_names(const TrialData& data) {
    std::vector<std::string> names{"(intercept)", data.meaning.arm};
    names.insert(names.end(), data.features.begin(), data.features.end());
    return names;
}

}  // namespace rsasim::files
