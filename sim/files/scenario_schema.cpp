#include "schema_values.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/files/scenario_schema.hpp>
#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::files {
namespace {

using scenario::KeyRow;
using scenario::Question;
using scenario::Repeats;

constexpr std::string_view feature_mark = "FEATURE";

/// All keys of all scenarios, those of entries and features with NAME and FEATURE in their paths.
class Keys {
  public:
    Keys() {
        for (const auto& rows :
             {scenario::keys(), scenario::patient_keys(), scenario::entry_keys()}) {
            rows_.insert(rows_.end(), rows.begin(), rows.end());
        }
        for (const std::string_view table : scenario::feature_tables()) {
            KeyRow row = scenario::feature_row();
            row.path = paths_.emplace_back(fmt::format("{}.{}", table, feature_mark));
            rows_.push_back(row);
        }
    }
    Keys(const Keys&) = delete;
    Keys& operator=(const Keys&) = delete;
    Keys(Keys&&) = delete;
    Keys& operator=(Keys&&) = delete;
    ~Keys() = default;

    [[nodiscard]] const std::vector<KeyRow>& rows() const { return rows_; }

    /// "arms", "arms.n", "covariate.NAME": every beginning of a path, in the order of the keys.
    [[nodiscard]] std::vector<std::string> tables() const {
        std::vector<std::string> tables;
        for (const KeyRow& row : rows_) {
            for (auto dot = row.path.find('.'); dot != std::string_view::npos;
                 dot = row.path.find('.', dot + 1)) {
                std::string table(row.path.substr(0, dot));
                if (std::ranges::count(tables, table) == 0) tables.push_back(std::move(table));
            }
        }
        return tables;
    }

