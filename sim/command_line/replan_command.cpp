#include "command_line/commands.hpp"
#include "command_line/flags.hpp"
#include "command_line/number_checks.hpp"
#include "commands/largest_total.hpp"

#include <memory>

namespace rsasim::command_line {
namespace {

void add_printed(CLI::App& command, commands::PrintedOptions& printed) {
    const auto add = [&](const std::string& flag, auto& value, const std::string& name,
                         const std::string& help) {
        command.add_option(flag, value, help)->type_name(name)->group("Printed figures");
    };
    add("--printed-p", printed.p_value, "P", "P-value as printed: 0.03, <0.001");
    add("--printed-or", printed.odds_ratio, "NUMBER",
        "Odds ratio as printed; 2.30 has two decimals");
    add("--printed-rr", printed.risk_ratio, "NUMBER", "Risk ratio as printed");
    add("--printed-rd", printed.risk_difference, "NUMBER",
        "Risk difference as printed: 0.165, 16.5%");
    add("--printed-ci", printed.interval, "LOW,HIGH",
        "Interval as printed, of the one effect that is given (default: of the odds ratio)");
    add("--printed-or-ci", printed.odds_ratio_interval, "LOW,HIGH",
        "Interval of the odds ratio, where several effects are given");
    add("--printed-rr-ci", printed.risk_ratio_interval, "LOW,HIGH", "Interval of the risk ratio");
    add("--printed-rd-ci", printed.risk_difference_interval, "LOW,HIGH",
        "Interval of the risk difference");
}

}  // namespace

void add_replan(CommandLine& line) {
    const auto options = std::make_shared<commands::ReplanOptions>();
    auto& command = line.add("replan",
                             "A published trial: which methods print its figures, would it happen "
                             "again, how many women would confirm it",
                             [=] { return commands::replan(*options); });
    command.add_option("treated-arm", options->treated, "Treated arm as events/women: 60/75")
        ->required();
    command.add_option("control-arm", options->control, "Control arm as events/women: 47/74")
        ->required();
    add_printed(command, options->printed);
    command.add_option("--test", options->test, "Test of new trials (default: fisher)")
        ->type_name("ID");
    command.add_option("--power", options->power, "Power of a confirmatory trial (default: 0.9)")
        ->type_name("POWER");
    command
        .add_option("--largest-total", options->largest_total,
                    "Women that a confirmatory trial has at most (default: 200000)")
        ->type_name("N")
        ->check(whole_number(2, commands::largest_total));
    add_threads(command, options->threads);
    add_json(command, options->json);
    add_settings(command, sets_analysis, options->settings);
    command.footer(R"(Examples:
  rsasim replan 60/75 47/74 --printed-p 0.03 --printed-or 2.30 --printed-ci 1.10,4.81
  rsasim replan 60/75 47/74 --test pearson --power 0.8)");
}

}  // namespace rsasim::command_line
