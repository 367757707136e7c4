#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/files/methods_text.hpp>

namespace rsasim::files {
namespace {

using analysis::MethodRow;
using analysis::PatientRow;
using analysis::Role;
using Json = nlohmann::ordered_json;

std::string_view role_name(Role role) {
    switch (role) {
        case Role::test:
            return "test";
        case Role::interval:
            return "interval";
        case Role::estimate:
            return "estimate";
    }
    return "";
}

std::string_view nulls_of(const MethodRow& test) {
    switch (test.nulls) {
        case analysis::Nulls::no_effect:
            return "no effect";
        case analysis::Nulls::odds_ratio:
            return "any odds ratio";
        case analysis::Nulls::any:
            return "any odds ratio, risk difference or risk ratio";
    }
    return "";
}

/// "Tests", "Intervals of the odds ratio", ...
std::string heading_of(const MethodRow& row) {
    if (row.role == Role::test) return "Tests";
    std::string measure(design::name_of(row.measure));
    std::ranges::replace(measure, '_', ' ');
    return fmt::format("{} of the {}", row.role == Role::interval ? "Intervals" : "Estimates",
                       measure);
}

std::string_view measure_of(const PatientRow& row) {
    return row.measure ? design::name_of(*row.measure) : "test";
}

/// "Patient level, by covariates", ...
std::string heading_of(const PatientRow& row) {
    switch (row.needs) {
        case analysis::PatientNeeds::nothing:
            return "Patient level, unadjusted";
        case analysis::PatientNeeds::covariates:
            return "Patient level, adjusted for covariates";
        case analysis::PatientNeeds::strata:
            return "Patient level, stratified";
        case analysis::PatientNeeds::interaction:
            return "Patient level, interaction with treatment";
        case analysis::PatientNeeds::biomarker:
            return "Patient level, biomarkers";
    }
    return "";
}

std::string list_of_methods() {
    std::string text, heading;
    for (const MethodRow& row : analysis::catalogue()) {
        if (heading_of(row) != heading) {
            heading = heading_of(row);
            text += fmt::format("{}{}\n", text.empty() ? "" : "\n", heading);
        }
        text += fmt::format("  {:<22}  {:<19}  {}\n", row.id, row.family, row.brief);
    }
    for (const PatientRow& row : analysis::patient_catalogue()) {
        if (heading_of(row) != heading) {
            heading = heading_of(row);
            text += fmt::format("\n{}\n", heading);
        }
        text += fmt::format("  {:<22}  {:<19}  {}\n", row.id, measure_of(row), row.brief);
    }
    return text + "\nAll about one of them: rsasim methods ID\n";
}

std::string text_of(const MethodRow& row) {
    std::string text = fmt::format("{}\n  {}\n  id          {}\n  family      {}\n",
                                   heading_of(row), row.title, row.id, row.family);
    text += fmt::format("  in brief    {}\n", row.brief);
    text += fmt::format("  definition  {}\n  source      {}{}\n", row.definition, row.citation,
                        row.doi.empty() ? "" : fmt::format(", doi:{}", row.doi));
    if (row.role == Role::test) text += fmt::format("  nulls       {}\n", nulls_of(row));
    for (const auto& option : row.options) {
        text += fmt::format("  option      {} = {} (from {} to {}): {}\n", option.name,
                            option.default_value, option.lowest, option.highest, option.meaning);
    }
    for (const auto& pair : analysis::standard_pairs()) {
        const bool is_here = row.role == Role::test
                                 ? pair.test == row.id
                                 : row.role == Role::interval && pair.interval == row.id &&
                                       pair.measure == row.measure;
        if (!is_here) continue;
        text += row.role == Role::test ? fmt::format("  interval    {}:{}\n",
                                                     design::name_of(pair.measure), pair.interval)
                                       : fmt::format("  test        {}\n", pair.test);
    }
    return text;
}

std::string text_of(const PatientRow& row) {
    std::string text = fmt::format("{}\n  {}\n  id          {}\n  measure     {}\n",
                                   heading_of(row), row.title, row.id, measure_of(row));
    if (!row.test_id.empty()) text += fmt::format("  test        {}\n", row.test_id);
    text += fmt::format("  in brief    {}\n", row.brief);
    text += fmt::format("  definition  {}\n  source      {}{}\n", row.definition, row.citation,
                        row.doi.empty() ? "" : fmt::format(", doi:{}", row.doi));
    for (const auto& option : row.options) {
        text += fmt::format("  option      {} = {} (from {} to {}): {}\n", option.name,
                            option.default_value, option.lowest, option.highest, option.meaning);
    }
    return text;
}

Json json_of(const PatientRow& row) {
    Json json{{"id", row.id}, {"role", "patient-level"}};
    json["measure"] = row.measure ? Json(design::name_of(*row.measure)) : Json(nullptr);
    json["test"] = row.test_id.empty() ? Json(nullptr) : Json(row.test_id);
    json["title"] = row.title;
    json["brief"] = row.brief;
    json["definition"] = row.definition;
    json["citation"] = row.citation;
    json["doi"] = row.doi.empty() ? Json(nullptr) : Json(row.doi);
    return json;
}

Json json_of(const MethodRow& row) {
    Json json{{"id", row.id}, {"role", role_name(row.role)}};
    if (row.role != Role::test) json["measure"] = design::name_of(row.measure);
    json["title"] = row.title;
    json["family"] = row.family;
    json["brief"] = row.brief;
    json["definition"] = row.definition;
    if (row.role == Role::test) json["nulls"] = nulls_of(row);
    json["citation"] = row.citation;
    json["doi"] = row.doi.empty() ? Json(nullptr) : Json(row.doi);
    json["options"] = Json::object();
    for (const auto& option : row.options) {
        json["options"][std::string(option.name)] = {{"default", option.default_value},
                                                     {"lowest", option.lowest},
                                                     {"highest", option.highest},
                                                     {"meaning", option.meaning}};
    }
    return json;
}

}  // namespace

std::string methods_to_text(std::string_view id) {
    if (id.empty()) return list_of_methods();
    std::string text;
    for (const MethodRow& row : analysis::catalogue()) {
        if (row.id == id) text += fmt::format("{}{}", text.empty() ? "" : "\n", text_of(row));
    }
    for (const PatientRow& row : analysis::patient_catalogue()) {
        if (row.id == id) text += fmt::format("{}{}", text.empty() ? "" : "\n", text_of(row));
    }
    return text;
}

std::string methods_to_json(std::string_view id) {
    Json methods = Json::array();
    for (const MethodRow& row : analysis::catalogue()) {
        if (id.empty() || row.id == id) methods.push_back(json_of(row));
    }
    for (const PatientRow& row : analysis::patient_catalogue()) {
        if (id.empty() || row.id == id) methods.push_back(json_of(row));
    }
    return Json{{"schema", "rsasim.methods/1"}, {"methods", methods}}.dump(2) + "\n";
}

}  // namespace rsasim::files
