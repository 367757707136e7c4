#pragma once

#include "commands/options.hpp"

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <rsasim/scenario/scenario.hpp>

/// Flags that several commands share.
namespace rsasim::command_line {

void add_json(CLI::App& command, bool& json);
void add_threads(CLI::App& command, unsigned& threads);
void add_output(CLI::App& command, std::optional<std::string>& output, bool& force,
                const std::string& help);
/// A scenario file, and every flag that sets one of its keys.
void add_design(CLI::App& command, commands::DesignInput& input);

/// Which of the flags that set scenario keys a command takes.
using Choice = bool (*)(const scenario::FlagRow& row);
/// For one observed trial: how it is analysed, and which side is good.
bool sets_analysis(const scenario::FlagRow& row);
/// For tables that are there already: how they are analysed and shown.
bool sets_what_follows_simulation(const scenario::FlagRow& row);

/// Adds such flags; `settings` has them in the order in which they are given.
void add_settings(CLI::App& command, Choice is_chosen,
                  std::vector<scenario::FlagSetting>& settings);

}  // namespace rsasim::command_line
