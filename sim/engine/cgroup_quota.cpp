#include "cgroup_quota.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace rsasim::engine {
namespace {

namespace fs = std::filesystem;
using Quota = std::optional<double>;

Quota least(Quota a, Quota b) {
    if (a && b) return std::min(*a, *b);
    return a ? a : b;
}

/// "max 100000" (no limit) or "150000 100000".
Quota read_version_2(const fs::path& group) {
    std::ifstream file(group / "cpu.max");
    double quota = 0;
    double period = 0;
    if (file >> quota >> period && quota > 0 && period > 0) return quota / period;
    return {};
}

/// Two files; a quota of -1 is no limit.
Quota read_version_1(const fs::path& group) {
    std::ifstream quota_file(group / "cpu.cfs_quota_us");
    std::ifstream period_file(group / "cpu.cfs_period_us");
    double quota = 0;
    double period = 0;
    if (quota_file >> quota && period_file >> period && quota > 0 && period > 0) {
        return quota / period;
    }
    return {};
}

/// The least quota of `group` and of the groups above it, up to and with the root of `hierarchy`.
Quota least_above(const fs::path& hierarchy, fs::path group, Quota (*read)(const fs::path&)) {
    Quota quota = read(hierarchy);
    for (group = group.relative_path(); !group.empty(); group = group.parent_path()) {
        quota = least(quota, read(hierarchy / group));
    }
    return quota;
}

bool names_cpu(const std::string& controllers) {
    std::istringstream list(controllers);
    for (std::string name; std::getline(list, name, ',');) {
        if (name == "cpu") return true;
    }
    return false;
}

}  // namespace

std::optional<double> cgroup_quota(const fs::path& membership, const fs::path& mount) {
    Quota quota;
    std::ifstream file(membership);
    for (std::string line; std::getline(file, line);) {  // hierarchy:controllers:path
        const auto first = line.find(':');
        const auto second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const fs::path group = line.substr(second + 1);
        if (controllers.empty()) {
            quota = least(quota, least_above(mount, group, read_version_2));
        } else if (names_cpu(controllers)) {
            quota = least(quota, least_above(mount / "cpu", group, read_version_1));
        }
    }
    return quota;
}

}  // namespace rsasim::engine
