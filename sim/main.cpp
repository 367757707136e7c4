#include "command_line/commands.hpp"
#include "commands/signals.hpp"

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/errors.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace {

using namespace rsasim;
using commands::ExitStatus;

void add_commands(command_line::CommandLine& line) {
    using namespace command_line;
    for (const auto add :
         {add_analyze, add_run,    add_exact,  add_show,    add_size_of_test, add_size,   add_mde,
          add_replan,  add_report, add_judge,  add_merge,   add_status,       add_digest, add_check,
          add_replay,  add_init,   add_schema, add_methods, add_completion,   add_manual}) {
        add(line);
    }
}

/// The commands whose stop is a step of their work: they read stopping signals themselves.
bool reads_stopping_signals(std::string_view command) {
    return command == "run" || command == "merge";
}

int exit_code(ExitStatus status) {
    return static_cast<int>(status);
}

int complain(ExitStatus status, const std::string& message) {
    const auto line = message + '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
    return exit_code(status);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc > 1 && reads_stopping_signals(argv[1])) commands::hold_stopping_signals();
    try {
        command_line::CommandLine line(argc, argv);
        add_commands(line);
        if (argc > 1) line.require_known_command(argv[1]);
        try {
            line.app().parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return line.app().exit(error) == 0 ? 0 : exit_code(ExitStatus::wrong_input);
        }
        return exit_code(line.call());
    } catch (const scenario::InputErrors& errors) {
        return complain(ExitStatus::wrong_input,
                        fmt::format("{}", fmt::join(errors.messages(), "\n")));
    } catch (const files::FileError& error) {
        return complain(ExitStatus::file_error, error.what());
    } catch (const std::exception& error) {
        return complain(ExitStatus::internal_error,
                        fmt::format("rsasim: internal error: {}. Please report it with the command "
                                    "line and the scenario.",
                                    error.what()));
    }
}
