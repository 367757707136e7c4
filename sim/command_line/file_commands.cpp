#include "command_line/commands.hpp"
#include "command_line/flags.hpp"
#include "command_line/number_checks.hpp"

#include <memory>

namespace rsasim::command_line {

void add_show(CommandLine& line) {
    const auto options = std::make_shared<commands::ShowOptions>();
    auto& command = line.add("show", "Summary tables of a results file",
                             [=] { return commands::show(*options); });
    command.add_option("results", options->results_path, "Results file (HDF5)")->required();
    add_json(command, options->display.json);
    auto* csv = command.add_flag("--csv", options->display.csv, "Print every figure as CSV");
    command
        .add_option("--plot", options->plot, "Draw power with characters, on an axis from 0 to 1")
        ->type_name("power")
        ->check(CLI::IsMember({"power"}))
        ->excludes(csv)
        ->excludes(command.get_option("--json"));
}

void add_report(CommandLine& line) {
    const auto options = std::make_shared<commands::ReportOptions>();
    auto& command = line.add("report", "Pictures and tables of a results file as one HTML page",
                             [=] { return commands::report(*options); });
    command.add_option("results", options->results_path, "Results file (HDF5)")->required();
    add_output(command, options->output, options->force,
               "Write the page here; it opens in a browser without a network");
    command
        .add_option("--vega-lite", options->vega_lite,
                    "Write each picture as a Vega-Lite specification in this folder")
        ->type_name("DIR");
    command.add_option("--target", options->target, "Power at which pictures have a line (0.8)")
        ->type_name("POWER");
    command.footer(R"(Examples:
  rsasim report sweep.h5 -o sweep.html
  rsasim report sweep.h5 --vega-lite pictures)");
}

void add_judge(CommandLine& line) {
    const auto options = std::make_shared<commands::JudgeOptions>();
    auto& command = line.add(
        "judge", "Other methods on the tables of a results file, without simulating", [=, &line] {
            options->command_line = line.text();
            return commands::judge(*options);
        });
    command.add_option("results", options->results_path, "Results file (HDF5)")->required();
    add_output(command, options->output, options->force, "Write a results file too");
    add_threads(command, options->threads);
    add_json(command, options->display.json);
    command.add_flag("--csv", options->display.csv, "Print every figure as CSV");
    command.add_flag("--quiet", options->display.quiet, "Print no tables and no messages");
    add_settings(command, sets_what_follows_simulation, options->settings);
}

void add_merge(CommandLine& line) {
    const auto options = std::make_shared<commands::MergeOptions>();
    auto& command = line.add("merge", "Put the files of a run's shards together", [=, &line] {
        options->command_line = line.text();
        return commands::merge(*options);
    });
    command.add_option("files", options->paths, "Results files: shards, or merged ones")
        ->required();
    command.add_option("-o,--output", options->output, "Write the whole here")
        ->type_name("FILE")
        ->required();
    command.add_flag("--force", options->force, "Replace an existing output file");
    command.add_flag("--allow-incomplete", options->allow_incomplete,
                     "Write what is there where replicates are missing");
    command.add_flag("--skip-bad", options->skip_bad,
                     "Leave out files that cannot be merged, and list them");
    add_threads(command, options->threads);
    command.add_flag("--quiet", options->quiet, "Print no messages");
}

void add_status(CommandLine& line) {
    const auto options = std::make_shared<commands::StatusOptions>();
    auto& command = line.add("status",
                             "Done and missing replicates of files together; exit status 0 whether "
                             "or not something is missing",
                             [=] { return commands::status(*options); });
    command.add_option("files", options->paths, "Results files of one sweep")->required();
    command
        .add_option("--shards", options->shards,
                    "List the missing tasks of a run cut into K (default: as the files say)")
        ->type_name("K")
        ->check(whole_number(1, 1'000'000));
    add_json(command, options->json);
}

void add_digest(CommandLine& line) {
    const auto options = std::make_shared<commands::DigestOptions>();
    auto& command =
        line.add("digest", "SHA-256 of the integers that all outside /provenance follows from",
                 [=] { return commands::digest(*options); });
    command.add_option("files", options->paths, "Results files (HDF5)")->required();
    add_json(command, options->json);
}

}  // namespace rsasim::command_line
