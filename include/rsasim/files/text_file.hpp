#pragma once

#include <filesystem>
#include <string_view>

#include <rsasim/files/errors.hpp>

namespace rsasim::files {

/// Puts a text at `path`: whole, or not at all. Throws FileError where it cannot be written, or
/// where a file exists and may not be replaced.
void write_text(const std::filesystem::path& path, std::string_view text, bool may_replace);

}  // namespace rsasim::files
