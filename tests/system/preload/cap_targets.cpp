// A library to preload: takes instruction sets from Highway before the program begins.
//     RSASIM_CAP_TARGETS   those to take, as the sum of Highway's bits
//     RSASIM_CAP_REPORT    a file that gets a line "name bit" for each that is left
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <hwy/targets.h>

namespace {

[[gnu::constructor]] void cap_targets() {
    if (const char* taken = std::getenv("RSASIM_CAP_TARGETS")) {
        hwy::DisableTargets(static_cast<std::int64_t>(std::strtoull(taken, nullptr, 10)));
    }
    const char* report = std::getenv("RSASIM_CAP_REPORT");
    std::FILE* file = report == nullptr ? nullptr : std::fopen(report, "w");
    if (file == nullptr) return;
    std::string names;
    for (std::int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
        const std::int64_t target = rest & -rest;
        names += std::string(hwy::TargetName(target)) + ' ' + std::to_string(target) + '\n';
    }
    std::fputs(names.c_str(), file);
    std::fclose(file);
}

}  // namespace
