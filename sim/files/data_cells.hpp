#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What the text of one cell of a data file says. Blanks around it do not count.
namespace rsasim::files {

/// The codes of a missing value, as people are told: they count in any case.
inline constexpr std::string_view missing_codes = "an empty cell, NA, N/A, NaN, null and a dot";

/// Whether the cell holds one of missing_codes.
bool is_missing(std::string_view cell);

/// A finite number with a decimal point; nothing for other texts.
std::optional<double> number_in(std::string_view cell);

/// True for digits with one comma among them, "3,5", which number_in does not take.
bool has_decimal_comma(std::string_view cell);

/// Numbers by their value, texts by their bytes, numbers first.
bool sorts_before(const std::string& a, const std::string& b);

}  // namespace rsasim::files
