#include "vocabulary.hpp"

#include "conditions.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

constexpr std::array<std::string_view, 2> table_names{".effects.", ".interactions."};

/// Where the feature's name starts in "stage.conception.effects.age", or npos.
std::size_t feature_start(std::string_view path) {
    for (const std::string_view table : table_names) {
        const auto at = path.find(table);
        if (at != std::string_view::npos) return at + table.size();
    }
    return std::string_view::npos;
}

/// "stage_effects_il33_st2_1_2": letters, digits and single lines.
std::string as_name(std::string_view path) {
    std::string name;
    for (const char c : path) {
        const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
        if (is_plain) {
            name += c;
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
    }
    return name;
}

/// The axis of a patient-level key is named after the path without its first table where that table
/// holds named entries: "age_mean", "conception_odds_ratio", but "dropout_treated_rate".
std::string axis_name_of(std::string_view path) {
    const auto dot = path.find('.');
    const std::string_view table = path.substr(0, dot);
    const bool is_short = table == covariate_table || table == stage_table ||
                          table == biomarker_table || table == "allocation";
    return as_name(is_short ? path.substr(dot + 1) : path);
}

/// True for "stage.conception.effects." where there is such a stage.
bool has_feature_table(std::string_view prefix, const std::vector<NamedEntry>& stages) {
    for (const std::string_view table : feature_tables()) {
        const auto mark = table.find(name_mark);
        if (mark == std::string_view::npos) {
            if (prefix == fmt::format("{}.", table)) return true;
            continue;
        }
        const auto is_of_stage = [&](const NamedEntry& stage) {
            return prefix == fmt::format("{}{}{}.", table.substr(0, mark), stage.name,
                                         table.substr(mark + name_mark.size()));
        };
        if (std::ranges::any_of(stages, is_of_stage)) return true;
    }
    return false;
}

}  // namespace

std::string_view feature_in(std::string_view path) {
    const auto start = feature_start(path);
    return start == std::string_view::npos ? std::string_view() : path.substr(start);
}

Vocabulary::Vocabulary() {
    for (const KeyRow& row : keys()) {
        rows_.push_back(&row);
        by_path_.emplace(row.path, &row);
    }
    for (const KeyRow& row : patient_keys()) {
        if (row.level == Level::patient_analysis) {
            rows_.push_back(&row);
            by_path_.emplace(row.path, &row);
        } else {
            add_row(row, std::string(row.path));
        }
    }
}

const std::string& Vocabulary::keep(std::string text) {
    return texts_.emplace_back(std::move(text));
}

const KeyRow* Vocabulary::add_row(KeyRow row, std::string path) {
    row.path = keep(std::move(path));
    row.axis_name = keep(axis_name_of(row.path));
    const KeyRow& kept = owned_.emplace_back(row);
    rows_.push_back(&kept);
    by_path_.emplace(kept.path, &kept);
    return &kept;
}

void Vocabulary::add_entry(std::string_view table, NamedEntry entry) {
    constexpr std::string_view mark = ".NAME.";
    for (const KeyRow& row : entry_keys()) {
        if (!row.path.starts_with(table) || row.path[table.size()] != '.') continue;
        const auto end = row.path.find(mark) + mark.size();
        add_row(row, fmt::format("{}.{}.{}", table, entry.name, row.path.substr(end)));
    }
    entries_[std::string(table)].push_back(std::move(entry));
}

const KeyRow* Vocabulary::find(std::string_view path) const {
    if (const auto found = by_path_.find(path); found != by_path_.end()) return found->second;
    const auto start = feature_start(path);
    if (start == std::string_view::npos) return nullptr;
    const std::string canonical =
        std::string(path.substr(0, start)) + canonical_condition(path.substr(start));
    const auto found = by_path_.find(canonical);
    return found == by_path_.end() ? nullptr : found->second;
}

const KeyRow* Vocabulary::find_or_add(std::string_view path) {
    if (const KeyRow* row = find(path)) return row;
    const auto start = feature_start(path);
    if (start == std::string_view::npos || start == path.size()) return nullptr;
    if (!has_feature_table(path.substr(0, start), entries(stage_table))) return nullptr;
    return add_row(feature_row(),
                   std::string(path.substr(0, start)) + canonical_condition(path.substr(start)));
}

bool Vocabulary::is_table(std::string_view path) const {
    if (has_feature_table(std::string(path) + ".", entries(stage_table))) return true;
    return std::ranges::any_of(rows_, [path](const KeyRow* row) {
        return row->path.size() > path.size() && row->path.starts_with(path) &&
               row->path[path.size()] == '.';
    });
}

const std::vector<NamedEntry>& Vocabulary::entries(std::string_view table) const {
    static const std::vector<NamedEntry> none;
    const auto found = entries_.find(table);
    return found == entries_.end() ? none : found->second;
}

std::string Vocabulary::suggested(std::string_view path) const {
    std::set<std::string_view> known{"sweep", covariate_table, stage_table, biomarker_table,
                                     correlation_table};
    for (const KeyRow* row : rows_) {
        known.insert(row->path);
        known.insert(row->path.substr(0, row->path.find('.')));
    }
    const std::vector<std::string_view> paths(known.begin(), known.end());
    if (const auto near = nearest(path, paths); !near.empty()) return std::string(near);

    // The right name in the wrong table, or without one.
    std::vector<std::string_view> names;
    for (const KeyRow* row : rows_)
        names.push_back(row->last_part());
    const auto near = nearest(path.substr(path.rfind('.') + 1), names);
    const auto row = std::ranges::find(rows_, near, &KeyRow::last_part);
    return row == rows_.end() ? std::string() : std::string((*row)->path);
}

}  // namespace rsasim::scenario
