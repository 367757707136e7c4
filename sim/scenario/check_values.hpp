#pragma once

#include "faults.hpp"
#include "settings.hpp"

namespace rsasim::scenario {

/// Checks the type and range of every value against its key's row and stores it in the row's own
/// type: whole numbers as std::int64_t, other numbers as double, a ratio as two whole numbers.
/// Lists of methods are left to read_methods. A refused key is refused here.
void check_values(Settings& settings, Faults& faults);

/// Checks what the layers so far have displaced, so that a file is right whatever it sweeps.
void check_displaced(const Settings& settings, Faults& faults);

/// That every question of the design has an answer: arm sizes, control rate, effect. At the patient
/// level the stages may give the rates.
void check_nothing_missing(const Settings& settings, Faults& faults);

/// True where [arms] gives an effect, in whichever way.
bool has_effect(const Settings& settings);

/// That no analysis of single women is asked of counts.
void check_level(const Settings& settings, Faults& faults);

}  // namespace rsasim::scenario
