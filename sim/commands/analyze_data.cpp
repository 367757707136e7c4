#include "analyze_data.hpp"

#include "analysis_flags.hpp"
#include "console.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/files/analysis_text.hpp>

namespace rsasim::commands {
namespace {

/// The names in texts such as "age,weight".
std::vector<std::string> names_in(const std::vector<std::string>& lists, std::string_view flag,
                                  std::vector<std::string>& faults) {
    std::vector<std::string> names;
    for (const std::string& list : lists) {
        for (std::size_t first = 0; first <= list.size();) {
            const auto end = std::min(list.find(',', first), list.size());
            names.push_back(list.substr(first, end - first));
            if (names.back().empty()) {
                faults.push_back(fmt::format(
                    "analyze: {} {}: a column has no name. Write names with commas between them.",
                    flag, list));
            }
            first = end + 1;
        }
    }
    return names;
}

files::DataColumns columns_of(const AnalyzeOptions& options) {
    const DataOptions& data = options.data;
    std::vector<std::string> faults;
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
    if (!faults.empty()) throw scenario::InputErrors(std::move(faults));
    return columns;
}

}  // namespace

bool is_about_data(const AnalyzeOptions& options) {
    const DataOptions& data = options.data;
    return data.path || data.outcome || data.arm || data.treated || !data.adjust.empty() ||
           !data.strata.empty();
}

ExitStatus analyze_data(const AnalyzeOptions& options) {
    const files::DataColumns columns = columns_of(options);
    const files::TrialData data = files::read_trial_data(*options.data.path, columns);
    if (data.dropped > 0) {
        tell(fmt::format("note: {} of {} rows are left out for missing values.", data.dropped,
                         data.rows));
    }
    const auto plan = read_plan(options, data.table);
    print(options.json ? files::analysis_to_json(data, *plan)
                       : files::analysis_to_text(data, *plan, wants_colour()));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
