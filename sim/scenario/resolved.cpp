#include "resolved.hpp"

#include "methods.hpp"
#include "pairs.hpp"
#include "patient_choices.hpp"
#include "patient_resolved.hpp"
#include "value.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace rsasim::scenario {
namespace {

using design::AnalysisPlan;

std::string method_text(const std::string& id, const design::MethodChoice& choice) {
    if (choice.options.empty()) return quoted(id);
    std::string text = fmt::format("{{ id = {}", quoted(id));
    for (const auto& [name, number] : choice.options) {
        text += fmt::format(", {} = {}", name, number_text(number));
    }
    return text + " }";
}

std::string list_text(const std::vector<std::string>& elements) {
    return fmt::format("[\n    {},\n]", fmt::join(elements, ",\n    "));
}

/// The name of a method of the table; that of the primary set alone where the patient level has it
/// on other sets.
std::string table_id(std::string id, std::size_t sets, bool is_patient_level_too) {
    if (sets > 1 && is_patient_level_too) id += fmt::format("@{}", primary_set);
    return id;
}

/// The number of sets of women; 0 where the scenario gives counts.
std::size_t sets_in(const Settings& settings, const AnalysisPlan& plan) {
    return plan.patients ? set_words(settings).size() : 0;
}

std::vector<std::string> test_texts(const Settings& settings, const AnalysisPlan& plan) {
    const std::size_t sets = sets_in(settings, plan);
    std::vector<std::string> elements;
    for (const auto& test : plan.tests)
        elements.push_back(method_text(table_id(test.id, sets, is_patient_test(test.id)), test));
    if (!plan.patients) return elements;
    for (const auto& choice : plan.patients->methods) {
        if (choice.reports_test) elements.push_back(quoted(test_text(choice, sets)));
    }
    return elements;
}

std::vector<std::string> interval_texts(const Settings& settings, const AnalysisPlan& plan) {
    const std::size_t sets = sets_in(settings, plan);
    std::vector<std::string> elements;
    for (const auto& interval : plan.intervals) {
        const auto id = fmt::format("{}:{}", name_of(interval.measure), interval.method.id);
        elements.push_back(
            method_text(table_id(id, sets, is_patient_interval(id)), interval.method));
    }
    if (!plan.patients) return elements;
    for (const auto& choice : plan.patients->methods) {
        if (choice.reports_interval) elements.push_back(quoted(interval_text(choice, sets)));
    }
    return elements;
}

std::string methods_text(const KeyRow& row, const Settings& settings, const AnalysisPlan& plan) {
    std::vector<std::string> elements;
    if (row.kind == Kind::tests) {
        elements = test_texts(settings, plan);
    } else if (row.kind == Kind::intervals) {
        elements = interval_texts(settings, plan);
    } else {
        for (std::size_t i = standard_pairs_in(plan, settings); i < plan.pairs.size(); ++i) {
            const auto& pair = plan.pairs[i];
            elements.push_back(fmt::format("[{}, {}]", quoted(plan.tests[pair.test].label()),
                                           quoted(plan.intervals[pair.interval].label())));
        }
    }
    return elements.empty() ? "" : list_text(elements);
}

/// The value of a key that is not swept as TOML; empty where the key is not set.
std::string constant_text(const KeyRow& row, const Settings& settings, const AnalysisPlan& plan) {
    if (row.is_list()) return methods_text(row, settings, plan);
    const Value* value = settings.constant(row.path);
    return value != nullptr ? to_toml(*value) : "";
}

std::string steps_text(const SteppedKey& key) {
    return fmt::format("\"{}\" = {}\n", key.row->path,
                       to_toml({key.place, Array(key.values.begin(), key.values.end())}));
}

/// With a zipped axis every axis is a [[sweep.zip]], so that their order stays.
std::string sweep_text(const Settings& settings) {
    const auto is_zipped = [](const SteppedAxis& axis) { return axis.keys.size() > 1; };
    const bool has_zip = std::ranges::any_of(settings.axes(), is_zipped);
    std::string text;
    for (const SteppedAxis& axis : settings.axes()) {
        if (has_zip) text += "\n[[sweep.zip]]\n";
        if (!has_zip && text.empty()) text += "\n[sweep]\n";
        for (const SteppedKey& key : axis.keys)
            text += steps_text(key);
    }
    return text;
}

/// The keys of trial, arms, analysis and simulation, each table's together.
std::vector<const KeyRow*> plain_rows(const Vocabulary& vocabulary) {
    std::vector<const KeyRow*> rows;
    std::vector<std::string_view> tables;
    const auto table_of = [](const KeyRow* row) {
        return row->path.substr(0, row->path.find('.'));
    };
    for (const KeyRow* row : vocabulary.rows()) {
        if (row->level == Level::patients) continue;
        rows.push_back(row);
        if (std::ranges::count(tables, table_of(row)) == 0) tables.push_back(table_of(row));
    }
    std::ranges::stable_sort(rows, {}, [&](const KeyRow* row) {
        return std::ranges::find(tables, table_of(row)) - tables.begin();
    });
    return rows;
}

}  // namespace

std::string resolved_text(const Settings& settings, const AnalysisPlan& methods) {
    std::string text;
    std::string_view table;
    for (const KeyRow* row : plain_rows(settings.vocabulary())) {
        const std::string value = constant_text(*row, settings, methods);
        if (value.empty()) continue;
        const auto dot = row->path.find('.');
        if (row->path.substr(0, dot) != table) {
            table = row->path.substr(0, dot);
            text += fmt::format("{}[{}]\n", text.empty() ? "" : "\n", table);
        }
        text += fmt::format("{} = {}\n", row->path.substr(dot + 1), value);
    }
    return text + patient_tables_text(settings) + sweep_text(settings);
}

}  // namespace rsasim::scenario
