#include "provenance.hpp"

#include "build_info.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/utsname.h>

namespace rsasim::commands {
namespace {

/// What schedulers tell their jobs; written where set.
constexpr std::array scheduler_variables{"SLURM_JOB_ID",
                                         "SLURM_ARRAY_JOB_ID",
                                         "SLURM_ARRAY_TASK_ID",
                                         "SLURM_RESTART_COUNT",
                                         "SLURM_CLUSTER_NAME",
                                         "PBS_JOBID",
                                         "JOB_ID",
                                         "LSB_JOBID"};

std::string cpu_model() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(':');
        if (line.starts_with("model name") && colon + 2 < line.size())
            return line.substr(colon + 2);
    }
    return "unknown";
}

std::string instruction_set() {
    if (__builtin_cpu_supports("avx512f")) return "AVX-512";
    if (__builtin_cpu_supports("avx2")) return "AVX2";
    if (__builtin_cpu_supports("sse4.2")) return "SSE4.2";
    return "baseline";
}

std::string time_text(std::chrono::system_clock::time_point time) {
    const auto seconds = std::chrono::time_point_cast<std::chrono::seconds>(time);
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(seconds));
}

double cpu_seconds(const rusage& usage) {
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Recorder::Recorder(std::string command_line) : command_line_(std::move(command_line)) {}

double Recorder::elapsed_seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - steady_start_).count();
}

summary::Provenance Recorder::record(const scenario::Scenario& scenario, unsigned threads) const {
    utsname system{};
    uname(&system);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);

    summary::Provenance provenance{scenario.given, scenario.resolved, {}, {}};
    const auto add = [&](std::string_view name, std::string value) {
        provenance.attributes.emplace_back(name, std::move(value));
    };
    add("program_version", std::string(build_info::version));
    add("commit", std::string(build_info::commit));
    add("compiler", std::string(build_info::compiler));
    add("compiler_flags", std::string(build_info::flags));
    add("libraries", std::string(build_info::libraries));
    add("instruction_set", instruction_set());
    add("cpu", cpu_model());
    add("threads", std::to_string(threads));
    add("host", system.nodename);
    add("operating_system",
        fmt::format("{} {} {}", system.sysname, system.release, system.machine));
    for (const char* variable : scheduler_variables) {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody here changes the environment
        if (const char* value = std::getenv(variable)) add(variable, value);
    }
    add("start", time_text(start_));
    add("end", time_text(std::chrono::system_clock::now()));
    add("elapsed_seconds", fmt::format("{:.3f}", elapsed_seconds()));
    add("cpu_seconds", fmt::format("{:.3f}", cpu_seconds(usage)));
    add("peak_memory_mib", fmt::format("{:.1f}", static_cast<double>(usage.ru_maxrss) / 1024));
    add("command_line", command_line_);
    return provenance;
}

}  // namespace rsasim::commands
