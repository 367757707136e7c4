#include "keys.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

constexpr std::array<std::string_view, 6> patient_level_tables{
    "covariate", "eligibility", "allocation", "stage", "dropout", "adherence"};

/// Every key, and the tables at the top.
std::vector<std::string_view> known_paths() {
    std::set<std::string_view> known{"sweep"};
    for (const KeyRow& row : keys()) {
        known.insert(row.path);
        known.insert(row.path.substr(0, row.path.find('.')));
    }
    return {known.begin(), known.end()};
}

std::vector<std::string_view> last_parts() {
    std::vector<std::string_view> names;
    for (const KeyRow& row : keys())
        names.push_back(row.last_part());
    return names;
}

const KeyRow* row_where(std::string_view KeyRow::*field, std::string_view value) {
    const auto row = std::ranges::find(keys(), value, field);
    return row == keys().end() ? nullptr : &*row;
}

}  // namespace

const KeyRow* find_key(std::string_view path) {
    return row_where(&KeyRow::path, path);
}

const KeyRow* find_flag(std::string_view flag) {
    return flag.empty() ? nullptr : row_where(&KeyRow::flag, flag);
}

bool is_table_of_keys(std::string_view path) {
    return std::ranges::any_of(keys(), [path](const KeyRow& row) {
        return row.path.size() > path.size() && row.path.starts_with(path) &&
               row.path[path.size()] == '.';
    });
}

bool is_patient_level(std::string_view path) {
    return std::ranges::count(patient_level_tables, path.substr(0, path.find('.'))) > 0;
}

std::string suggested_path(std::string_view path) {
    static const std::vector<std::string_view> paths = known_paths();
    if (const auto near = nearest(path, paths); !near.empty()) return std::string(near);

    // The right name in the wrong table, or without one.
    static const std::vector<std::string_view> names = last_parts();
    const auto near = nearest(path.substr(path.rfind('.') + 1), names);
    const auto row = std::ranges::find(keys(), near, &KeyRow::last_part);
    return row == keys().end() ? std::string() : std::string(row->path);
}

}  // namespace rsasim::scenario
