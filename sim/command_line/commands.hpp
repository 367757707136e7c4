#pragma once

#include "command_line/command_line.hpp"

/// Adds the commands with their options, in the order of the help.
namespace rsasim::command_line {

void add_analyze(CommandLine& line);
void add_run(CommandLine& line);
void add_exact(CommandLine& line);
void add_size_of_test(CommandLine& line);
void add_replan(CommandLine& line);
void add_size(CommandLine& line);
void add_mde(CommandLine& line);
void add_check(CommandLine& line);
void add_replay(CommandLine& line);

void add_show(CommandLine& line);
void add_report(CommandLine& line);
void add_judge(CommandLine& line);
void add_merge(CommandLine& line);
void add_status(CommandLine& line);
void add_digest(CommandLine& line);

void add_methods(CommandLine& line);
void add_init(CommandLine& line);
void add_schema(CommandLine& line);
void add_completion(CommandLine& line);
void add_manual(CommandLine& line);

}  // namespace rsasim::command_line
