#pragma once

#include <string_view>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// The scenario with each patient-level design as its 2x2 table alone, whose methods can be judged.
scenario::Scenario as_tables(scenario::Scenario scenario);

/// The same where every trial is two binomial counts of fixed sizes. Throws scenario::InputErrors
/// for the command with the reason where one is not.
scenario::Scenario reduced_to_tables(scenario::Scenario scenario, std::string_view command);

}  // namespace rsasim::commands
