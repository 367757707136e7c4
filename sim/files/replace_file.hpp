#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace rsasim::files {

/// Puts the bytes at `path`: written to a temporary name in the same folder, flushed to the disk,
/// renamed, and the folder flushed. On failure the temporary is removed, an earlier file is as it
/// was (put back by a second name where the folder cannot be flushed), and FileError says path and
/// cause. A symbolic link is followed; the mode of an earlier file
/// is kept. Past a file size limit it throws like on a full disk (SIGXFSZ is held back).
void replace_file(const std::filesystem::path& path, std::span<const std::byte> bytes);

}  // namespace rsasim::files
