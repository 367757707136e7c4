#include "value_checks.hpp"

#include "text_checks.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

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
using Check = Problem (*)(const KeyRow&, Value&);

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
    const std::string remedy = row.remedy.empty() ? "" : fmt::format(" {}", row.remedy);
    return fmt::format("one of \"{}\" is needed.{}{}", fmt::join(row.words, "\", \""), hint,
                       remedy);
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

/// A list that is long enough.
Problem check_list(const KeyRow& row, const Value& value) {
    const auto* list = value.as<Array>();
    if (list == nullptr) return fmt::format("{}, not {}. {}", row.rule, type_of(value), row.remedy);
    const bool is_long = row.most > 0 && list->size() > row.most;
    return list->size() < row.fewest || is_long ? Problem(broken_rule(row)) : std::nullopt;
}

/// A text of a list.
Problem check_element_text(const KeyRow& row, Value& value) {
    if (auto problem = check_text(row, value)) return problem;
    const bool is_word = row.form == Form::any && !row.words.empty();
    return is_word ? check_choice(row, value) : std::nullopt;
}

/// A string, or a list of strings.
Problem check_set(const KeyRow& row, Value& value) {
    auto* words = std::get_if<Array>(&value.data);
    if (words == nullptr) return check_text(row, value);
    if (words->empty()) return broken_rule(row);
    for (Value& word : *words) {
        if (auto problem = check_text(row, word)) return problem;
    }
    return std::nullopt;
}

/// What checks the elements of a key's list; a null pointer where it takes none, or a list of
/// methods.
Check element_check(Kind kind) {
    switch (kind) {
        case Kind::numbers:
            return check_number;
        case Kind::wholes:
            return check_whole;
        case Kind::texts:
            return check_element_text;
        case Kind::sets:
            return check_set;
        default:
            return nullptr;
    }
}

Problem check_value(const KeyRow& row, Value& value) {
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
        case Kind::wholes:
        case Kind::texts:
        case Kind::sets:
            return check_list(row, value);
        case Kind::arms:
        case Kind::tests:
        case Kind::intervals:
        case Kind::pairs:
            break;
    }
    return std::nullopt;
}

/// The first element that is wrong, or that stands twice and may not.
std::optional<ValueProblem> bad_element(const KeyRow& row, Array& list) {
    const Check check = element_check(row.kind);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < list.size() && check != nullptr; ++i) {
        Problem problem = check(row, list[i]);
        const bool is_repeated =
            !problem && row.repeats == Repeats::refused && !seen.insert(to_toml(list[i])).second;
        if (is_repeated) problem = "it is in the list already. Remove one of the two.";
        if (problem) return ValueProblem{fmt::format("[{}]", i), list[i], *std::move(problem)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<ValueProblem> find_problem(const KeyRow& row, Value& value) {
    if (auto problem = check_value(row, value)) {
        return ValueProblem{"", value, *std::move(problem)};
    }
    auto* list = std::get_if<Array>(&value.data);
    return list == nullptr ? std::nullopt : bad_element(row, *list);
}

}  // namespace rsasim::scenario
