#pragma once

#include <array>
#include <span>
#include <string_view>

#include <rsasim/scenario/keys.hpp>

namespace rsasim::scenario {

/// The keys of the patient level that have one path.
std::span<const KeyRow> patient_keys();

/// The keys of an entry of a list of tables, with NAME for what names the entry:
/// "covariate.NAME.mean".
std::span<const KeyRow> entry_keys();

/// Stands for the name of an entry in the paths of its keys; two of them for a correlation.
inline constexpr std::string_view name_mark = "NAME";
/// What a name is, as a regular expression.
inline constexpr std::string_view name_pattern = "[A-Za-z][A-Za-z0-9_-]{0,63}";

/// The tables whose keys are features: "stage.NAME.effects".
std::span<const std::string_view> feature_tables();

/// The tables of which a scenario may have several, each with a name.
inline constexpr std::string_view covariate_table = "covariate";
inline constexpr std::string_view correlation_table = "correlation";
inline constexpr std::string_view stage_table = "stage";
inline constexpr std::string_view biomarker_table = "biomarker";

inline constexpr std::array entry_tables{covariate_table, correlation_table, stage_table,
                                         biomarker_table};

/// True for "covariate", "correlation", "stage" and "biomarker".
bool is_entry_table(std::string_view path);

/// The key that names an entry: "name", and "between" of a correlation.
std::string_view name_key(std::string_view table);

/// The row that all log odds of features share: of "stage.conception.effects.age".
const KeyRow& feature_row();

}  // namespace rsasim::scenario
