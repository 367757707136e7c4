#pragma once

#include "options.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace rsasim::commands {

/// Where `run` writes: `-o`, else "<scenario stem>.h5" here, else "rsasim.h5".
std::filesystem::path output_path(const std::optional<std::string>& given,
                                  const DesignInput& input);

/// Throws files::FileError where a file exists and may not be replaced, or none can be made:
/// before the work, not after it.
void claim_output(const std::filesystem::path& path, bool may_replace);

}  // namespace rsasim::commands
