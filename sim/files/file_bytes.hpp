#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace rsasim::files {

/// All bytes of a regular file. Throws hdf5::Error, without the path, with the cause and a remedy.
std::vector<std::byte> read_file(const std::filesystem::path& path);

}  // namespace rsasim::files
