#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rsasim::files {

/// Which process holds a lock, as its file says.
struct LockOwner {
    std::string host;
    std::string machine;    ///< /etc/machine-id: hosts may share a name
    std::string boot;       ///< the kernel's boot_id
    std::string processes;  ///< the namespace in which pid counts
    std::int64_t pid = 0;
    std::int64_t started = 0;  ///< clock ticks after boot
    std::string job;           ///< SLURM_JOB_ID; empty outside Slurm
    std::int64_t restarts = 0;
    std::string since;  ///< for people
    std::string token;  ///< another one for each lock

    bool operator==(const LockOwner&) const = default;
};

/// This process, with a new token.
LockOwner this_process();

/// One line a field.
std::string text_of(const LockOwner& owner);
/// Nothing where the text is no whole lock.
std::optional<LockOwner> parse_lock(std::string_view text);

/// A lock without a heartbeat for so long is of a process that is gone.
inline constexpr std::chrono::seconds longest_silence{300};

/// True where the owner cannot be alive: its process is gone from this machine, or its pid is
/// another process's; it is an earlier start of this Slurm job; or its heartbeat is old.
bool is_stale(const LockOwner& owner, const LockOwner& self, std::chrono::seconds silence);

}  // namespace rsasim::files
