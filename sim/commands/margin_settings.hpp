#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// True where the settings give the tests a margin or margins of equivalence.
bool set_a_margin(const std::vector<scenario::FlagSetting>& settings);

/// A resolved scenario of no effect without what a margin has other defaults for: alpha, sides,
/// confidence, tests and pairs of [analysis]. Lines stay in place; a scenario that has a margin
/// already is returned as it is.
std::string without_settings_of_no_effect(std::string_view resolved);

}  // namespace rsasim::commands
