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

}  // namespace

std::optional<design::Multiplicity> read_multiplicity(const Settings& settings,
                                                      const std::vector<PatientChoice>& choices,
                                                      Faults& faults) {
    constexpr std::string_view endpoints_path = "analysis.multiplicity.endpoints";
    constexpr std::string_view procedures_path = "analysis.multiplicity.procedures";
    const Array* endpoints = list_at(settings, endpoints_path);
    const Array* words = list_at(settings, procedures_path);
    if (endpoints == nullptr && words == nullptr) return std::nullopt;
    if (endpoints == nullptr || words == nullptr) {
        const auto missing = endpoints == nullptr ? endpoints_path : procedures_path;
        const auto given = endpoints == nullptr ? procedures_path : endpoints_path;
        if (!faults.is_marked(missing)) {
            faults.add_for(missing, settings.constant(given)->place,
                           fmt::format("{} is needed beside {}. Write endpoints = [\"logistic\", "
                                       "\"ancova[il33]\"] and procedures = [\"holm\"].",
                                       missing, given));
        }
        return std::nullopt;
    }
    std::vector<std::string> tests;
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (!choices[i].reports_test) continue;
        tests.push_back(test_text(choices[i], 1));
        indices.push_back(i);
    }
    const std::vector<std::string_view> known(tests.begin(), tests.end());
    design::Multiplicity multiplicity;
    for (std::size_t i = 0; i < endpoints->size(); ++i) {
        const auto* text = (*endpoints)[i].as<std::string>();
        if (text == nullptr) continue;  // refused already
        const auto found = std::ranges::find(tests, *text);
        if (found == tests.end()) {
            const auto near = nearest(*text, known);
            faults.add(
                (*endpoints)[i].place,
                fmt::format("{}[{}] = {} is not among the patient-level tests of this "
                            "analysis.{} They are {}.",
                            endpoints_path, i, quoted(shortened(*text)),
                            near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near),
                            tests.empty() ? "none" : fmt::format("{}", fmt::join(tests, ", "))));
            continue;
        }
        const std::size_t index = indices[static_cast<std::size_t>(found - tests.begin())];
        if (std::ranges::count(multiplicity.endpoints, index) > 0) {
            faults.add((*endpoints)[i].place,
                       fmt::format("{}[{}] = {} is in the list already. Remove one of the two.",
                                   endpoints_path, i, quoted(*text)));
        }
        multiplicity.endpoints.push_back(index);
    }
    if (endpoints->size() == 1) {
        faults.add(
            endpoints->front().place,
            fmt::format("{}: one endpoint needs no procedure. Name two or more.", endpoints_path));
    }
    for (std::size_t i = 0; i < words->size(); ++i) {
        const auto* word = (*words)[i].as<std::string>();
        if (word == nullptr) continue;
        const auto* row = std::ranges::find(procedures, *word, &ProcedureRow::word);
        if (row == procedures.end() ||
            std::ranges::count(multiplicity.procedures, row->procedure) > 0) {
            faults.add((*words)[i].place,
                       fmt::format("{}[{}] = {}: each of \"fixed-sequence\", \"holm\" and "
                                   "\"bonferroni\" may stand once. Correct it.",
                                   procedures_path, i, quoted(shortened(*word))));
        } else {
            multiplicity.procedures.push_back(row->procedure);
        }
    }
    return multiplicity;
}

}  // namespace rsasim::scenario
