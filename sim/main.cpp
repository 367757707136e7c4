#include "commands/options.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <rsasim/files/errors.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace {

using namespace rsasim;
using commands::ExitStatus;

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

/// Which of the flags that set scenario keys a command takes.
using Choice = bool (*)(const scenario::FlagRow& row);

bool any_key(const scenario::FlagRow&) {
    return true;
}
/// For one observed trial: how it is analysed, and which side is good.
bool analysis_keys(const scenario::FlagRow& row) {
    return row.path.starts_with("analysis.") || row.path == "trial.direction";
}
/// For tables that are there already: how they are analysed and shown.
bool keys_after_simulation(const scenario::FlagRow& row) {
    return analysis_keys(row) || row.path.starts_with("trial.") || row.flag == "--set";
}

/// Adds the flags that set scenario keys.
SettingOptions add_settings(CLI::App& command, Choice is_chosen) {
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
    return known;
}

/// The command line: owns what the options are read into, and knows what to call.
class Program {
  public:
    Program(int argc, char** argv) {
        for (int i = 0; i < argc; ++i) {
            command_line_ += (i == 0 ? "" : " ") + std::string(argv[i]);
        }
        app_.set_version_flag("--version", commands::version_text());
        app_.require_subcommand(1);
        app_.failure_message(CLI::FailureMessage::simple);
        add_analyze();
        add_run();
        add_exact();
        add_show();
        add_size_of_test();
        add_judge();
        add_merge();
        add_status();
        add_digest();
        add_check();
        add_replay();
        add_methods();
        add_completion();
    }

    CLI::App& app() { return app_; }

    /// Complains of a first word that is neither a flag nor a command, before CLI11 misses one.
    void require_known_command(std::string_view word) {
        std::vector<std::string_view> names;
        for (const CLI::App* command : app_.get_subcommands({}))
            names.push_back(command->get_name());
        if (word.starts_with('-') || std::ranges::find(names, word) != names.end()) return;
        const std::string_view near = scenario::nearest(word, names);
        throw scenario::InputErrors(
            {fmt::format("rsasim: \"{}\" is not a command. {}List them: rsasim --help", word,
                         near.empty() ? "" : fmt::format("Did you mean \"{}\"? ", near))});
    }
    ExitStatus call() { return actions_.at(app_.get_subcommands().front())(); }

  private:
    CLI::App* add(const std::string& name, const std::string& help,
                  std::function<ExitStatus()> action) {
        CLI::App* command = app_.add_subcommand(name, help);
        actions_[command] = std::move(action);
        return command;
    }

    static void add_scenario(CLI::App& command, commands::DesignInput& input) {
        command.add_option("scenario", input.scenario_path,
                           "Scenario file (TOML); none is needed where flags give the design");
    }
    static void add_json(CLI::App& command, bool& json) {
        command.add_flag("--json", json, "Print the result as JSON, and nothing else there");
    }
    static void add_threads(CLI::App& command, unsigned& threads) {
        command.add_option("--threads", threads, "Threads to use (default: all available cores)")
            ->type_name("N")
            ->check(CLI::Range(1U, 4096U));
    }
    static void add_output(CLI::App& command, std::optional<std::string>& output, bool& force,
                           const std::string& help) {
        command.add_option("-o,--output", output, help)->type_name("FILE");
        command.add_flag("--force", force, "Replace an existing output file");
    }

    void add_analyze() {
        auto* command = add("analyze", "One observed trial: every estimate, test and interval",
                            [this] { return commands::analyze(analyze_); });
        command->add_option("treated-arm", analyze_.treated, "Treated arm as events/women: 60/75");
        command->add_option("control-arm", analyze_.control, "Control arm as events/women: 47/74");
        add_data(*command, analyze_.data);
        add_json(*command, analyze_.json);
        const auto known = add_settings(*command, analysis_keys);
        command->final_callback(
            [this, command, known] { analyze_.settings = settings_in_order(*command, known); });
    }

    static void add_data(CLI::App& command, commands::DataOptions& data) {
        const auto add = [&](const std::string& flag, auto& value, const std::string& name,
                             const std::string& help) {
            command.add_option(flag, value, help)->type_name(name)->group("Data set")->expected(1);
        };
        add("--data", data.path, "FILE", "Data set (CSV, a row per woman) in place of the arms");
        add("--outcome", data.outcome, "COLUMN", "Column of the outcome, 1 for an event");
        add("--arm", data.arm, "COLUMN", "Column of the arm, which has two values");
        add("--treated", data.treated, "VALUE",
            "Value of the treated arm (default: the one sorted last)");
        const auto add_list = [&](const std::string& flag, auto& value, const std::string& help) {
            command.add_option(flag, value, help)
                ->type_name("COLUMNS")
                ->group("Data set")
                ->expected(1)
                ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        };
        add_list("--adjust", data.adjust, "Columns that the regressions adjust for: age,weight");
        add_list("--strata", data.strata, "Columns that stratified analyses stratify by");
    }

