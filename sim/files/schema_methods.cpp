#include "schema_values.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/scenario/patient_keys.hpp>

namespace rsasim::files {
namespace {

using analysis::OptionRow;
using analysis::PatientNeeds;
using analysis::Role;

/// What may stand in brackets behind a name.
struct Inside {
    std::map<std::string, OptionRow> options;
    bool has_endpoints = false;
};

/// The names that a list may have, in the order of the catalogues.
class Names {
  public:
    void add(const std::string& name, std::span<const OptionRow> options, bool has_endpoints) {
        if (!inside_.contains(name)) order_.push_back(name);
        Inside& inside = inside_[name];
        for (const OptionRow& option : options)
            inside.options.emplace(option.name, option);
        inside.has_endpoints = inside.has_endpoints || has_endpoints;
    }

    /// A name as text, with what may follow it: "boschloo[berger-boos=0.001]",
    /// "ancova[il33]@complete-case".
    [[nodiscard]] Json text() const {
        std::string plain;
        Json alternatives = Json::array({Json{{"enum", order_}}});
        for (const std::string& name : order_) {
            plain += fmt::format("{}{}", plain.empty() ? "" : "|", name);
            const std::string brackets = brackets_of(inside_.at(name));
            if (brackets.empty()) continue;
            alternatives.push_back(
                {{"pattern", fmt::format("^[ \\t]*{}[ \\t]*{}[ \\t]*(?:@.*)?$", name, brackets)}});
        }
        alternatives.push_back({{"pattern", fmt::format("^[ \\t]*(?:{})[ \\t]*(?:@.*)?$", plain)}});
        return {{"type", "string"}, {"anyOf", alternatives}};
    }

    /// A name as a table: { id = "boschloo", berger-boos = 1e-3 }.
    [[nodiscard]] Json table() const {
        Json alternatives = Json::array({table_with(text(), {})});
        for (const std::string& name : order_) {
            const auto& options = inside_.at(name).options;
            if (options.empty()) continue;
            const Json id{{"type", "string"},
                          {"pattern", fmt::format("^[ \\t]*{}(?![A-Za-z0-9_-])", name)}};
            alternatives.push_back(table_with(id, options));
        }
        return {{"anyOf", alternatives}};
    }

  private:
    static std::string brackets_of(const Inside& inside) {
        std::string part;
        for (const auto& [name, option] : inside.options)
            part += fmt::format("{}{}", part.empty() ? "" : "|", name);
        if (!part.empty()) part = fmt::format("(?:{})[ \\t]*=[ \\t]*[-+0-9.eE_]+", part);
        if (inside.has_endpoints) {
            part += fmt::format("{}{}", part.empty() ? "" : "|", scenario::name_pattern);
        }
        if (part.empty()) return part;
        return fmt::format("\\[[ \\t]*(?:{0})[ \\t]*(?:,[ \\t]*(?:{0})[ \\t]*)*\\]", part);
    }

    static Json table_with(const Json& id, const std::map<std::string, OptionRow>& options) {
        Json properties{{"id", id}};
        for (const auto& [name, option] : options) {
            properties[name] = {{"description", option.meaning},
                                {"type", "number"},
                                {"minimum", option.lowest},
                                {"maximum", option.highest},
                                {"default", option.default_value}};
        }
        return {{"type", "object"},
                {"properties", properties},
                {"required", {"id"}},
                {"additionalProperties", false}};
    }

    std::vector<std::string> order_;
    std::map<std::string, Inside> inside_;
};

bool has_endpoints(const analysis::PatientRow& row) {
    return row.needs == PatientNeeds::biomarker;
}

Names test_names() {
    Names names;
    for (const auto& row : analysis::catalogue()) {
        if (row.role == Role::test) names.add(std::string(row.id), row.options, false);
    }
    for (const auto& row : analysis::patient_catalogue()) {
        if (row.test_id.empty()) continue;
        names.add(std::string(row.test_id), row.options, has_endpoints(row));
    }
    return names;
}

std::string with_measure(design::Measure measure, std::string_view id) {
    return fmt::format("{}:{}", design::name_of(measure), id);
}

Names interval_names() {
    Names names;
    for (const auto& row : analysis::catalogue()) {
        if (row.role != Role::interval) continue;
        names.add(std::string(row.id), row.options, false);
        names.add(with_measure(row.measure, row.id), row.options, false);
    }
    for (const auto& row : analysis::patient_catalogue()) {
        if (!row.has_interval) continue;
        names.add(std::string(row.id), row.options, has_endpoints(row));
        names.add(with_measure(*row.measure, row.id), row.options, has_endpoints(row));
    }
    return names;
}

/// Some methods, each once.
Json list_of(const Names& names) {
    return {{"type", "array"},
            {"minItems", 1},
            {"uniqueItems", true},
            {"items", {{"anyOf", {names.text(), names.table()}}}}};
}

/// The methods of the 2x2 table alone, by their labels.
Json labels_of(Role role) {
    Names names;
    for (const auto& row : analysis::catalogue()) {
        if (row.role != role) continue;
        const bool is_test = role == Role::test;
        names.add(is_test ? std::string(row.id) : with_measure(row.measure, row.id), row.options,
                  false);
    }
    return names.text();
}

}  // namespace

Json tests_schema() {
    return list_of(test_names());
}

Json intervals_schema() {
    const Json everything = Json::array({Json::array({"all"})});
    return {{"anyOf", {{{"enum", everything}}, list_of(interval_names())}}};
}

Json pairs_schema() {
    const Json items = Json::array({labels_of(Role::test), labels_of(Role::interval)});
    const Json pair{{"type", "array"}, {"minItems", 2}, {"maxItems", 2}, {"items", items}};
    return {{"type", "array"}, {"uniqueItems", true}, {"items", pair}};
}

}  // namespace rsasim::files
