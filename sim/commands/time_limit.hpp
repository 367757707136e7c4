#pragma once

#include <chrono>
#include <string>

namespace rsasim::commands {

/// A span of time as people and schedulers write it: seconds ("90", "0.5"), units ("90m", "1h30m",
/// "2d"), or as Slurm prints what a job has left ("29:58" are minutes and seconds, "HH:MM:SS",
/// "D-HH:MM:SS"). Throws scenario::InputErrors naming `flag` where it is none of these or is not
/// positive.
std::chrono::milliseconds parse_duration(const std::string& text, const std::string& flag);

}  // namespace rsasim::commands