    void add_run() {
        auto* command =
            add("run", "Operating characteristics by simulation, into an HDF5 file", [this] {
                run_.command_line = command_line_;
                return commands::run(run_);
            });
        add_scenario(*command, run_.input);
        add_output(*command, run_.output, run_.force,
                   "Results file (default: the scenario's name with .h5, in this folder)");
        add_threads(*command, run_.threads);
        add_json(*command, run_.display.json);
        command->add_flag("--csv", run_.display.csv, "Print the result as CSV");
        command->add_flag("--quiet", run_.display.quiet, "Print no tables and no messages");
        command->add_flag("--no-progress", run_.display.no_progress,
                          "Draw no progress bar and print no lines of progress");
        add_parts_of_a_run(*command);
        keep_settings(*command, run_.input);
    }

    /// How a run is cut into parts, in space and in time.
    void add_parts_of_a_run(CLI::App& command) {
        command.add_flag("--resume", run_.resume,
                         "Go on with the output where it is; start it where it is missing; leave "
                         "it alone where it has all");
        const auto add = [&](const std::string& flag, auto& value, const std::string& name,
                             const std::string& help) {
            command.add_option(flag, value, help)->type_name(name);
        };
        add("--shard", run_.shard, "I/K",
            "Do part I, from 0, of K alone, into <name>-shard-I-of-K.h5; rsasim merge puts the "
            "parts together");
        add("--checkpoint-every", run_.checkpoint_every, "TIME",
            "Write a checkpoint so often (default: 60 s)");
        add("--max-time", run_.max_time, "TIME",
            "Stop after this time with a checkpoint and exit status 75: seconds, 90m, 1h30m, "
            "HH:MM:SS");
    }

    void add_exact() {
        auto* command =
            add("exact", "Operating characteristics by enumeration of all tables", [this] {
                exact_.command_line = command_line_;
                return commands::exact(exact_);
            });
        add_scenario(*command, exact_.input);
        add_output(*command, exact_.output, exact_.force, "Write a results file too");
        add_threads(*command, exact_.threads);
        add_json(*command, exact_.display.json);
        command->add_flag("--csv", exact_.display.csv, "Print the result as CSV");
        command->add_flag("--boundary", exact_.boundary,
                          "Print where each test rejects, in place of operating characteristics");
        command->add_flag("--quiet", exact_.display.quiet, "Print no tables and no messages");
        keep_settings(*command, exact_.input);
    }

    void add_show() {
        auto* command = add("show", "Summary tables of a results file",
                            [this] { return commands::show(show_); });
        command->add_option("results", show_.results_path, "Results file (HDF5)")->required();
        add_json(*command, show_.display.json);
        command->add_flag("--csv", show_.display.csv, "Print every figure as CSV");
    }

