#include "check_values.hpp"

#include "value_checks.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

/// `step` is the value's index along its axis.
void check_and_report(const KeyRow& row, std::optional<std::size_t> step, Value& value,
                      Faults& faults) {
    if (const auto problem = find_problem(row, value)) {
        const std::string index = step ? fmt::format("[{}]", *step) : "";
        faults.add_for(row.path, value.place,
                       fmt::format("{}{}{} = {}: {}", row.path, index, problem->where,
                                   shown(problem->given), problem->why));
    }
}

/// The index of a value that equals an earlier one.
template <class Label>
std::optional<std::size_t> repeated_step(const std::vector<Value>& values, Label label_of) {
    std::vector<std::pair<decltype(label_of(values.front())), std::size_t>> labels;
    labels.reserve(values.size());
    for (const Value& value : values)
        labels.emplace_back(label_of(value), labels.size());
    std::ranges::sort(labels);
    const auto found = std::ranges::adjacent_find(
        labels, [](const auto& a, const auto& b) { return a.first == b.first; });
    if (found == labels.end()) return std::nullopt;
    return std::next(found)->second;
}

/// The value of a key that has been found to be a number.
double number_in(const Value& value) {
    if (const auto* whole = value.as<std::int64_t>()) return static_cast<double>(*whole);
    return *value.as<double>();
}

/// The labels of an axis are its values, so each may stand once. Zipped keys may repeat.
void check_distinct(const SteppedAxis& axis, Faults& faults) {
    const SteppedKey& key = axis.keys.front();
    if (axis.keys.size() > 1 || faults.is_marked(key.row->path)) return;
    const auto step = key.row->is_numeric() ? repeated_step(key.values, number_in)
                                            : repeated_step(key.values, to_toml);
    if (!step) return;
    faults.add_for(key.row->path, key.values[*step].place,
                   fmt::format("{}[{}] = {}: the value stands in this sweep already. Remove one "
                               "of the two.",
                               key.row->path, *step, shown(key.values[*step])));
}

/// Reports that none of the keys is given, unless a fault concerns one of them already.
void require_one_of(std::initializer_list<std::string_view> paths, std::string_view remedy,
                    const Settings& settings, Faults& faults) {
    const auto is_settled = [&](std::string_view path) {
        return settings.has(path) || faults.is_marked(path);
    };
    if (std::ranges::any_of(paths, is_settled)) return;
    const bool are_several = paths.size() > 1;
    faults.add({}, fmt::format("{}{} is needed. {}", are_several ? "one of " : "",
                               fmt::join(paths, ", "), remedy));
}

void check_sizes_given(const Settings& settings, Faults& faults) {
    constexpr std::string_view remedy =
        "Write n = { treated = 75, control = 74 } below [arms], or --n 75,74.";
    const bool has_treated = settings.has("arms.n.treated");
    const bool has_control = settings.has("arms.n.control");
    if (has_treated && has_control) return;
    if (has_treated || has_control) {
        require_one_of({has_treated ? "arms.n.control" : "arms.n.treated"}, remedy, settings,
                       faults);
    } else if (settings.has("arms.ratio")) {
        require_one_of({"arms.total"},
                       "A ratio splits a total: write total = 149 below [arms], or --total 149.",
                       settings, faults);
    } else if (!faults.is_marked("arms.n.treated") && !faults.is_marked("arms.n.control")) {
        require_one_of({"arms.n", "arms.total"}, remedy, settings, faults);
    }
}

}  // namespace

void check_values(Settings& settings, Faults& faults) {
    for (auto& [row, value] : settings.constants()) {
        check_and_report(*row, std::nullopt, value, faults);
    }
    for (SteppedAxis& axis : settings.axes()) {
        for (SteppedKey& key : axis.keys) {
            for (std::size_t i = 0; i < key.values.size(); ++i) {
                check_and_report(*key.row, i, key.values[i], faults);
            }
        }
        check_distinct(axis, faults);
    }
}

void check_displaced(const Settings& settings, Faults& faults) {
    for (Constant constant : settings.displaced())
        check_and_report(*constant.row, std::nullopt, constant.value, faults);
}

void check_nothing_missing(const Settings& settings, Faults& faults) {
    check_sizes_given(settings, faults);
    if (settings.is_patient_level() && !has_effect(settings)) return;  // stages give the rates
    require_one_of({"arms.control_rate"},
                   "Write control_rate = 0.6351 below [arms], or --control-rate 0.6351.", settings,
                   faults);
    if (settings.is_patient_level()) return;
    require_one_of(
        {"arms.treated_rate", "arms.odds_ratio", "arms.risk_ratio", "arms.risk_difference"},
        "Write odds_ratio = 2.298 below [arms], or --odds-ratio 2.298.", settings, faults);
}

bool has_effect(const Settings& settings) {
    return settings.has("arms.treated_rate") || settings.has("arms.odds_ratio") ||
           settings.has("arms.risk_ratio") || settings.has("arms.risk_difference");
}

void check_level(const Settings& settings, Faults& faults) {
    if (settings.is_patient_level()) return;
    for (const KeyRow* row : settings.vocabulary().rows()) {
        const Value* value = settings.constant(row->path);
        if (row->level != Level::patient_analysis || value == nullptr) continue;
        faults.add_for(row->path, value->place,
                       fmt::format("{} = {}: this key describes the analysis of single women, and "
                                   "the scenario gives counts only. Add a [[covariate]], a "
                                   "[[stage]] or [allocation], or remove the key.",
                                   row->path, shown(*value)));
    }
}

}  // namespace rsasim::scenario
