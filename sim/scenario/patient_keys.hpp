#pragma once

#include "keys.hpp"

#include <span>
#include <string_view>

namespace rsasim::scenario {

/// The keys of the patient level that have one path.
std::span<const KeyRow> patient_keys();

/// The keys of an entry of a list of tables, with NAME for what names the entry:
/// "covariate.NAME.mean".
std::span<const KeyRow> entry_keys();

/// The tables of which a scenario may have several, each with a name.
inline constexpr std::string_view covariate_table = "covariate";
inline constexpr std::string_view correlation_table = "correlation";
inline constexpr std::string_view stage_table = "stage";
inline constexpr std::string_view biomarker_table = "biomarker";

/// True for "covariate", "correlation", "stage" and "biomarker".
bool is_entry_table(std::string_view path);

/// The row that all log odds of features share: of "stage.conception.effects.age".
const KeyRow& feature_row();

}  // namespace rsasim::scenario
