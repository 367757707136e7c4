#pragma once

#include "commands/options.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace rsasim::command_line {

/// The command line: which commands there are, what was given, and what it calls. Each command has
/// a function that adds it (commands.hpp) and owns what its options are read into.
class CommandLine {
  public:
    using Action = std::function<commands::ExitStatus()>;

    CommandLine(int argc, char** argv);

    /// A new command; `action` runs it once its options are read.
    CLI::App& add(const std::string& name, const std::string& help, Action action);

    CLI::App& app() { return app_; }
    /// As it was given, with blanks between and quotes where a shell needs them.
    [[nodiscard]] const std::string& text() const { return text_; }
    /// Complains of a first word that is neither a flag nor a command, before CLI11 misses one.
    void require_known_command(std::string_view word) const;
    /// Runs the command that was given.
    commands::ExitStatus call() const;
    /// All commands that --help shows with their options, for the manual and the shells'
    /// completions.
    [[nodiscard]] commands::ProgramDescription describe() const;

  private:
    CLI::App app_;
    std::map<const CLI::App*, Action> actions_;
    std::string text_;
};

}  // namespace rsasim::command_line
