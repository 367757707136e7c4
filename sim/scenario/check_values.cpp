#include "check_values.hpp"

#include "text_checks.hpp"

#include <algorithm>
#include <cmath>
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

/// Titles become attributes of the results file, which hold less than 64 KiB each.
constexpr std::size_t longest_text = 1000;

/// Every whole number up to here is a double.
constexpr double largest_exact = 9007199254740992.0;

/// "a number is needed, not a string" where the type is wrong, else nothing.
std::optional<std::string> wrong_type(std::string_view needed, const Value& value) {
    const char* hint = value.as<std::string>() != nullptr ? " Write it without quotes." : "";
    return fmt::format("{} is needed, not {}.{}", needed, type_of(value), hint);
}

std::string broken_rule(const KeyRow& row) {
    return fmt::format("{}. {}", row.rule, row.remedy);
}

/// Each check returns what is wrong, or nothing after storing the value in the row's own type.
using Problem = std::optional<std::string>;

Problem check_number(const KeyRow& row, Value& value) {
    const auto* whole = value.as<std::int64_t>();
    if (whole == nullptr && value.as<double>() == nullptr) return wrong_type("a number", value);
    const double number = whole != nullptr ? static_cast<double>(*whole) : *value.as<double>();
    if (!std::isfinite(number) || !row.range.contains(number)) return broken_rule(row);
    value.data = number;
    return std::nullopt;
}

Problem check_whole(const KeyRow& row, Value& value) {
    std::int64_t whole = 0;
    if (const auto* number = value.as<double>()) {
        if (std::isfinite(*number) && std::trunc(*number) != *number) {
            return fmt::format("a whole number is needed. {}", row.remedy);
        }
        if (!(std::abs(*number) <= largest_exact)) return broken_rule(row);
        whole = static_cast<std::int64_t>(*number);
    } else if (const auto* given = value.as<std::int64_t>()) {
        whole = *given;
    } else {
        return wrong_type("a whole number", value);
    }
    if (!row.range.contains(static_cast<double>(whole))) return broken_rule(row);
    value.data = whole;
    return std::nullopt;
}

Problem check_text(const KeyRow& row, Value& value) {
    const auto* text = value.as<std::string>();
    if (text == nullptr)
        return fmt::format("a string is needed, not {}. Put it into quotes.", type_of(value));
    if (text->size() > longest_text || has_control_character(*text)) return broken_rule(row);
    return std::nullopt;
}

Problem check_choice(const KeyRow& row, Value& value) {
    const auto* word = value.as<std::string>();
    if (word != nullptr && std::ranges::count(row.words, *word) > 0) return std::nullopt;
    const auto near = word != nullptr ? nearest(*word, row.words) : std::string_view();
    const std::string hint = near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near);
    return fmt::format("one of \"{}\" is needed.{}", fmt::join(row.words, "\", \""), hint);
}

Problem check_truth(const KeyRow& row, Value& value) {
    return value.as<bool>() != nullptr ? std::nullopt : Problem(broken_rule(row));
}

Problem check_ratio(const KeyRow& row, Value& value) {
    auto* shares = std::get_if<Array>(&value.data);
    if (shares == nullptr || shares->size() != 2) {
        return "a list of two shares is needed, treated and control. Write [1, 1], or --ratio 1,1.";
    }
    for (Value& share : *shares) {
        if (auto problem = check_whole(row, share)) return problem;
    }
    return std::nullopt;
}

/// A list whose elements pass a check.
Problem check_list(const KeyRow& row, Value& value, Problem (*check)(const KeyRow&, Value&)) {
    auto* list = std::get_if<Array>(&value.data);
    if (list == nullptr) return fmt::format("{}, not {}. {}", row.rule, type_of(value), row.remedy);
    if (list->empty()) return fmt::format("{}. {}", row.rule, row.remedy);
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (auto problem = check(row, (*list)[i])) {
            return fmt::format("[{}] = {}: {}", i, shown((*list)[i]), *problem);
        }
    }
    return std::nullopt;
}

/// A string, or a list of strings.
Problem check_set(const KeyRow& row, Value& value) {
    return value.as<Array>() != nullptr ? check_list(row, value, check_text)
                                        : check_text(row, value);
}

Problem check_value(const KeyRow& row, Value& value) {
    if (!row.refusal.empty()) return fmt::format("{}.", row.refusal);
    switch (row.kind) {
        case Kind::number:
            return check_number(row, value);
        case Kind::whole:
            return check_whole(row, value);
        case Kind::text:
            return check_text(row, value);
        case Kind::choice:
            return check_choice(row, value);
        case Kind::truth:
            return check_truth(row, value);
        case Kind::ratio:
            return check_ratio(row, value);
        case Kind::numbers:
            return check_list(row, value, check_number);
        case Kind::wholes:
            return check_list(row, value, check_whole);
        case Kind::texts:
            return check_list(row, value, check_text);
        case Kind::sets:
            return check_list(row, value, check_set);
        case Kind::arms:
        case Kind::tests:
        case Kind::intervals:
        case Kind::pairs:
            break;
    }
    return std::nullopt;
}

/// `step` is the value's index along its axis.
void check_and_report(const KeyRow& row, std::optional<std::size_t> step, Value& value,
                      Faults& faults) {
    if (const auto problem = check_value(row, value)) {
        const std::string index = step ? fmt::format("[{}]", *step) : "";
        faults.add_for(row.path, value.place,
                       fmt::format("{}{} = {}: {}", row.path, index, shown(value), *problem));
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
