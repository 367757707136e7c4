#pragma once

#include <string>

namespace rsasim::files {

/// JSON Schema, draft 4, of scenario files, from the table of keys that the reader uses. What lies
/// between keys (which parameters a distribution has, whether a name exists, sums of shares, what
/// is missing) is left to the reader, but for keys that exclude each other.
std::string scenario_schema();

}  // namespace rsasim::files
