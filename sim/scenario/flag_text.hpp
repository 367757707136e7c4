#pragma once

#include "value.hpp"

#include <string_view>
#include <vector>

#include <rsasim/scenario/keys.hpp>

namespace rsasim::scenario {

/// The value that a flag's text, or the part of --set after "=", spells for a key:
/// "0.8" a number, "0.7,0.8" a list, "0.5:0.8:0.1" a table { from, to, step }; for arms.n "75,74"
/// a table of both arms; for a list of methods "pearson,fisher" a list of strings. Text in TOML's
/// brackets, braces or quotes is read as TOML. What fits nothing is a string, for the checks to
/// refuse.
Value value_from_text(const KeyRow& row, std::string_view text, const Place& place);

/// `text` cut at every comma outside square brackets; blanks around the parts are dropped.
std::vector<std::string_view> split_at_commas(std::string_view text);

std::string_view trimmed(std::string_view text);

}  // namespace rsasim::scenario
