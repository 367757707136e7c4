#include "analyze_data.hpp"

#include "analysis_flags.hpp"
#include "column_lists.hpp"
#include "console.hpp"
#include "data_methods.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include <rsasim/files/analysis_text.hpp>

namespace rsasim::commands {
namespace {

constexpr std::array handlings{design::Handling::complete_case, design::Handling::failure,
                               design::Handling::worst_case, design::Handling::best_case};

design::Handling handling_of(const std::optional<std::string>& word,
                             std::vector<std::string>& faults) {
    if (!word) return design::Handling::complete_case;
    const auto* const found = std::ranges::find(handlings, *word, files::handling_word);
    if (found != handlings.end()) return *found;
    faults.push_back(
        fmt::format("analyze: --missing {}: is no way to count women without an "
                    "outcome. Give complete-case, failure, worst-case or best-case.",
                    *word));
    return design::Handling::complete_case;
}

/// "il33,il33_baseline": a biomarker and, where it has one, its baseline.
std::vector<files::BiomarkerOfData> biomarkers_in(const std::vector<std::string>& texts,
                                                  std::vector<std::string>& faults) {
    std::vector<files::BiomarkerOfData> biomarkers;
    for (const std::string& text : texts) {
        const auto names = names_in(text, "--biomarker", faults);
        if (names.size() > 2) {
            faults.push_back(
                fmt::format("analyze: --biomarker {}: a biomarker has one baseline. "
                            "Repeat the flag for another biomarker.",
                            text));
        } else if (!names.empty()) {
            biomarkers.push_back({names[0], {}});
            if (names.size() == 2) biomarkers.back().baseline = names[1];
        }
    }
    return biomarkers;
}

files::DataColumns columns_of(const AnalyzeOptions& options, std::vector<std::string>& faults) {
    const DataOptions& data = options.data;
    if (!options.treated.empty()) {
        faults.push_back(
            fmt::format("analyze: {}: a table is given beside --data. Give one of the "
                        "two.",
                        options.treated));
    }
    const auto required = [&](const std::optional<std::string>& value, std::string_view flag,
                              std::string_view what) {
        if (!value) {
            faults.push_back(
                fmt::format("analyze: {} is missing: a data set needs {}.", flag, what));
        }
        return value.value_or("");
    };
    required(data.path, "--data", "its file");
    files::DataColumns columns{required(data.outcome, "--outcome", "the column of the outcome"),
                               required(data.arm, "--arm", "the column of the arm"), data.treated,
                               names_in(data.adjust, "--adjust", faults),
                               names_in(data.strata, "--strata", faults)};
    columns.factors = names_in(data.factors, "--factor", faults);
    columns.interaction = data.interaction;
    columns.biomarkers = biomarkers_in(data.biomarkers, faults);
    columns.missing = handling_of(data.missing, faults);
    return columns;
}

void tell_of_missing_values(const files::TrialData& data) {
    if (data.dropped > 0) {
        tell(fmt::format("note: {} of {} rows are left out for missing values.", data.dropped,
                         data.rows));
    }
    if (data.without_outcome > 0) {
        tell(fmt::format("note: {} women without an outcome are handled as {}.",
                         data.without_outcome, files::handling_word(data.meaning.missing)));
    }
}

/// The plan of the table's methods with the patient-level ones.
design::AnalysisPlan plan_of(const AnalyzeOptions& options, const DataMethods& methods,
                             const design::Table2x2& table) {
    AnalyzeOptions of_table = options;
    of_table.settings = methods.settings;
    design::AnalysisPlan plan = *read_plan(of_table, table);
    if (!methods.has_table_tests) plan.tests.clear();
    if (!methods.has_table_intervals) plan.intervals.clear();
    if (plan.tests.empty() || plan.intervals.empty()) plan.pairs.clear();
    plan.patients.emplace().methods = methods.patients;
    return plan;
}

}  // namespace

bool is_about_data(const AnalyzeOptions& options) {
    const DataOptions& data = options.data;
    const bool has_list = !data.adjust.empty() || !data.strata.empty() || !data.factors.empty() ||
                          !data.biomarkers.empty();
    return has_list || data.path || data.outcome || data.arm || data.treated || data.interaction ||
           data.missing;
}

ExitStatus analyze_data(const AnalyzeOptions& options) {
    std::vector<std::string> faults;
    const files::DataColumns columns = columns_of(options, faults);
    const DataMethods methods = methods_of_data(options.settings, columns, faults);
    if (!faults.empty()) throw scenario::InputErrors(std::move(faults));
    const files::TrialData data = files::read_trial_data(*options.data.path, columns);
    tell_of_missing_values(data);
    const auto plan = plan_of(options, methods, data.table);
    print(options.json ? files::analysis_to_json(data, plan)
                       : files::analysis_to_text(data, plan, wants_colour()));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
