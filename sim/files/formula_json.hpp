#pragma once

#include "json_values.hpp"

#include <vector>

#include <rsasim/files/formula_text.hpp>

namespace rsasim::files {

/// An array of {"id", "title", "n_treated", "n_control", "n_treated_real", "n_control_real",
/// "power", "exact_power"}: the whole women, the real-valued ones, and the powers at the whole
/// ones. An exact power that was not computed is null, with a status.
Json formulas_json(const std::vector<FormulaRow>& rows);

}  // namespace rsasim::files
