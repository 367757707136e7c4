#include "command_line/commands.hpp"
#include "command_line/flags.hpp"

#include <memory>

#include <fmt/format.h>

namespace rsasim::command_line {

void add_init(CommandLine& line) {
    const auto options = std::make_shared<commands::InitOptions>();
    auto& command = line.add("init", "A commented scenario to start from",
                             [=] { return commands::init(*options); });
    const auto names = commands::template_names();
    command
        .add_option("template", options->name,
                    fmt::format("Template to start from (default: {})", names.front()))
        ->type_name(fmt::format("NAME:{{{}}}", fmt::join(names, ",")));
    command.add_flag("--list", options->lists, "List the templates and what each is for");
    add_output(command, options->output, options->force,
               "Write the scenario here (default: standard output)");
    command.footer(R"(Examples:
  rsasim init --list
  rsasim init coverage -o coverage.toml
  rsasim check coverage.toml)");
}

void add_schema(CommandLine& line) {
    auto& command = line.add("schema", "JSON Schema (draft 4) of scenario files, for editors",
                             [] { return commands::schema(); });
    command.footer(R"(Example:
  rsasim schema > rsasim.schema.json

Editors that know TOML check a scenario against it while it is written, where the scenario begins
with the line
  #:schema ./rsasim.schema.json

Rules between keys that a schema cannot hold are left to rsasim check.)");
}

void add_completion(CommandLine& line) {
    const auto options = std::make_shared<commands::CompletionOptions>();
    auto& command = line.add("completion", "Completion script for a shell", [=, &line] {
        options->description = line.describe();
        return commands::completion(*options);
    });
    command.add_option("shell", options->shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
}

void add_manual(CommandLine& line) {
    const auto options = std::make_shared<commands::ManualOptions>();
    auto& command = line.add("manual", "Manual pages, in roff", [=, &line] {
        options->description = line.describe();
        return commands::manual(*options);
    });
    command.group("");  // for who packages the program; --help does not show it
    command.add_option("page", options->page, "Page: rsasim, rsasim-COMMAND or rsasim-scenario");
    command.add_option("--into", options->folder, "Write all pages into this folder")
        ->type_name("FOLDER");
}

}  // namespace rsasim::command_line
