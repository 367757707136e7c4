#include "analysis_json.hpp"
#include "patient_analyses.hpp"

#include <rsasim/files/analysis_text.hpp>

namespace rsasim::files {

namespace {

Json data_json(const TrialData& data) {
    return {
        {"file", data.path},
        {"rows", data.rows},
        {"analysed", data.table.total()},
        {"dropped", data.dropped},
        {"outcome", data.meaning.outcome},
        {"arm", data.meaning.arm},
        {"treated", data.treated},
        {"control", data.control},
        {"features", data.features},
        {"missing_outcomes", handling_word(data.meaning.missing)},
        {"without_outcome", data.without_outcome},
        {"interaction", data.meaning.interaction ? Json(*data.meaning.interaction) : Json(nullptr)},
        {"strata", data.strata}};
}

Json method_json(const PatientMethodFinding& method) {
    const auto& [row_of_method, label, finding, p_value_status] = method;
    const analysis::PatientRow& row = *row_of_method;
    return {{"status", analysis::name_of(finding.status)},
            {"p_value_status", p_value_status},
            {"measure", row.measure ? Json(design::name_of(*row.measure)) : Json(nullptr)},
            {"statistic", json_number(finding.statistic)},
            {"estimate", json_number(finding.estimate)},
            {"standard_error", json_number(finding.standard_error)},
            {"lower", json_number(finding.interval.lower)},
            {"upper", json_number(finding.interval.upper)},
            {"p_value", json_number(finding.p_value.two_sided)},
            {"p_value_greater", json_number(finding.p_value.greater)},
            {"p_value_less", json_number(finding.p_value.less)}};
}

Json coefficients_json(const TrialData& data, const analysis::Coefficients& coefficients) {
    if (coefficients.values.empty()) return nullptr;
    Json json = Json::object();
    const auto names = coefficient_names(data);
    for (std::size_t j = 0; j < names.size(); ++j) {
        json[names[j]] = {{"estimate", json_number(coefficients.values[j].estimate)},
                          {"standard_error", json_number(coefficients.values[j].standard_error)}};
    }
    return json;
}

}  // namespace

std::string analysis_to_json(const TrialData& data, const design::AnalysisPlan& plan) {
    Json json = analysis_json(data.table, plan);
    json["data"] = data_json(data);
    json["analyses"] = Json::object();
    const auto analyses = analyse_patients(data, plan);
    for (const auto& method : analyses.methods)
        json["analyses"][method.label] = method_json(method);
    for (const auto& [id, coefficients] : analyses.regressions)
        json["analyses"][std::string(id)]["coefficients"] = coefficients_json(data, coefficients);
    return text_of(json);
}

}  // namespace rsasim::files
