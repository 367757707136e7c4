#pragma once

#include <span>
#include <string_view>

#include <rsasim/scenario/keys.hpp>

/// What the rows of the patient level are made of.
namespace rsasim::scenario::rows {

inline constexpr double no_bound = std::numeric_limits<double>::infinity();
inline constexpr Range any{};
inline constexpr Range positive{0, no_bound, Ends::open};
inline constexpr Range not_negative{0, no_bound, Ends::closed};
inline constexpr Range inside{0, 1, Ends::open};

constexpr KeyRow number_row(std::string_view path, const Range& range, std::string_view meaning,
                            std::string_view rule, std::string_view remedy) {
    KeyRow row;
    row.path = path;
    row.kind = Kind::number;
    row.range = range;
    row.sweep = Sweep::allowed;
    row.level = Level::patients;
    row.meaning = meaning;
    row.rule = rule;
    row.remedy = remedy;
    return row;
}

constexpr KeyRow whole_row(std::string_view path, const Range& range, std::string_view meaning,
                           std::string_view rule, std::string_view remedy) {
    KeyRow row = number_row(path, range, meaning, rule, remedy);
    row.kind = Kind::whole;
    return row;
}

constexpr KeyRow word_row(std::string_view path, std::span<const std::string_view> words,
                          std::string_view meaning) {
    KeyRow row;
    row.path = path;
    row.kind = Kind::choice;
    row.words = words;
    row.sweep = Sweep::allowed;
    row.level = Level::patients;
    row.meaning = meaning;
    return row;
}

constexpr KeyRow list_row(std::string_view path, Kind kind, const Range& range,
                          std::string_view meaning, std::string_view rule,
                          std::string_view remedy) {
    KeyRow row = number_row(path, range, meaning, rule, remedy);
    row.kind = kind;
    row.sweep = Sweep::never;
    return row;
}

constexpr KeyRow with_default(KeyRow row, std::string_view text) {
    row.default_text = text;
    return row;
}

constexpr KeyRow distinct(KeyRow row) {
    row.repeats = Repeats::refused;
    return row;
}

constexpr KeyRow two_or_more(KeyRow row) {
    row.fewest = 2;
    return row;
}

constexpr KeyRow of_form(KeyRow row, Form form, std::span<const std::string_view> words = {}) {
    row.form = form;
    row.words = words;
    return row;
}

constexpr KeyRow with_remedy(KeyRow row, std::string_view remedy) {
    row.remedy = remedy;
    return row;
}

constexpr KeyRow of_analysis(KeyRow row) {
    row.level = Level::patient_analysis;
    return row;
}

inline constexpr std::string_view finite = "a finite number is needed";
inline constexpr std::string_view plain = "Write it without quotes.";
inline constexpr std::string_view above_zero = "a finite number above 0 is needed";
inline constexpr std::string_view correct = "Correct it.";
inline constexpr std::string_view share = "a share lies above 0 and below 1";
inline constexpr std::string_view percent = "Write 63.5 % as 0.635.";
inline constexpr std::string_view odds_ratio_rule = "a ratio of odds is finite and lies above 0";
inline constexpr std::string_view odds_ratio_remedy = "Write 1 for no effect.";
inline constexpr std::string_view factors_rule = "a list of factors is needed";
inline constexpr std::string_view factors_remedy = "Write [\"centre\", \"il33_st2 > 1.2\"].";
inline constexpr std::string_view rules_rule = "a list of conditions is needed";
inline constexpr std::string_view rules_remedy = "Write [\"prior_losses >= 3\"].";

constexpr KeyRow text_row(std::string_view path, std::string_view meaning, std::string_view rule,
                          std::string_view remedy) {
    return list_row(path, Kind::text, any, meaning, rule, remedy);
}

}  // namespace rsasim::scenario::rows
