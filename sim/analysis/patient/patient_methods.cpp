#include "families.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

namespace rsasim::analysis {

namespace {

std::string name_of(const design::PatientChoice& choice) {
    if (!choice.measure) return fmt::format("\"{}\"", choice.id);
    return fmt::format("\"{}\" of the {}", choice.id, design::name_of(*choice.measure));
}

void check_option(const PatientRow& row, std::string_view name, double value) {
    const auto option = std::ranges::find(row.options, name, &OptionRow::name);
    if (option == row.options.end()) {
        throw std::invalid_argument(fmt::format("{} has no option \"{}\"", row.id, name));
    }
    if (!(value >= option->lowest && value <= option->highest)) {
        throw std::invalid_argument(fmt::format("{}: {} = {} is not in [{}, {}]", row.id, name,
                                                value, option->lowest, option->highest));
    }
}

void check(PatientFamily family, const design::PatientChoice& choice) {
    const PatientRow* row = find_patient_method(choice.id, choice.measure);
    if (row == nullptr) {
        throw std::invalid_argument(name_of(choice) + " is not a known patient-level method");
    }
    if (row->family != family) {
        throw std::invalid_argument(name_of(choice) + " belongs to another family");
    }
    for (const auto& [name, value] : choice.options)
        check_option(*row, name, value);
}

}  // namespace

const PatientRow* find_patient_method(std::string_view id, std::optional<design::Measure> measure) {
    for (const PatientRow& row : patient_catalogue()) {
        if (row.id == id && row.measure == measure) return &row;
    }
    return nullptr;
}

std::unique_ptr<PatientAnalysis> prepare_family(PatientFamily family,
                                                std::span<const design::PatientChoice> choices,
                                                const PatientSetting& setting) {
    for (const design::PatientChoice& choice : choices)
        check(family, choice);
    if (!(setting.confidence > 0 && setting.confidence < 1)) {
        throw std::invalid_argument(
            fmt::format("confidence = {} is not between 0 and 1", setting.confidence));
    }
    switch (family) {
        case PatientFamily::table:
            return prepare_table(choices, setting);
        case PatientFamily::maximum_likelihood:
            return prepare_maximum_likelihood(choices, setting);
        case PatientFamily::firth:
            return prepare_firth(choices, setting);
        case PatientFamily::mantel_haenszel:
            return prepare_mantel_haenszel(choices, setting);
        case PatientFamily::exact_conditional:
            return prepare_exact_conditional(choices, setting);
        case PatientFamily::biomarker:
            return prepare_biomarker(choices, setting);
        case PatientFamily::rerandomisation:
            throw std::logic_error("re-randomisation is prepared by the module resample");
    }
    throw std::logic_error("no such family of patient-level methods");
}

}  // namespace rsasim::analysis
