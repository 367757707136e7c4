#include "named_entries.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::scenario {
namespace {

constexpr std::size_t longest_name = 64;

const Value* member(const Table& table, std::string_view key) {
    const auto found = std::ranges::find(table, key, &Entry::key);
    return found == table.end() ? nullptr : &found->value;
}

/// "age.il33" of ["age", "il33"].
std::string pair_name(const Value& between) {
    const auto* two = between.as<Array>();
    if (two == nullptr || two->size() != 2) return {};
    const auto* first = (*two)[0].as<std::string>();
    const auto* second = (*two)[1].as<std::string>();
    if (first == nullptr || second == nullptr || !is_name(*first) || !is_name(*second)) return {};
    return *first == *second ? std::string() : fmt::format("{}.{}", *first, *second);
}

void add_bad_name(std::string_view table, const Value& entry, Faults& faults) {
    const auto* keys = entry.as<Table>();
    const Value* given = keys == nullptr ? nullptr : member(*keys, name_key(table));
    const Place& place = given == nullptr ? entry.place : given->place;
    const std::string what = given == nullptr
                                 ? std::string(table)
                                 : fmt::format("{}.{} = {}", table, name_key(table), shown(*given));
    if (table == correlation_table) {
        faults.add_for(table, place,
                       fmt::format("{}: the names of two covariates are needed. Write between = "
                                   "[\"age\", \"il33\"].",
                                   what));
    } else {
        faults.add_for(table, place,
                       fmt::format("{}: a name of letters, digits, - and _ is needed, a letter "
                                   "first. Write name = \"age\" below [[{}]].",
                                   what, table));
    }
}

/// "a.b" and "b.a" name the same correlation.
std::string turned(const std::string& name) {
    const auto dot = name.find('.');
    return dot == std::string::npos
               ? name
               : fmt::format("{}.{}", name.substr(dot + 1), name.substr(0, dot));
}

void read_list(std::string_view table, const Array& list, Vocabulary& vocabulary, Faults& faults) {
    for (const Value& entry : list) {
        const std::string name = entry_name(table, entry);
        if (name.empty()) {
            add_bad_name(table, entry, faults);
            continue;
        }
        const auto& known = vocabulary.entries(table);
        const auto same = std::ranges::find_if(known, [&name](const NamedEntry& other) {
            return other.name == name || other.name == turned(name);
        });
        if (same == known.end()) {
            vocabulary.add_entry(table, {name, entry.place});
        } else {
            faults.add_for(table, entry.place,
                           fmt::format("{}.{} is already given in line {}. Remove one of the two.",
                                       table, name, same->place.line));
        }
    }
}

}  // namespace

bool is_name(std::string_view text) {
    const auto is_plain = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
    };
    return !text.empty() && text.size() <= longest_name &&
           std::isalpha(static_cast<unsigned char>(text.front())) != 0 &&
           std::ranges::all_of(text, is_plain);
}

std::string entry_name(std::string_view table, const Value& entry) {
    const auto* keys = entry.as<Table>();
    const Value* given = keys == nullptr ? nullptr : member(*keys, name_key(table));
    if (given == nullptr) return {};
    if (table == correlation_table) return pair_name(*given);
    const auto* name = given->as<std::string>();
    return name != nullptr && is_name(*name) ? *name : std::string();
}

void read_entry_names(const Table& root, Vocabulary& vocabulary, Faults& faults) {
    for (const Entry& entry : root) {
        if (!is_entry_table(entry.key)) continue;
        const auto* list = entry.value.as<Array>();
        if (list != nullptr && !list->empty()) {
            read_list(entry.key, *list, vocabulary, faults);
        } else {
            faults.add_for(entry.key, entry.place,
                           fmt::format("{}: a list of tables is needed. Write [[{}]], once for "
                                       "each.",
                                       entry.key, entry.key));
        }
    }
}

}  // namespace rsasim::scenario
