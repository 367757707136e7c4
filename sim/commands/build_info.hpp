#pragma once

#include <string_view>

/// What was compiled in when the program was built.
namespace rsasim::commands::build_info {

extern const std::string_view version;
extern const std::string_view commit;  ///< "unknown" outside a git checkout; "+changes" where dirty
extern const std::string_view compiler;
extern const std::string_view flags;
extern const std::string_view libraries;  ///< "Boost 1.74.0, oneTBB 2021.8.0, ..."

}  // namespace rsasim::commands::build_info
