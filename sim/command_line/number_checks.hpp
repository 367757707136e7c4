#pragma once

#include <cstdint>
#include <limits>

#include <CLI/CLI.hpp>

/// Checks of numbers in flags, in place of CLI11's: those print the limits of a double in full, and
/// take a whole number beyond 64 bits for the largest there is. They leave the help's type alone.
namespace rsasim::command_line {

/// A whole number in decimal digits, least <= x <= most.
CLI::Validator whole_number(std::int64_t least,
                            std::int64_t most = std::numeric_limits<std::int64_t>::max());

/// A finite number, least <= x <= most.
CLI::Validator number_between(double least, double most);

}  // namespace rsasim::command_line
