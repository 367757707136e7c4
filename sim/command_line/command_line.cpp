#include "command_line/command_line.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::command_line {
namespace {

constexpr const char* footer = R"(Exit status:
  0   success
  1   an internal error
  2   wrong input: flags, a scenario, files that do not fit together
  3   a file could not be read or written
  75  stopped by a signal or a time limit, with a checkpoint; --resume goes on

Examples:
  rsasim analyze 60/75 47/74
  rsasim exact --n 75,74 --control-rate 0.6351 --treated-rate 0.80
  rsasim init power-sweep -o sweep.toml
  rsasim run sweep.toml

All flags of a command: rsasim COMMAND --help; all keys of a scenario: man rsasim-scenario)";

/// "ID:{bash,zsh}" of CLI11 has the values that a check allows.
std::vector<std::string> values_in(std::string_view type) {
    std::vector<std::string> values;
    const auto open = type.find(":{");
    if (open == std::string_view::npos || !type.ends_with('}')) return values;
    std::string_view rest = type.substr(open + 2, type.size() - open - 3);
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        values.emplace_back(rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    return values;
}

/// A word as a shell takes it: in quotes where it has letters that mean something to one.
std::string shell_word(std::string_view word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
    if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos)
        return std::string(word);
    std::string quoted = "'";
    for (const char letter : word)
        quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return quoted + "'";
}

commands::OptionDescription description_of(const CLI::Option& option) {
    commands::OptionDescription description;
    for (const auto& name : option.get_snames())
        description.flags.push_back("-" + name);
    for (const auto& name : option.get_lnames())
        description.flags.push_back("--" + name);
    const std::string type = option.get_type_name();
    description.value_name =
        option.get_positional() ? option.get_single_name() : type.substr(0, type.find(":{"));
    description.values = values_in(type);
    description.help = option.get_description();
    description.group = option.get_group();
    description.is_required = option.get_required();
    description.is_repeatable = option.get_items_expected_max() > 1 ||
                                option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
    return description;
}

commands::CommandDescription description_of(const CLI::App& app) {
    commands::CommandDescription description;
    description.name = app.get_name();
    description.help = app.get_description();
    description.footer = app.get_footer();
    for (const CLI::Option* option : app.get_options()) {
        // As in the help: what has no group is taken and not offered.
        if (!option->get_group().empty()) description.options.push_back(description_of(*option));
    }
    return description;
}

}  // namespace

CommandLine::CommandLine(int argc, char** argv)
    : app_(
          "rsasim: power and interval coverage of randomised trials with a binary outcome,\n"
          "by parallel simulation or exactly by enumeration",
          "rsasim") {
    for (int i = 0; i < argc; ++i) {
        text_ += i == 0 ? "" : " ";
        text_ += shell_word(argv[i]);
    }
    app_.set_version_flag("--version", commands::version_text());
    app_.require_subcommand(1);
    app_.failure_message(CLI::FailureMessage::simple);
    app_.footer(footer);
}

CLI::App& CommandLine::add(const std::string& name, const std::string& help, Action action) {
    CLI::App* command = app_.add_subcommand(name, help);
    actions_[command] = std::move(action);
    return *command;
}

void CommandLine::require_known_command(std::string_view word) const {
    std::vector<std::string_view> names;
    for (const CLI::App* command : app_.get_subcommands({}))
        names.push_back(command->get_name());
    if (word.starts_with('-') || std::ranges::find(names, word) != names.end()) return;
    const std::string_view near = scenario::nearest(word, names);
    throw scenario::InputErrors(
        {fmt::format("rsasim: \"{}\" is not a command. {}List them: rsasim --help", word,
                     near.empty() ? "" : fmt::format("Did you mean \"{}\"? ", near))});
}

commands::ExitStatus CommandLine::call() const {
    return actions_.at(app_.get_subcommands().front())();
}

commands::ProgramDescription CommandLine::describe() const {
    commands::ProgramDescription description;
    description.program = description_of(app_);
    for (const CLI::App* command : app_.get_subcommands({})) {
        if (!command->get_group().empty()) {
            description.commands.push_back(description_of(*command));
        }
    }
    return description;
}

}  // namespace rsasim::command_line
