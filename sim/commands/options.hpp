#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// What the program tells its caller; other people's scripts rely on the numbers.
enum class ExitStatus : int {
    success = 0,
    internal_error = 1,
    wrong_input = 2,
    file_error = 3,
    stopped = 75,  ///< with a checkpoint to go on from; what batch systems requeue on
};

/// A design: a scenario file, flags, or a file with flags on top.
struct DesignInput {
    std::optional<std::string> scenario_path;
    std::vector<scenario::FlagSetting> settings;  ///< in the order of the command line
};

/// How results are shown.
struct Display {
    bool json = false;
    bool csv = false;
    bool quiet = false;
    bool no_progress = false;
};

/// A data set of women, one a row, and what its columns mean. Lists may have commas.
struct DataOptions {
    std::optional<std::string> path;
    std::optional<std::string> outcome, arm, treated;
    std::vector<std::string> adjust, strata, factors;
    std::optional<std::string> interaction;  ///< "age", "age > 35", "site = north"
    std::vector<std::string> biomarkers;     ///< "il33,il33_baseline", one each
    std::optional<std::string> missing;      ///< "failure"
};

struct AnalyzeOptions {
    std::string treated;  ///< "60/75": events out of women
    std::string control;
    DataOptions data;  ///< in place of the two
    std::vector<scenario::FlagSetting> settings;
    bool json = false;
};

struct RunOptions {
    DesignInput input;
    Display display;
    std::optional<std::string> output;
    unsigned threads = 0;  ///< 0: all that are available
    bool force = false;
    bool resume = false;
    std::optional<std::string> shard;             ///< "3/64"
    std::vector<std::string> except;              ///< results files whose replicates are left out
    std::optional<std::string> checkpoint_every;  ///< a time
    std::optional<std::string> max_time;          ///< a time
    std::string command_line;
};

struct ExactOptions {
    DesignInput input;
    Display display;
    std::optional<std::string> output;  ///< no file is written without it
    unsigned threads = 0;
    bool force = false;
    bool boundary = false;  ///< where the tests reject, in place of operating characteristics
    std::string command_line;
};

struct ShowOptions {
    std::string results_path;
    Display display;
    std::optional<std::string> plot;  ///< "power"
};

struct ReportOptions {
    std::string results_path;
    std::optional<std::string> output;     ///< the page
    std::optional<std::string> vega_lite;  ///< folder for the specifications
    double target = 0.8;                   ///< power of the target line
    bool force = false;
};

struct JudgeOptions {
    std::string results_path;
    std::vector<scenario::FlagSetting> settings;  ///< of analysis and trial keys
    Display display;
    std::optional<std::string> output;  ///< no file is written without it
    unsigned threads = 0;
    bool force = false;
    std::string command_line;
};

struct CheckOptions {
    DesignInput input;
    unsigned threads = 0;
    bool json = false;
};

struct SizeOfTestOptions {
    DesignInput input;
    std::optional<std::string> test;      ///< one id, with options in brackets
    std::optional<std::string> interval;  ///< one, with its measure
    std::optional<std::string> range;     ///< of control rates: "0.2:0.8"
    std::optional<std::string> effect;    ///< that the interval should cover: "odds_ratio=2.3"
    std::optional<std::string> power;     ///< effect of the minimum power
    bool calibrate = false;
    std::size_t curve = 0;  ///< points of the profile
    unsigned threads = 0;
    bool json = false;
};

/// Figures as they are printed in a publication, digit for digit.
struct PrintedOptions {
    std::optional<std::string> p_value;
    std::optional<std::string> odds_ratio, risk_ratio, risk_difference;
    std::optional<std::string> interval;  ///< of the one effect that is printed
    std::optional<std::string> odds_ratio_interval, risk_ratio_interval, risk_difference_interval;
};

struct ReplanOptions {
    std::string treated;  ///< "60/75": events out of women
    std::string control;
    PrintedOptions printed;
    std::string test = "fisher";  ///< of new trials
    double power = 0.9;
    std::int64_t largest_total = 200'000;
    std::vector<scenario::FlagSetting> settings;
    unsigned threads = 0;
    bool json = false;
};

/// What `size` and `mde` look for.
/// How sizes and effects are found.
enum class PlanningMethod {
    by_design,   ///< by enumeration where the design reduces to a table, else by simulation
    exact,       ///< by enumeration, or not at all
    formula,     ///< textbook sizes beside the exact ones
    simulation,  ///< even where tables could be enumerated
};

