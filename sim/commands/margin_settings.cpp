#include "margin_settings.hpp"

#include <algorithm>
#include <array>

namespace rsasim::commands {
namespace {

constexpr std::array<std::string_view, 5> other_defaults{"alpha", "sides", "confidence", "tests",
                                                         "pairs"};

/// "alpha" of the line "alpha = 0.05".
std::string_view key_of(std::string_view line) {
    return line.substr(0, line.find_first_of(" =."));
}

bool is_margin_key(std::string_view path) {
    return path.starts_with("analysis.null") || path.starts_with("analysis.equivalence");
}

}  // namespace

bool set_a_margin(const std::vector<scenario::FlagSetting>& settings) {
    return std::ranges::any_of(settings, [](const scenario::FlagSetting& setting) {
        return setting.flag == "--null" || setting.flag == "--equivalence" ||
               (setting.flag == "--set" && is_margin_key(setting.value));
    });
}

std::string without_settings_of_no_effect(std::string_view resolved) {
    std::string kept;
    bool is_in_analysis = false, is_in_dropped_list = false;
    for (std::string_view rest = resolved; !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end);
        if (line.starts_with('[')) is_in_analysis = line.starts_with("[analysis]");
        const std::string_view key = key_of(line);
        if (is_in_analysis && (key == "null" || key == "equivalence")) return std::string(resolved);
        const bool is_dropped =
            is_in_analysis && std::ranges::find(other_defaults, key) != other_defaults.end();
        kept += is_dropped || is_in_dropped_list ? std::string_view("\n") : line;
        if (is_dropped) is_in_dropped_list = line.ends_with("[\n");
        if (line.starts_with(']')) is_in_dropped_list = false;
    }
    return kept;
}

}  // namespace rsasim::commands
