#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rsasim::commands {

/// The names in a list such as `age,"weight, kg"`: with commas between them, a name that holds a
/// comma or begins with a quote in quotes, quotes in it doubled (RFC 4180). A list that is no such
/// thing adds a fault.
std::vector<std::string> names_in(const std::string& list, std::string_view flag,
                                  std::vector<std::string>& faults);

/// The names of several lists.
std::vector<std::string> names_in(const std::vector<std::string>& lists, std::string_view flag,
                                  std::vector<std::string>& faults);

}  // namespace rsasim::commands
