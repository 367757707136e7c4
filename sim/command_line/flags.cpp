#include "command_line/flags.hpp"

#include "command_line/number_checks.hpp"

#include <cstddef>
#include <map>

namespace rsasim::command_line {
namespace {

/// Options of CLI11 that stand for scenario settings, with the names they have there.
using SettingOptions = std::map<const CLI::Option*, std::string>;

/// The settings of the command line in the order in which they were given.
std::vector<scenario::FlagSetting> settings_in_order(const CLI::App& command,
                                                     const SettingOptions& known) {
    std::vector<scenario::FlagSetting> settings;
    std::map<const CLI::Option*, std::size_t> taken;
    for (const CLI::Option* option : command.parse_order()) {
        const auto found = known.find(option);
        if (found == known.end()) continue;
        settings.push_back({found->second, option->results().at(taken[option]++)});
    }
    return settings;
}

bool sets_any_key(const scenario::FlagRow&) {
    return true;
}

}  // namespace

void add_json(CLI::App& command, bool& json) {
    command.add_flag("--json", json, "Print the result as JSON, and nothing else there");
}

void add_threads(CLI::App& command, unsigned& threads) {
    command.add_option("--threads", threads, "Threads to use (default: all available cores)")
        ->type_name("N")
        ->check(whole_number(1, 4096));
}

void add_output(CLI::App& command, std::optional<std::string>& output, bool& force,
                const std::string& help) {
    command.add_option("-o,--output", output, help)->type_name("FILE");
    command.add_flag("--force", force, "Replace an existing output file");
}

void add_design(CLI::App& command, commands::DesignInput& input) {
    command.add_option("scenario", input.scenario_path,
                       "Scenario file (TOML); none is needed where flags give the design");
    add_settings(command, sets_any_key, input.settings);
}

bool sets_analysis(const scenario::FlagRow& row) {
    return row.path.starts_with("analysis.") || row.path == "trial.direction";
}

bool sets_what_follows_simulation(const scenario::FlagRow& row) {
    return sets_analysis(row) || row.path.starts_with("trial.") || row.flag == "--set";
}

void add_settings(CLI::App& command, Choice is_chosen,
                  std::vector<scenario::FlagSetting>& settings) {
    SettingOptions known;
    for (const auto& row : scenario::flags()) {
        if (!is_chosen(row)) continue;
        // The value is picked up from parse_order(), so that the order of the flags is kept.
        auto* option = command.add_option_function<std::string>(
            std::string(row.flag), [](const std::string&) {}, std::string(row.help));
        option->type_name(std::string(row.value_name))->group("Design and analysis");
        option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        known.emplace(option, row.flag);
    }
    command.final_callback(
        [&command, &settings, known] { settings = settings_in_order(command, known); });
}

}  // namespace rsasim::command_line
