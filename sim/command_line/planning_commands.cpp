#include "command_line/commands.hpp"
#include "command_line/flags.hpp"

#include <memory>

namespace rsasim::command_line {
namespace {

void add_target(CLI::App& command, commands::PlanningOptions& options) {
    command.add_option("--power", options.power, "Power that is wanted (default: 0.9)")
        ->type_name("P");
    command.add_option("--test", options.test, "Test that is planned for")->type_name("ID");
    add_threads(command, options.threads);
    add_json(command, options.json);
}

}  // namespace

void add_size(CommandLine& line) {
    const auto options = std::make_shared<commands::PlanningOptions>();
    auto& command = line.add("size", "Number of women for a power, exactly, by enumeration",
                             [=] { return commands::size(*options); });
    add_target(command, *options);
    command.add_option("--cap", options->cap, "Women in all, at most (default: 20000)")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    command
        .add_option("--horizon", options->horizon,
                    "Look so far for the stable size, women in all (default: twice the first)")
        ->type_name("N")
        ->check(CLI::PositiveNumber);
    command
        .add_option("--allow-dropout", options->dropout,
                    "Recruit more, so that as many stay; and give the power that is left where "
                    "drop-outs count as failures")
        ->type_name("RATE")
        ->check(CLI::Range(0.0, 0.99));
    add_design(command, options->input);
}

void add_mde(CommandLine& line) {
    const auto options = std::make_shared<commands::PlanningOptions>();
    auto& command = line.add("mde", "Smallest effects that a test detects with a power",
                             [=] { return commands::mde(*options); });
    add_target(command, *options);
    add_design(command, options->input);
}

}  // namespace rsasim::command_line
