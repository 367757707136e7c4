#include "patient_resolved.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

/// In the order of a resolved scenario; those that hold named entries are written as lists.
constexpr std::array<std::string_view, 11> tables{
    covariate_table, correlation_table, "eligibility", "centres",    "allocation",    stage_table,
    biomarker_table, "dropout",         "adherence",   "time_trend", "selection_bias"};

/// "odds_ratio", or "effects.\"il33_st2 > 1.2\"".
std::string key_text(std::string_view path, std::size_t prefix) {
    const std::string_view feature = feature_in(path);
    if (feature.empty()) return std::string(path.substr(prefix));
    const std::string_view table = path.substr(prefix, path.size() - prefix - feature.size());
    return std::string(table) + quoted(feature);
}

/// The lines of all keys below a prefix: "covariate.age.".
std::string lines_below(std::string_view prefix, const Settings& settings) {
    std::string text;
    for (const KeyRow* row : settings.vocabulary().rows()) {
        if (!row->path.starts_with(prefix)) continue;
        const Value* value = settings.constant(row->path);
        if (value == nullptr) continue;
        text += fmt::format("{} = {}\n", key_text(row->path, prefix.size()), to_toml(*value));
    }
    return text;
}

std::string entry_text(std::string_view table, const NamedEntry& entry, const Settings& settings) {
    const auto dot = entry.name.find('.');
    const std::string name =
        dot == std::string::npos
            ? fmt::format("name = {}", quoted(entry.name))
            : fmt::format("between = [{}, {}]", quoted(entry.name.substr(0, dot)),
                          quoted(entry.name.substr(dot + 1)));
    return fmt::format("\n[[{}]]\n{}\n{}", table, name,
                       lines_below(fmt::format("{}.{}.", table, entry.name), settings));
}

}  // namespace

std::string patient_tables_text(const Settings& settings) {
    std::string text;
    for (const std::string_view table : tables) {
        if (is_entry_table(table)) {
            for (const NamedEntry& entry : settings.vocabulary().entries(table))
                text += entry_text(table, entry, settings);
        } else if (const auto lines = lines_below(fmt::format("{}.", table), settings);
                   !lines.empty()) {
            text += fmt::format("\n[{}]\n{}", table, lines);
        }
    }
    return text;
}

}  // namespace rsasim::scenario
