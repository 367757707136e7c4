#include "data_methods.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/analysis/patient_methods.hpp>

namespace rsasim::commands {
namespace {

using analysis::PatientFamily;
using analysis::PatientNeeds;
using analysis::PatientRow;

/// "ancova[il33]": a method, and the biomarker where one is named.
struct Name {
    std::string id;
    std::string biomarker;
};

/// The parts of a list at commas outside brackets.
std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> parts{""};
    int depth = 0;
    for (const char letter : list) {
        if (letter == '[') ++depth;
        if (letter == ']') --depth;
        if (letter == ',' && depth == 0) {
            parts.emplace_back();
        } else {
            parts.back() += letter;
        }
    }
    return parts;
}

Name name_of(const std::string& text) {
    const auto open = text.find('[');
    if (open == std::string::npos || !text.ends_with(']')) return {text, ""};
    return {text.substr(0, open), text.substr(open + 1, text.size() - open - 2)};
}

enum class Part { test, interval };

bool is_named(const PatientRow& row, Part part, std::string_view id) {
    if (part == Part::test) return row.test_id == id;
    return row.has_interval &&
           (row.id == id || (fmt::format("{}:{}", design::name_of(*row.measure), row.id) == id));
}

/// Unadjusted methods of the table are those of the catalogue of tables.
bool is_of_women(const PatientRow& row) {
    return row.family != PatientFamily::table;
}

class Chooser {
  public:
    Chooser(const files::DataColumns& columns, std::vector<std::string>& faults)
        : columns_(columns), faults_(faults) {}

    /// Takes the patient-level methods off a list and returns the others.
    std::string take(Part part, std::string_view flag, const std::string& list) {
        auto& names = part == Part::test ? tests_ : intervals_;
        if (!names) names.emplace();
        std::vector<std::string> others;
        for (const std::string& text : parts_of(list)) {
            const Name name = name_of(text);
            const bool is_patient_method =
                std::ranges::any_of(analysis::patient_catalogue(), [&](const PatientRow& row) {
                    return is_of_women(row) && is_named(row, part, name.id);
                });
            if (is_patient_method && can_serve(part, flag, text, name)) names->push_back(name);
            if (!is_patient_method) others.push_back(text);
        }
        if (part == Part::interval && list == "all") names.reset();
        return fmt::format("{}", fmt::join(others, ","));
    }

    [[nodiscard]] std::vector<design::PatientChoice> choices() const {
        std::vector<design::PatientChoice> choices;
        for (const PatientRow& row : analysis::patient_catalogue()) {
            if (!is_of_women(row) || !what_lacks(row).empty()) continue;
            if (row.needs != PatientNeeds::biomarker) add(choices, row, std::nullopt);
            if (row.needs != PatientNeeds::biomarker) continue;
            for (std::size_t i = 0; i < columns_.biomarkers.size(); ++i)
                add(choices, row, i);
        }
        return choices;
    }

  private:
    /// Why the data set cannot have a method, with the remedy; empty where it can.
    [[nodiscard]] std::string_view what_lacks(const PatientRow& row) const {
        if (row.family == PatientFamily::rerandomisation) {
            return "it draws allocations anew by the trial's own rule, which a data set does not "
                   "tell. Simulate the trial with its [allocation], or leave it out";
        }
        switch (row.needs) {
            case PatientNeeds::strata:
                if (columns_.strata.empty()) return "it needs strata. Name them: --strata COLUMNS";
                break;
            case PatientNeeds::interaction:
                if (!columns_.interaction)
                    return "it needs a feature. Name it: --interaction FEATURE";
                break;
            case PatientNeeds::biomarker:
                if (columns_.biomarkers.empty())
                    return "it compares a biomarker. Name one: --biomarker NAME[,BASELINE]";
                break;
            case PatientNeeds::nothing:
            case PatientNeeds::covariates:
                break;
        }
        return "";
    }

    bool can_serve(Part part, std::string_view flag, const std::string& text, const Name& name) {
        const auto refuse = [&](std::string_view why) {
            faults_.push_back(fmt::format("analyze: {}: \"{}\": {}.", flag, text, why));
            return false;
        };
        for (const PatientRow& row : analysis::patient_catalogue()) {
            if (!is_of_women(row) || !is_named(row, part, name.id)) continue;
            if (const auto lacks = what_lacks(row); !lacks.empty()) return refuse(lacks);
            if (name.biomarker.empty()) continue;
            if (row.needs != PatientNeeds::biomarker)
                return refuse("it has the primary outcome alone. Leave out the brackets");
            if (std::ranges::count(columns_.biomarkers, name.biomarker,
                                   &files::BiomarkerOfData::name) == 0) {
                return refuse("there is no such biomarker. Name it: --biomarker NAME[,BASELINE]");
            }
        }
        return true;
    }

    [[nodiscard]] bool is_asked(const std::optional<std::vector<Name>>& names, Part part,
                                const PatientRow& row, std::string_view biomarker) const {
        if (!names) return !row.is_costly;
        return std::ranges::any_of(*names, [&](const Name& name) {
            return is_named(row, part, name.id) &&
                   (name.biomarker.empty() || name.biomarker == biomarker);
        });
    }

    void add(std::vector<design::PatientChoice>& choices, const PatientRow& row,
             std::optional<std::size_t> endpoint) const {
        const std::string biomarker = endpoint ? columns_.biomarkers[*endpoint].name : "";
        const bool has_test = !row.test_id.empty() && is_asked(tests_, Part::test, row, biomarker);
        const bool has_interval =
            row.has_interval && is_asked(intervals_, Part::interval, row, biomarker);
        if (!has_test && !has_interval) return;
        design::PatientChoice choice;
        choice.id = row.id;
        choice.measure = row.measure;
        choice.endpoint = endpoint;
        choice.label = endpoint ? fmt::format("{}[{}]", row.id, biomarker) : std::string(row.id);
        choice.reports_test = has_test;
        choice.reports_interval = has_interval;
        choices.push_back(std::move(choice));
    }

    const files::DataColumns& columns_;
    std::vector<std::string>& faults_;
    std::optional<std::vector<Name>> tests_, intervals_;  ///< none: not asked for by name
};

}  // namespace

DataMethods methods_of_data(const std::vector<scenario::FlagSetting>& settings,
                            const files::DataColumns& columns, std::vector<std::string>& faults) {
    DataMethods methods;
    Chooser chooser(columns, faults);
    for (const scenario::FlagSetting& setting : settings) {
        const bool is_tests = setting.flag == "--tests",
                   is_intervals = setting.flag == "--intervals";
        if (!is_tests && !is_intervals) {
            methods.settings.push_back(setting);
            continue;
        }
        const auto others =
            chooser.take(is_tests ? Part::test : Part::interval, setting.flag, setting.value);
        (is_tests ? methods.has_table_tests : methods.has_table_intervals) = !others.empty();
        if (!others.empty()) methods.settings.push_back({setting.flag, others});
    }
    methods.patients = chooser.choices();
    return methods;
}

}  // namespace rsasim::commands
