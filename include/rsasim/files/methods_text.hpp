#pragma once

#include <string>
#include <string_view>

namespace rsasim::files {

/// The catalogue as a list, one line a method; or everything about the methods with this id.
std::string methods_to_text(std::string_view id);

/// The same as JSON: schema rsasim.methods/1.
std::string methods_to_json(std::string_view id);

}  // namespace rsasim::files
