#pragma once

#include "settings.hpp"

#include <string>

namespace rsasim::scenario {

/// The tables of the patient level in a resolved scenario: every key that is set and not swept.
/// Empty for a scenario of counts.
std::string patient_tables_text(const Settings& settings);

}  // namespace rsasim::scenario
