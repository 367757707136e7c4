#pragma once

#include <nlohmann/json.hpp>

#include <rsasim/scenario/keys.hpp>

/// JSON Schemas of single values.
namespace rsasim::files {

using Json = nlohmann::ordered_json;

/// Of the value of a key that is not swept, with its meaning and default.
Json value_schema(const scenario::KeyRow& row);

/// Of what a swept key has: a list, or a range of numbers. In [sweep] each value may stand once.
Json sweep_schema(const scenario::KeyRow& row, scenario::Repeats repeats);

/// One line of text without control characters.
Json text_schema();

/// Of the elements of analysis.tests, analysis.intervals and analysis.pairs: what the catalogues
/// have.
Json tests_schema();
Json intervals_schema();
Json pairs_schema();

}  // namespace rsasim::files