struct PlanningOptions {
    DesignInput input;
    std::optional<std::string> test;  ///< one id, with options in brackets
    double power = 0.9;
    std::int64_t cap = 20'000;            ///< women in all
    std::optional<std::int64_t> horizon;  ///< women in all
    std::optional<double> dropout;
    std::optional<std::string> worst_case;  ///< control rates: "0.5:0.7"
    std::string held = "odds_ratio";        ///< measure that stays as it is over them
    bool assurance = false;
    /// "--control-prior" and "47.5,27.5".
    struct Prior {
        std::string flag;
        std::string text;
    };
    std::map<std::string, Prior> priors;  ///< of `prior.KEY`, by KEY
    std::optional<double> half_width;
    PlanningMethod method = PlanningMethod::by_design;
    unsigned threads = 0;
    bool json = false;
};

struct ReplayOptions {
    DesignInput input;
    std::size_t cell = 0;
    std::int64_t replicate = 0;
    std::int64_t count = 1;  ///< replicates, one after the other
    Display display;
};

struct MergeOptions {
    std::vector<std::string> paths;
    std::string output;
    bool force = false;
    bool allow_incomplete = false;
    bool skip_bad = false;
    bool quiet = false;
    unsigned threads = 0;
    std::string command_line;
};

struct StatusOptions {
    std::vector<std::string> paths;
    std::optional<std::int64_t> shards;  ///< parts that the work is cut into
    bool json = false;
};

struct DigestOptions {
    std::vector<std::string> paths;
    bool json = false;
};

struct MethodsOptions {
    std::optional<std::string> id;
    bool json = false;
};

/// An option of a subcommand, or a word that it takes.
struct OptionDescription {
    std::vector<std::string> flags;   ///< "--output", "-o"; empty for a word
    std::string value_name;           ///< "FILE"; of a word its name; empty for a switch
    std::vector<std::string> values;  ///< where only these may be given
    std::string help;
    std::string group;  ///< heading in --help
    bool is_required = false;
    bool is_repeatable = false;
};

/// What the manual and the shells' completions need to know of a subcommand: its texts of --help.
struct CommandDescription {
    std::string name;
    std::string help;
    std::string footer;  ///< below the options: blocks of a heading with a colon and indented lines
    std::vector<OptionDescription> options;
};

/// The whole program.
struct ProgramDescription {
    CommandDescription program;
    std::vector<CommandDescription> commands;
};

struct CompletionOptions {
    std::string shell;  ///< "bash", "zsh" or "fish"
    ProgramDescription description;
};

struct ManualOptions {
    std::string page = "rsasim";        ///< "rsasim-run"
    std::optional<std::string> folder;  ///< for all pages, in place of one on standard output
    ProgramDescription description;
};

struct InitOptions {
    std::optional<std::string> name;    ///< of the template
    std::optional<std::string> output;  ///< standard output without it
    bool lists = false;                 ///< the templates, in place of writing one
    bool force = false;
};

ExitStatus analyze(const AnalyzeOptions& options);
ExitStatus run(const RunOptions& options);
ExitStatus exact(const ExactOptions& options);
ExitStatus show(const ShowOptions& options);
ExitStatus report(const ReportOptions& options);
ExitStatus judge(const JudgeOptions& options);
ExitStatus check(const CheckOptions& options);
ExitStatus size_of_test(const SizeOfTestOptions& options);
ExitStatus replan(const ReplanOptions& options);
ExitStatus size(const PlanningOptions& options);
ExitStatus mde(const PlanningOptions& options);
ExitStatus replay(const ReplayOptions& options);
ExitStatus merge(const MergeOptions& options);
ExitStatus status(const StatusOptions& options);
ExitStatus digest(const DigestOptions& options);
ExitStatus methods(const MethodsOptions& options);
ExitStatus completion(const CompletionOptions& options);
ExitStatus manual(const ManualOptions& options);
ExitStatus init(const InitOptions& options);
ExitStatus schema();

/// The templates of init; the first is the one that is meant where none is named.
std::vector<std::string_view> template_names();

/// "rsasim 0.1.0 (commit ...)".
std::string version_text();

}  // namespace rsasim::commands
