#pragma once

#include <filesystem>
#include <optional>

namespace rsasim::engine {

/// The number of cores that control groups allow this process, by either version of Linux control
/// groups: quota over period, the least over the group and all groups above it. Nothing where no
/// group sets a quota, or where they cannot be read.
///
/// `membership` is the process's list of groups (/proc/self/cgroup), `mount` the folder where the
/// groups are mounted (/sys/fs/cgroup).
std::optional<double> cgroup_quota(const std::filesystem::path& membership,
                                   const std::filesystem::path& mount);

}  // namespace rsasim::engine
