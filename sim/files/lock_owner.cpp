#include "lock_owner.hpp"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace rsasim::files {
namespace {

constexpr std::string_view first_line = "rsasim lock 1";

std::string first_line_of(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::string environment(const char* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody here changes the environment
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// When a process was started (field 22 of proc(5)'s stat), or nothing where that cannot be known.
/// The name, field 2, is in brackets and may hold anything.
std::optional<std::int64_t> start_of(std::int64_t pid) {
    constexpr int fields_after_name = 20;
    const std::string line = first_line_of(fmt::format("/proc/{}/stat", pid));
    auto place = line.rfind(')');
    for (int i = 0; i < fields_after_name && place != std::string::npos; ++i)
        place = line.find(' ', place + 1);
    if (place == std::string::npos) return {};
    return number_in(std::string_view(line).substr(place + 1));
}

bool is_running(const LockOwner& owner) {
    if (kill(static_cast<pid_t>(owner.pid), 0) != 0 && errno == ESRCH) return false;
    const auto started = start_of(owner.pid);
    return !started || *started == owner.started;
}

/// The fields that are text, and those that are numbers, by their names in the file.
struct TextField {
    std::string_view name;
    std::string LockOwner::*member;
};
struct NumberField {
    std::string_view name;
    std::int64_t LockOwner::*member;
};
constexpr TextField text_fields[] = {
    {"host", &LockOwner::host},   {"machine", &LockOwner::machine},
    {"boot", &LockOwner::boot},   {"processes", &LockOwner::processes},
    {"job", &LockOwner::job},     {"since", &LockOwner::since},
    {"token", &LockOwner::token},
};
constexpr NumberField number_fields[] = {
    {"pid", &LockOwner::pid},
    {"started", &LockOwner::started},
    {"restarts", &LockOwner::restarts},
};

void set_field(LockOwner& owner, std::string_view name, std::string_view value) {
    for (const auto& field : text_fields) {
        if (field.name == name) owner.*field.member = value;
    }
    for (const auto& field : number_fields) {
        if (field.name == name) owner.*field.member = number_in(value);
    }
}

}  // namespace

LockOwner this_process() {
    utsname system{};
    uname(&system);
    std::error_code ignored;
    LockOwner owner;
    owner.host = system.nodename;
    owner.machine = first_line_of("/etc/machine-id");
    owner.boot = first_line_of("/proc/sys/kernel/random/boot_id");
    owner.processes = std::filesystem::read_symlink("/proc/self/ns/pid", ignored).string();
    owner.pid = getpid();
    owner.started = start_of(owner.pid).value_or(0);
    owner.job = environment("SLURM_JOB_ID");
    owner.restarts = number_in(environment("SLURM_RESTART_COUNT"));
    const auto now =
        std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    owner.since = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
    std::random_device random;
    owner.token = fmt::format("{:08x}{:08x}", random(), random());
    return owner;
}

/// The token comes last, so that a lock that was cut short has none.
std::string text_of(const LockOwner& owner) {
    std::string text = fmt::format("{}\n", first_line);
    for (const auto& field : number_fields)
        text += fmt::format("{}={}\n", field.name, owner.*field.member);
    for (const auto& field : text_fields)
        text += fmt::format("{}={}\n", field.name, owner.*field.member);
    return text;
}

std::optional<LockOwner> parse_lock(std::string_view text) {
    LockOwner owner;
    bool is_first = true;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return {};
        const auto line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (is_first && line != first_line) return {};
        is_first = false;
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        set_field(owner, line.substr(0, equals), line.substr(equals + 1));
    }
    if (owner.token.empty() || owner.pid <= 0) return {};
    return owner;
}

bool is_stale(const LockOwner& owner, const LockOwner& self, std::chrono::seconds silence) {
    if (!self.job.empty() && owner.job == self.job && owner.restarts < self.restarts) return true;
    const bool is_same_machine = owner.host == self.host && owner.machine == self.machine;
    if (is_same_machine && owner.boot != self.boot) return true;
    if (is_same_machine && owner.processes == self.processes && !is_running(owner)) return true;
    return silence > longest_silence;
}

}  // namespace rsasim::files