  private:
    std::deque<std::string> paths_;  // rows refer to them
    std::vector<KeyRow> rows_;
};

Json table_schema() {
    return {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
}

/// "NAME.mean" as a regular expression; empty where it has nothing that stands for a name.
std::string pattern_of(std::string_view path) {
    std::string pattern;
    bool has_marks = false;
    while (!path.empty()) {
        const auto end = std::min(path.find('.'), path.size());
        const std::string_view part = path.substr(0, end);
        const bool is_name = part == scenario::name_mark, is_feature = part == feature_mark;
        has_marks = has_marks || is_name || is_feature;
        pattern += fmt::format("{}{}", pattern.empty() ? "^" : "\\.",
                               is_name      ? scenario::name_pattern
                               : is_feature ? std::string_view(".+")
                                            : part);
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return has_marks ? pattern + "$" : "";
}

/// Adds a key to a table, by its name or by a pattern.
void add_property(Json& table, std::string_view path, Json schema) {
    const std::string pattern = pattern_of(path);
    if (pattern.empty()) {
        table["properties"][std::string(path)] = std::move(schema);
    } else {
        table["patternProperties"][pattern] = std::move(schema);
    }
}

/// The table in `root` that a path leads to; made where it is missing.
Json& table_at(Json& root, std::string_view path) {
    Json* table = &root;
    while (!path.empty()) {
        const auto end = std::min(path.find('.'), path.size());
        Json& properties = (*table)["properties"];
        const std::string part(path.substr(0, end));
        if (!properties.contains(part)) properties[part] = table_schema();
        table = &properties[part];
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return *table;
}

/// One [[covariate]] before its own keys: its name.
Json entry_schema(std::string_view table) {
    Json entry = table_schema();
    const Json name{{"type", "string"}, {"pattern", fmt::format("^{}$", scenario::name_pattern)}};
    const std::string key(scenario::name_key(table));
    entry["properties"][key] = table == scenario::correlation_table ? Json{{"type", "array"},
                                                                           {"minItems", 2},
                                                                           {"maxItems", 2},
                                                                           {"uniqueItems", true},
                                                                           {"items", name}}
                                                                    : name;
    entry["required"] = {key};
    return entry;
}

/// What comes after the last NAME of "stage.NAME.effects.FEATURE".
std::string_view within_entry(std::string_view path) {
    const std::string mark = fmt::format(".{}.", scenario::name_mark);
    return path.substr(path.rfind(mark) + mark.size());
}

void add_constants(Json& root, const Keys& keys) {
    for (const std::string_view table : scenario::entry_tables) {
        root["properties"][std::string(table)] = {
            {"type", "array"}, {"minItems", 1}, {"items", entry_schema(table)}};
    }
    for (const KeyRow& row : keys.rows()) {
        const std::string_view first = row.path.substr(0, row.path.find('.'));
        if (row.kind == scenario::Kind::arms) continue;  // a table of the two keys that follow
        const bool is_entry = scenario::is_entry_table(first);
        Json& base = is_entry ? root["properties"][std::string(first)]["items"] : root;
        const std::string_view path = is_entry ? within_entry(row.path) : row.path;
        const auto dot = std::min(path.rfind('.'), path.size());
        Json& table = dot < path.size() ? table_at(base, path.substr(0, dot)) : base;
        add_property(table, dot < path.size() ? path.substr(dot + 1) : path, value_schema(row));
    }
}

bool are_alternatives(const KeyRow& a, const KeyRow& b) {
    return a.question != Question::none && a.question == b.question && a.way != b.way;
}

/// That a key is given: { required: [arms], properties: { arms: { required: [n] } } }.
Json given(std::string_view path) {
    const auto dot = path.find('.');
    const std::string first(path.substr(0, dot));
    Json schema{{"required", {first}}};
    if (dot != std::string_view::npos) {
        schema["properties"][first] = given(path.substr(dot + 1));
    }
    return schema;
}

/// Keys that answer one question in different ways, two by two, as `has` says that one is given.
template <class Has>
Json no_contradictions(const Keys& keys, Has has) {
    Json rules = Json::array();
    for (const KeyRow& a : keys.rows()) {
        for (const KeyRow& b : keys.rows()) {
            if (!(a.way < b.way && are_alternatives(a, b))) continue;
            rules.push_back({{"not", {{"allOf", {has(a.path), has(b.path)}}}}});
        }
    }
    return rules;
}

/// What [sweep] may have, or each [[sweep.zip]]. Keys may be given by their whole paths in quotes,
/// or table by table.
class SweptTables {
  public:
    /// `list` keeps the definitions of both apart.
    SweptTables(const Keys& keys, std::string list, Repeats repeats)
        : keys_(keys), list_(std::move(list)), repeats_(repeats) {}

    void define(Json& definitions) const {
        for (const KeyRow& row : keys_.rows()) {
            if (is_swept(row)) {
                definitions[fmt::format("{}.key.{}", list_, row.path)] =
                    sweep_schema(row, repeats_);
            }
        }
        for (const std::string& table : keys_.tables()) {
            Json schema = table_below(table + ".");
            if (has_any(schema)) definitions[fmt::format("{}.{}", list_, table)] = schema;
        }
    }

    [[nodiscard]] Json whole() const {
        Json schema = table_below("");
        schema["allOf"] = no_contradictions(keys_, [](std::string_view path) {
            return Json{{"required", {std::string(path)}}};
        });
        return schema;
    }

  private:
    static bool is_swept(const KeyRow& row) { return row.sweep == scenario::Sweep::allowed; }

    static bool has_any(const Json& schema) {
        return !schema["properties"].empty() || schema.contains("patternProperties");
    }

    [[nodiscard]] bool has_swept_key(std::string_view prefix) const {
        return std::ranges::any_of(keys_.rows(), [prefix](const KeyRow& row) {
            return row.path.starts_with(prefix) && is_swept(row);
        });
    }

    /// Keys and tables by what follows the prefix, "" or "arms.".
    [[nodiscard]] Json table_below(std::string_view prefix) const {
        Json schema = table_schema();
        const auto reference = [this](std::string_view what, std::string_view path) {
            return Json{{"$ref", fmt::format("#/definitions/{}.{}{}", list_, what, path)}};
        };
        for (const std::string& inner : keys_.tables()) {
            if (!inner.starts_with(prefix) || !has_swept_key(inner + ".")) continue;
            add_property(schema, std::string_view(inner).substr(prefix.size()),
                         reference("", inner));
        }
        for (const KeyRow& row : keys_.rows()) {
            if (!row.path.starts_with(prefix) || !is_swept(row)) continue;
            const std::string_view path = row.path.substr(prefix.size());
            Json values = reference("key.", row.path);
            // arms.n is a key, and a table of two.
            if (row.kind == scenario::Kind::arms) {
                values = {{"anyOf", {values, schema["properties"][std::string(path)]}}};
            }
            add_property(schema, path, std::move(values));
        }
        return schema;
    }

    const Keys& keys_;
    std::string list_;
    Repeats repeats_;
};

void add_sweep(Json& root, const Keys& keys) {
    const SweptTables swept(keys, "sweep", Repeats::refused), zipped(keys, "zip", Repeats::allowed);
    swept.define(root["definitions"]);
    zipped.define(root["definitions"]);
    Json zip = zipped.whole();
    zip["minProperties"] = 1;
    Json sweep = swept.whole();
    sweep["properties"]["zip"] = {
        {"description", "Keys that move together: each has a list of the same length."},
        {"type", "array"},
        {"items", std::move(zip)}};
    sweep["description"] =
        "Swept keys by their paths, in quotes, with a list of values or a range; each combination "
        "is a cell.";
    root["properties"]["sweep"] = std::move(sweep);
}

}  // namespace

std::string scenario_schema() {
    const Keys keys;
    Json root{{"$schema", "http://json-schema.org/draft-04/schema#"},
              {"title", "Scenario of rsasim"},
              {"type", "object"},
              {"properties", Json::object()},
              {"additionalProperties", false}};
    add_constants(root, keys);
    root["allOf"] = no_contradictions(keys, given);
    root["definitions"] = Json::object();
    add_sweep(root, keys);
    return root.dump(1) + "\n";
}

}  // namespace rsasim::files
