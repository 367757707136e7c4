#include "patient_analyses.hpp"

#include <array>

namespace rsasim::files {

namespace {

using analysis::PatientFamily;
using analysis::PatientNeeds;

bool is_possible(const analysis::PatientRow& row, const TrialData& data) {
    switch (row.needs) {
        case PatientNeeds::covariates:
            return true;
        case PatientNeeds::strata:
            return !data.meaning.strata.empty();
        case PatientNeeds::nothing:
        case PatientNeeds::interaction:
        case PatientNeeds::biomarker:
            return false;
    }
    return false;
}

analysis::Finding finding_of(const analysis::PatientRow& row, const TrialData& data,
                             const design::AnalysisPlan& plan) {
    design::PatientChoice choice;
    choice.id = row.id;
    choice.measure = row.measure;
    analysis::PatientSetting setting;
    const design::PatientColumns columns = data.columns();
    setting.women = columns.women;
    setting.adjusting = data.features.size();
    setting.strata = data.strata;
    setting.confidence = plan.confidence;
    setting.null = plan.null;
    std::array<analysis::Finding, design::lanes> findings;
    analysis::prepare_family(row.family, {&choice, 1}, setting)->analyse(columns, findings);
    return findings[0];
}

}  // namespace

PatientAnalyses analyse_patients(const TrialData& data, const design::AnalysisPlan& plan) {
    PatientAnalyses analyses;
    for (const auto& row : analysis::patient_catalogue()) {
        if (!is_possible(row, data)) continue;
        analyses.methods.push_back({&row, finding_of(row, data, plan)});
        const bool has_coefficients = row.id == "logistic" || row.id == "firth";
        if (!has_coefficients) continue;
        analyses.regressions.push_back(
            {row.id, analysis::coefficients_of(row.family, data.columns(), 0)});
    }
    return analyses;
}

std::string_view name_of(const analysis::PatientRow& row) {
    return row.test_id.empty() ? row.id : row.test_id;
}

std::vector<std::string> coefficient_names(const TrialData& data) {
    std::vector<std::string> names{"(intercept)", data.meaning.arm};
    names.insert(names.end(), data.features.begin(), data.features.end());
    return names;
}

}  // namespace rsasim::files