    void add_size_of_test() {
        auto* command =
            add("size-of-test", "Worst case over the control rate, proved: size, coverage, power",
                [this] { return commands::size_of_test(size_of_test_); });
        auto& options = size_of_test_;
        add_scenario(*command, options.input);
        command->add_option("--test", options.test, "Test whose size is wanted")->type_name("ID");
        command
            ->add_option("--interval", options.interval,
                         "Interval whose minimum coverage is wanted")
            ->type_name("MEASURE:ID");
        command
            ->add_option("--effect", options.effect,
                         "Effect that the interval should cover (default: no effect)")
            ->type_name("MEASURE=VALUE");
        command
            ->add_option("--range", options.range,
                         "Control rates that are looked at (default: all)")
            ->type_name("LOW:HIGH");
        command
            ->add_option("--power", options.power,
                         "Give the minimum power of the test at this effect too")
            ->type_name("MEASURE=VALUE");
        command->add_flag("--calibrate", options.calibrate,
                          "Find the largest attained P-value that keeps the size at alpha");
        command->add_option("--curve", options.curve, "Give the profile over so many control rates")
            ->type_name("POINTS")
            ->check(CLI::Range(2, 100'000));
        add_threads(*command, options.threads);
        add_json(*command, options.json);
        keep_settings(*command, options.input);
    }

    void add_judge() {
        auto* command = add(
            "judge", "Other methods on the tables of a results file, without simulating", [this] {
                judge_.command_line = command_line_;
                return commands::judge(judge_);
            });
        command->add_option("results", judge_.results_path, "Results file (HDF5)")->required();
        add_output(*command, judge_.output, judge_.force, "Write a results file too");
        add_threads(*command, judge_.threads);
        add_json(*command, judge_.display.json);
        command->add_flag("--csv", judge_.display.csv, "Print every figure as CSV");
        command->add_flag("--quiet", judge_.display.quiet, "Print no tables and no messages");
        const auto known = add_settings(*command, keys_after_simulation);
        command->final_callback(
            [this, command, known] { judge_.settings = settings_in_order(*command, known); });
    }

    void add_merge() {
        auto* command = add("merge", "Put the files of a run's shards together", [this] {
            merge_.command_line = command_line_;
            return commands::merge(merge_);
        });
        auto& options = merge_;
        command->add_option("files", options.paths, "Results files: shards, or merged ones")
            ->required();
        command->add_option("-o,--output", options.output, "Write the whole here")
            ->type_name("FILE")
            ->required();
        command->add_flag("--force", options.force, "Replace an existing output file");
        command->add_flag("--allow-incomplete", options.allow_incomplete,
                          "Write what is there where replicates are missing");
        command->add_flag("--skip-bad", options.skip_bad,
                          "Leave out files that cannot be merged, and list them");
        add_threads(*command, options.threads);
        command->add_flag("--quiet", options.quiet, "Print no messages");
    }

    void add_status() {
        auto* command = add("status",
                            "Done and missing replicates of files together; exit status 0 whether "
                            "or not something is missing",
                            [this] { return commands::status(status_); });
        command->add_option("files", status_.paths, "Results files of one sweep")->required();
        command
            ->add_option("--shards", status_.shards,
                         "List the missing tasks of a run cut into K (default: as the files say)")
            ->type_name("K")
            ->check(CLI::Range(1, 1'000'000));
        add_json(*command, status_.json);
    }

    void add_digest() {
        auto* command = add("digest", "SHA-256 of everything outside /provenance",
                            [this] { return commands::digest(digest_); });
        command->add_option("files", digest_.paths, "Results files (HDF5)")->required();
        add_json(*command, digest_.json);
    }

    void add_check() {
        auto* command = add("check", "Validate a scenario; show its grid and the expected cost",
                            [this] { return commands::check(check_); });
        add_scenario(*command, check_.input);
        add_threads(*command, check_.threads);
        add_json(*command, check_.json);
        keep_settings(*command, check_.input);
    }

    void add_replay() {
        auto* command = add("replay", "One simulated trial: its women and what the analyses found",
                            [this] { return commands::replay(replay_); });
        add_scenario(*command, replay_.input);
        command->add_option("--cell", replay_.cell, "Cell of the sweep, from 0 (default: 0)")
            ->type_name("I");
        command->add_option("--replicate", replay_.replicate, "Replicate, from 0 (default: 0)")
            ->type_name("R")
            ->check(CLI::NonNegativeNumber);
        command
            ->add_option("--count", replay_.count,
                         "So many replicates from there on (default: 1); JSON is one line each")
            ->type_name("N")
            ->check(CLI::PositiveNumber);
        add_json(*command, replay_.display.json);
        command->add_flag("--csv", replay_.display.csv, "Print the women as CSV");
        keep_settings(*command, replay_.input);
    }

    void add_methods() {
        auto* command = add("methods", "The catalogue of methods, with definitions and citations",
                            [this] { return commands::methods(methods_); });
        command->add_option("id", methods_.id, "Show all about this method");
        add_json(*command, methods_.json);
    }

    void add_completion() {
        auto* command = add("completion", "Completion script for a shell", [this] {
            describe_commands();
            return commands::completion(completion_);
        });
        command->add_option("shell", completion_.shell, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    }

    void keep_settings(CLI::App& command, commands::DesignInput& input) {
        const auto known = add_settings(command, any_key);
        command.final_callback(
            [&command, &input, known] { input.settings = settings_in_order(command, known); });
    }

    void describe_commands() {
        for (const CLI::App* command : app_.get_subcommands({})) {
            commands::CommandDescription description{
                command->get_name(), command->get_description(), {}};
            for (const CLI::Option* option : command->get_options()) {
                for (const auto& name : option->get_lnames()) {
                    description.flags.push_back("--" + name);
                }
                for (const auto& name : option->get_snames()) {
                    description.flags.push_back("-" + name);
                }
            }
            completion_.commands.push_back(std::move(description));
        }
    }

    CLI::App app_{
        "rsasim: power and interval coverage of randomised trials with a binary outcome,\n"
        "by parallel simulation or exactly by enumeration",
        "rsasim"};
    std::map<const CLI::App*, std::function<ExitStatus()>> actions_;
    std::string command_line_;
    commands::AnalyzeOptions analyze_;
    commands::RunOptions run_;
    commands::ExactOptions exact_;
    commands::ShowOptions show_;
    commands::JudgeOptions judge_;
    commands::MergeOptions merge_;
    commands::StatusOptions status_;
    commands::DigestOptions digest_;
    commands::CheckOptions check_;
    commands::SizeOfTestOptions size_of_test_;
    commands::ReplayOptions replay_;
    commands::MethodsOptions methods_;
    commands::CompletionOptions completion_;
};

int exit_code(ExitStatus status) {
    return static_cast<int>(status);
}

int complain(ExitStatus status, const std::string& message) {
    fmt::print(stderr, "{}\n", message);
    return exit_code(status);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        Program program(argc, argv);
        if (argc > 1) program.require_known_command(argv[1]);
        try {
            program.app().parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            return program.app().exit(error) == 0 ? 0 : exit_code(ExitStatus::wrong_input);
        }
        return exit_code(program.call());
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
