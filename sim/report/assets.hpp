#pragma once

#include <string_view>

namespace rsasim::report {

/// The page's script; empty where the program was built without it.
std::string_view page_script();

/// The page's style sheet; empty likewise.
std::string_view page_style();

}  // namespace rsasim::report
