#include "command_line/commands.hpp"
#include "command_line/flags.hpp"

#include <memory>

namespace rsasim::command_line {
namespace {

void add_data(CLI::App& command, commands::DataOptions& data) {
    const auto add = [&](const std::string& flag, auto& value, const std::string& name,
                         const std::string& help) {
        return command.add_option(flag, value, help)
            ->type_name(name)
            ->group("Data set")
            ->expected(1);
    };
    add("--data", data.path, "FILE",
        "Data set (CSV, a row per woman) in place of the arms; rows in which a used column is "
        "missing (empty, NA, N/A, NaN, null or a dot, in any case) are left out and counted");
    add("--outcome", data.outcome, "COLUMN", "Column of the outcome, 1 for an event");
    add("--arm", data.arm, "COLUMN", "Column of the arm, which has two values");
    add("--treated", data.treated, "VALUE",
        "Value of the treated arm (default: the one sorted last)");
    add("--adjust", data.adjust, "COLUMNS",
        "Columns that the regressions adjust for: age,weight; a name with a comma in double quotes")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    add("--factor", data.factors, "COLUMNS",
        "Columns of --adjust whose values are levels though some or all are numbers")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    add("--strata", data.strata, "COLUMNS", "Columns that stratified analyses stratify by")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    add("--interaction", data.interaction, "FEATURE",
        "Feature whose interaction with the arm is tested: age, \"age > 35\", \"site = north\"");
    add("--biomarker", data.biomarkers, "NAME[,BASELINE]",
        "Column of a numeric endpoint, and of its baseline; repeatable")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    add("--missing", data.missing, "HANDLING",
        "Women without an outcome: complete-case (default: left out), failure (no event), "
        "worst-case, best-case");
}

}  // namespace

void add_analyze(CommandLine& line) {
    const auto options = std::make_shared<commands::AnalyzeOptions>();
    auto& command = line.add("analyze", "One observed trial: every estimate, test and interval",
                             [=] { return commands::analyze(*options); });
    command.add_option("treated-arm", options->treated, "Treated arm as events/women: 60/75");
    command.add_option("control-arm", options->control, "Control arm as events/women: 47/74");
    add_data(command, options->data);
    add_json(command, options->json);
    add_settings(command, sets_analysis, options->settings);
}

void add_methods(CommandLine& line) {
    const auto options = std::make_shared<commands::MethodsOptions>();
    auto& command = line.add("methods", "The catalogue of methods, with definitions and citations",
                             [=] { return commands::methods(*options); });
    command.add_option("id", options->id, "Show all about this method");
    add_json(command, options->json);
}

}  // namespace rsasim::command_line
