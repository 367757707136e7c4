#pragma once

#include "options.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <rsasim/engine/shard.hpp>
#include <rsasim/files/output_lock.hpp>

namespace rsasim::commands {

/// Where `run` writes: `-o`, else "<scenario stem>.h5" here, else "rsasim.h5"; a shard to
/// "<stem>-shard-<i>-of-<k>.h5"; what other files do not hold, to "<stem>-rest.h5".
std::filesystem::path output_path(const std::optional<std::string>& given, const DesignInput& input,
                                  const std::optional<engine::Shard>& shard = {},
                                  bool is_part = false);

/// Throws files::FileError where a file exists and may not be replaced, or none can be made:
/// before the work, not after it.
void claim_output(const std::filesystem::path& path, bool may_replace);

/// The same, and keeps other processes out; removes what a killed one left. Throws files::FileError
/// also where another process is writing there.
std::unique_ptr<files::OutputLock> claim_and_lock_output(const std::filesystem::path& path,
                                                         bool may_replace);

}  // namespace rsasim::commands
