#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <rsasim/planning/certified.hpp>

namespace rsasim::commands {

/// A number that takes up the whole text.
std::optional<double> number_in(std::string_view text);

/// "0.2:0.8", or one rate, as control rates; nothing where the text is no such range.
std::optional<planning::RateRange> rate_range_in(std::string_view text);

/// The fault of a flag whose text is no range of control rates.
std::string rate_range_fault(std::string_view flag, std::string_view text);

}  // namespace rsasim::commands
