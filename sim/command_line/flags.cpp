#include "command_line/flags.hpp"

#include <charconv>
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

CLI::Validator whole_number(std::int64_t lowest, std::int64_t highest) {
    const auto check = [=](const std::string& text) -> std::string {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool is_whole = error == std::errc{} && end == text.data() + text.size();
        if (is_whole && number >= lowest && number <= highest) return "";
        return "\"" + text + "\" is not a whole number from " + std::to_string(lowest) + " to " +
               std::to_string(highest) + ". Give one.";
    };
    return {check, "", ""};
}

void add_json(CLI::App& command, bool& json) {
    command.add_flag("--json", json, "Print the result as JSON, and nothing else there");
}

void add_threads(CLI::App& command, unsigned& threads) {
    command.add_option("--threads", threads, "Threads to use (default: all available cores)")
        ->type_name("N")
        ->check(CLI::Range(1U, 4096U));
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
