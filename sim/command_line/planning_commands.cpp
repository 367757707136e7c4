#include "command_line/commands.hpp"
#include "command_line/flags.hpp"
#include "command_line/number_checks.hpp"
#include "commands/largest_total.hpp"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace rsasim::command_line {
namespace {

void add_target(CLI::App& command, commands::PlanningOptions& options) {
    command.add_option("--power", options.power, "Power that is wanted (default: 0.9)")
        ->type_name("P");
    command.add_option("--test", options.test, "Test that is planned for")->type_name("ID");
    add_threads(command, options.threads);
    add_json(command, options.json);
}

void add_method(CLI::App& command, commands::PlanningOptions& options,
                const std::vector<std::string>& words, const std::string& help) {
    using Method = commands::PlanningMethod;
    static const std::map<std::string, Method> methods{
        {"exact", Method::exact}, {"formula", Method::formula}, {"simulation", Method::simulation}};
    command
        .add_option_function<std::string>(
            "--method", [&options](const std::string& word) { options.method = methods.at(word); },
            help)
        ->type_name("WORD")
        ->check(CLI::IsMember(words));
}

/// Leaves what is sought out of the help, and says what flags of a run mean in a search.
void describe_search(CLI::App& command, std::initializer_list<const char*> sought) {
    for (const auto* flag : sought)
        command.get_option(flag)->group("");
    command.get_option("--precision")->group("");
    command.get_option("--replicates")
        ->description("Simulated trials of the whole search, where it simulates (default: 100000)");
}

/// Other aims than the power at the design's rates.
void add_aims(CLI::App& command, commands::PlanningOptions& options) {
    auto* worst_case = command
                           .add_option("--worst-case", options.worst_case,
                                       "Reach the power at every control rate of a range")
                           ->type_name("LOW:HIGH");
    command
        .add_option("--hold", options.held,
                    "Effect that stays the same over that range (default: odds_ratio)")
        ->type_name("MEASURE")
        ->needs(worst_case);
    command.add_flag("--assurance", options.assurance,
                     "Reach the power on average over the prior of the scenario or the flags");
    struct PriorFlag {
        const char* name;
        const char* key;
        const char* type;
        const char* help;
    };
    for (const auto& flag :
         {PriorFlag{"--control-prior", "control_rate", "A,B", "Beta prior of the control rate"},
          PriorFlag{"--treated-prior", "treated_rate", "A,B", "Beta prior of the treated rate"},
          PriorFlag{"--odds-ratio-prior", "odds_ratio", "MEDIAN,SD",
                    "Log-normal prior of the odds ratio; SD of the logarithm"},
          PriorFlag{"--risk-ratio-prior", "risk_ratio", "MEDIAN,SD",
                    "Log-normal prior of the risk ratio; SD of the logarithm"}}) {
        command
            .add_option_function<std::string>(
                flag.name,
                [&options, key = flag.key, name = flag.name](const std::string& text) {
                    options.priors[key] = {name, text};
                },
                flag.help)
            ->type_name(flag.type);
    }
    command
        .add_option("--half-width", options.half_width,
                    "Reach this half-width of an interval (--intervals; on the log scale for "
                    "ratios) with the probability --power")
        ->type_name("W");
}

}  // namespace

void add_size(CommandLine& line) {
    const auto options = std::make_shared<commands::PlanningOptions>();
    auto& command =
        line.add("size", "Number of women for a power: by enumeration, else by simulation",
                 [=] { return commands::size(*options); });
    add_target(command, *options);
    command.add_option("--cap", options->cap, "Women in all, at most (default: 20000)")
        ->type_name("N")
        ->check(whole_number(1, commands::largest_total));
    command
        .add_option("--horizon", options->horizon,
                    "Look so far for the stable size, women in all (default: twice the first)")
        ->type_name("N")
        ->check(whole_number(1, commands::largest_total));
    command
        .add_option("--allow-dropout", options->dropout,
                    "Recruit more, so that as many stay; and give the power that is left where "
                    "drop-outs count as failures")
        ->type_name("RATE")
        ->check(number_between(0, 0.99));
    add_method(command, *options, {"exact", "formula", "simulation"},
               "exact (default where the design reduces to a 2x2 table), simulation (elsewhere), "
               "or formula: the textbook sizes beside the exact ones");
    add_aims(command, *options);
    add_design(command, options->input);
    describe_search(command, {"--n", "--total"});
    command.footer(R"(Examples:
  rsasim size --control-rate 0.6351 --treated-rate 0.80 --test fisher --power 0.9
  rsasim size --control-rate 0.6351 --odds-ratio 2.3 --test pearson --worst-case 0.5:0.7
  rsasim size women.toml --test logistic --power 0.8)");
}

void add_mde(CommandLine& line) {
    const auto options = std::make_shared<commands::PlanningOptions>();
    auto& command = line.add(
        "mde",
        "Smallest effects that a test detects with a power: by enumeration, else by simulation",
        [=] { return commands::mde(*options); });
    add_target(command, *options);
    add_method(command, *options, {"exact", "simulation"},
               "exact (default where the design reduces to a 2x2 table) or simulation (elsewhere)");
    add_design(command, options->input);
    describe_search(command,
                    {"--treated-rate", "--odds-ratio", "--risk-ratio", "--risk-difference"});
    command.footer(R"(Examples:
  rsasim mde --n 75,74 --control-rate 0.6351 --test fisher --power 0.8
  rsasim mde women.toml --test logistic --method simulation)");
}

}  // namespace rsasim::command_line
