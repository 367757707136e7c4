#include "patient_choices.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

using design::PatientChoice;

struct ProcedureRow {
    std::string_view word;
    design::Procedure procedure;
};

constexpr std::array procedures{ProcedureRow{"fixed-sequence", design::Procedure::fixed_sequence},
                                ProcedureRow{"holm", design::Procedure::holm},
                                ProcedureRow{"bonferroni", design::Procedure::bonferroni}};

const Array* list_at(const Settings& settings, std::string_view path) {
    const Value* value = settings.constant(path);
    return value == nullptr ? nullptr : value->as<Array>();
}

constexpr std::string_view endpoints_path = "analysis.multiplicity.endpoints";
constexpr std::string_view procedures_path = "analysis.multiplicity.procedures";

void add_incomplete(const Settings& settings, bool has_endpoints, Faults& faults) {
    const auto missing = has_endpoints ? procedures_path : endpoints_path;
    const auto given = has_endpoints ? endpoints_path : procedures_path;
    if (faults.is_marked(missing)) return;
    faults.add_for(missing, settings.constant(given)->place,
                   fmt::format("{} is needed beside {}. Write endpoints = [\"logistic\", "
                               "\"ancova[il33]\"] and procedures = [\"holm\"].",
                               missing, given));
}

/// The choices that have a test, by its name.
struct Tests {
    explicit Tests(const std::vector<PatientChoice>& choices) {
        for (std::size_t i = 0; i < choices.size(); ++i) {
            if (!choices[i].reports_test) continue;
            names.push_back(test_text(choices[i], 1));
            indices.push_back(i);
        }
    }
    std::vector<std::string> names;
    std::vector<std::size_t> indices;
};

void add_unknown_endpoint(std::size_t i, const Value& given, const Tests& tests, Faults& faults) {
    const std::vector<std::string_view> known(tests.names.begin(), tests.names.end());
    const auto near = nearest(*given.as<std::string>(), known);
    faults.add(given.place,
               fmt::format("{}[{}] = {} is not among the patient-level tests of this analysis.{} "
                           "{}",
                           endpoints_path, i, shown(given),
                           near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near),
                           known.empty() ? "Add a patient-level test to analysis.tests, such as "
                                           "\"logistic\" or, of a [[biomarker]], \"ancova[NAME]\"."
                                         : fmt::format("Choose from {}; other patient-level tests "
                                                       "are added to analysis.tests.",
                                                       fmt::join(known, ", "))));
}

std::vector<std::size_t> read_endpoints(const Array& given, const Tests& tests, Faults& faults) {
    std::vector<std::size_t> endpoints;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto* text = given[i].as<std::string>();
        if (text == nullptr) continue;  // refused already
        const auto found = std::ranges::find(tests.names, *text);
        if (found == tests.names.end()) {
            add_unknown_endpoint(i, given[i], tests, faults);
            continue;
        }
        const auto index = tests.indices[static_cast<std::size_t>(found - tests.names.begin())];
        endpoints.push_back(index);
    }
    return endpoints;
}

/// Words that are none have been refused already.
std::vector<design::Procedure> read_procedures(const Array& given) {
    std::vector<design::Procedure> list;
    for (const Value& value : given) {
        const auto* word = value.as<std::string>();
        if (word == nullptr) continue;
        const auto* row = std::ranges::find(procedures, *word, &ProcedureRow::word);
        if (row != procedures.end()) list.push_back(row->procedure);
    }
    return list;
}

}  // namespace

std::optional<design::Multiplicity> read_multiplicity(const Settings& settings,
                                                      const std::vector<PatientChoice>& choices,
                                                      Faults& faults) {
    const Array* endpoints = list_at(settings, endpoints_path);
    const Array* words = list_at(settings, procedures_path);
    if (endpoints == nullptr && words == nullptr) return std::nullopt;
    if (endpoints == nullptr || words == nullptr) {
        add_incomplete(settings, endpoints != nullptr, faults);
        return std::nullopt;
    }
    return design::Multiplicity{read_procedures(*words),
                                read_endpoints(*endpoints, Tests(choices), faults)};
}

}  // namespace rsasim::scenario
