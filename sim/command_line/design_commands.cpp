#include "command_line/commands.hpp"
#include "command_line/flags.hpp"
#include "command_line/number_checks.hpp"

#include <memory>

namespace rsasim::command_line {
namespace {

/// As a scenario may have them.
constexpr std::int64_t most_cells = 10'000'000;
constexpr std::int64_t most_replicates = 1'000'000'000'000'000;

/// How a run is cut into parts, in space and in time.
void add_parts_of_a_run(CLI::App& command, commands::RunOptions& options) {
    command.add_flag("--resume", options.resume,
                     "Go on with the output where it is; start it where it is missing; leave "
                     "it alone where it has all");
    const auto add = [&](const std::string& flag, auto& value, const std::string& name,
                         const std::string& help) {
        command.add_option(flag, value, help)->type_name(name);
    };
    add("--shard", options.shard, "I/K",
        "Do part I, from 0, of K alone, into <name>-shard-I-of-K.h5; rsasim merge puts the "
        "parts together");
    add("--except", options.except, "FILE ...",
        "Leave out the replicates that these results files hold, so that merge takes them and this "
        "output; for shards of another K");
    add("--checkpoint-every", options.checkpoint_every, "TIME",
        "Write a checkpoint so often (default: 60 s)");
    add("--max-time", options.max_time, "TIME",
        "Stop after this time with a checkpoint and exit status 75: seconds, 90m, 1h30m, "
        "HH:MM:SS");
}

}  // namespace

void add_run(CommandLine& line) {
    const auto options = std::make_shared<commands::RunOptions>();
    auto& command =
        line.add("run", "Operating characteristics by simulation, into an HDF5 file", [=, &line] {
            options->command_line = line.text();
            return commands::run(*options);
        });
    add_output(command, options->output, options->force,
               "Results file (default: the scenario's name with .h5, in this folder)");
    add_threads(command, options->threads);
    add_json(command, options->display.json);
    command.add_flag("--csv", options->display.csv, "Print the result as CSV");
    command.add_flag("--quiet", options->display.quiet, "Print no tables and no messages");
    command.add_flag("--no-progress", options->display.no_progress,
                     "Draw no progress bar and print no lines of progress");
    add_parts_of_a_run(command, *options);
    add_design(command, options->input);
}

void add_exact(CommandLine& line) {
    const auto options = std::make_shared<commands::ExactOptions>();
    auto& command =
        line.add("exact", "Operating characteristics by enumeration of all tables", [=, &line] {
            options->command_line = line.text();
            return commands::exact(*options);
        });
    add_output(command, options->output, options->force, "Write a results file too");
    add_threads(command, options->threads);
    add_json(command, options->display.json);
    command.add_flag("--csv", options->display.csv, "Print the result as CSV");
    command.add_flag("--boundary", options->boundary,
                     "Print where each test rejects, in place of operating characteristics");
    command.add_flag("--quiet", options->display.quiet, "Print no tables and no messages");
    add_design(command, options->input);
}

void add_size_of_test(CommandLine& line) {
    const auto options = std::make_shared<commands::SizeOfTestOptions>();
    auto& command =
        line.add("size-of-test", "Worst case over the control rate, proved: size, coverage, power",
                 [=] { return commands::size_of_test(*options); });
    const auto add = [&](const std::string& flag, auto& value, const std::string& name,
                         const std::string& help) {
        command.add_option(flag, value, help)->type_name(name);
    };
    add("--test", options->test, "ID", "Test whose size is wanted");
    add("--interval", options->interval, "MEASURE:ID", "Interval whose minimum coverage is wanted");
    add("--effect", options->effect, "MEASURE=VALUE",
        "Effect that the interval should cover (default: no effect)");
    add("--range", options->range, "LOW:HIGH", "Control rates that are looked at (default: all)");
    add("--power", options->power, "MEASURE=VALUE",
        "Give the minimum power of the test at this effect too");
    command.add_flag("--calibrate", options->calibrate,
                     "Find the largest attained P-value that keeps the size at alpha");
    command.add_option("--curve", options->curve, "Give the profile over so many control rates")
        ->type_name("POINTS")
        ->check(whole_number(2, 100'000));
    add_threads(command, options->threads);
    add_json(command, options->json);
    add_design(command, options->input);
}

void add_check(CommandLine& line) {
    const auto options = std::make_shared<commands::CheckOptions>();
    auto& command = line.add("check", "Validate a scenario; show its grid and the expected cost",
                             [=] { return commands::check(*options); });
    add_threads(command, options->threads);
    add_json(command, options->json);
    add_design(command, options->input);
}

void add_replay(CommandLine& line) {
    const auto options = std::make_shared<commands::ReplayOptions>();
    auto& command = line.add("replay", "One simulated trial: its women and what the analyses found",
                             [=] { return commands::replay(*options); });
    command.add_option("--cell", options->cell, "Cell of the sweep, from 0 (default: 0)")
        ->type_name("I")
        ->check(whole_number(0, most_cells - 1));
    command.add_option("--replicate", options->replicate, "Replicate, from 0 (default: 0)")
        ->type_name("R")
        ->check(whole_number(0, most_replicates - 1));
    command
        .add_option("--count", options->count,
                    "So many replicates from there on (default: 1); JSON is one line each")
        ->type_name("N")
        ->check(whole_number(1, most_replicates));
    add_json(command, options->display.json);
    command.add_flag("--csv", options->display.csv, "Print the women as CSV");
    add_design(command, options->input);
}

}  // namespace rsasim::command_line
