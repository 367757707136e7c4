#include "command_line/command_line.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::command_line {

CommandLine::CommandLine(int argc, char** argv)
    : app_(
          "rsasim: power and interval coverage of randomised trials with a binary outcome,\n"
          "by parallel simulation or exactly by enumeration",
          "rsasim") {
    for (int i = 0; i < argc; ++i) {
        text_ += i == 0 ? "" : " ";
        text_ += argv[i];
    }
    app_.set_version_flag("--version", commands::version_text());
    app_.require_subcommand(1);
    app_.failure_message(CLI::FailureMessage::simple);
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

std::vector<commands::CommandDescription> CommandLine::describe() const {
    std::vector<commands::CommandDescription> descriptions;
    for (const CLI::App* command : app_.get_subcommands({})) {
        auto& description = descriptions.emplace_back();
        description.name = command->get_name();
        description.help = command->get_description();
        for (const CLI::Option* option : command->get_options()) {
            for (const auto& name : option->get_lnames())
                description.flags.push_back("--" + name);
            for (const auto& name : option->get_snames())
                description.flags.push_back("-" + name);
        }
    }
    return descriptions;
}

}  // namespace rsasim::command_line
