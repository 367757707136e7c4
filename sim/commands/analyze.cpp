#include "analysis_flags.hpp"
#include "analyze_data.hpp"
#include "console.hpp"
#include "observed_arms.hpp"

#include <rsasim/files/analysis_text.hpp>

namespace rsasim::commands {
ExitStatus analyze(const AnalyzeOptions& options) {
    if (is_about_data(options)) return analyze_data(options);
    if (options.treated.empty() || options.control.empty()) {
        throw scenario::InputErrors(
            {"analyze: needs both arms as events/women, or a data set. Write: rsasim analyze 60/75 "
             "47/74, or --data trial.csv --outcome Y --arm ARM"});
    }
    const design::Table2x2 table = read_arms(options.treated, options.control);
    const auto plan = read_plan(options, table);
    print(options.json ? files::analysis_to_json(table, *plan)
                       : files::analysis_to_text(table, *plan, wants_colour()));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
