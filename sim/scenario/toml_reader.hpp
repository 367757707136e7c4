#pragma once

#include "faults.hpp"
#include "value.hpp"

#include <optional>
#include <string_view>

namespace rsasim::scenario {

/// Reads a TOML 1.0 text. Adds a fault and returns nothing where it is malformed, or larger or
/// deeper than a scenario may be. A byte order mark is skipped.
std::optional<Table> read_toml(std::string_view text, Faults& faults);

/// The TOML value that `text` spells, placed at `place`; nothing where it is not exactly one value.
std::optional<Value> read_toml_value(std::string_view text, const Place& place);

}  // namespace rsasim::scenario
