#include "schema_values.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <fmt/format.h>

namespace rsasim::files {
namespace {

using scenario::Ends;
using scenario::Form;
using scenario::KeyRow;
using scenario::Range;
using scenario::Repeats;
using KeyKind = scenario::Kind;

/// Every whole number up to here is a double; larger ones are whole in JSON alone.
constexpr double largest_exact = 9007199254740992.0;
constexpr double largest_int64 = 9223372036854775807.0;
/// The rule for titles has bytes, a schema has characters, of which there are never more.
constexpr int longest_text = 1000;
constexpr const char* operators = "[<>=]";

/// A bound as JSON: without a fraction where it has none.
Json bound(double value) {
    if (value >= largest_int64) return std::numeric_limits<std::int64_t>::max();
    const bool is_whole = std::abs(value) <= largest_exact && std::trunc(value) == value;
    return is_whole ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

/// Adds the range. Infinity is no number of a scenario, so open ends are the largest doubles.
void add_range(Json& schema, const Range& range) {
    constexpr double most = std::numeric_limits<double>::max();
    schema["minimum"] = std::isfinite(range.lowest) ? bound(range.lowest) : Json(-most);
    schema["maximum"] = std::isfinite(range.highest) ? bound(range.highest) : Json(most);
    if (range.ends == Ends::closed) return;
    if (std::isfinite(range.lowest)) schema["exclusiveMinimum"] = true;
    if (std::isfinite(range.highest)) schema["exclusiveMaximum"] = true;
}

Json number_schema(const Range& range) {
    Json schema{{"type", "number"}};
    add_range(schema, range);
    return schema;
}

/// 75.0 and 1e6 are whole.
Json whole_schema(const Range& range) {
    Range exact = range;
    exact.highest = std::min(range.highest, largest_exact);
    Json schema = number_schema(exact);
    schema["multipleOf"] = 1;
    if (range.highest <= largest_exact) return schema;
    Json integer{{"type", "integer"}};
    add_range(integer, range);
    return {{"anyOf", {integer, schema}}};
}

Json words_schema(const KeyRow& row) {
    Json words = Json::array();
    for (const auto word : row.words)
        words.push_back(word);
    return {{"enum", words}};
}

/// A text of a list. Words of sets are read without blanks and quotes around them.
Json element_schema(const KeyRow& row) {
    if (row.form == Form::any && !row.words.empty()) return words_schema(row);
    Json schema = text_schema();
    if (row.form == Form::condition) schema["pattern"] = operators;
    if (row.form == Form::word_or_condition) {
        std::string words;
        for (const auto word : row.words)
            words += fmt::format("{}{}", words.empty() ? "" : "|", word);
        schema["pattern"] = fmt::format("^[ \\t\"]*(?:{})[ \\t\"]*$|{}", words, operators);
    }
    return schema;
}

Json list_schema(const KeyRow& row, Json items) {
    Json schema{{"type", "array"}, {"minItems", row.fewest}, {"items", std::move(items)}};
    if (row.most > 0) schema["maxItems"] = row.most;
    if (row.repeats == Repeats::refused) schema["uniqueItems"] = true;
    return schema;
}

/// A text, or a list of texts.
Json set_schema(const KeyRow& row) {
    const Json word = element_schema(row);
    return {{"anyOf", {word, {{"type", "array"}, {"minItems", 1}, {"items", word}}}}};
}

Json ratio_schema(const KeyRow& row) {
    return {
        {"type", "array"}, {"minItems", 2}, {"maxItems", 2}, {"items", whole_schema(row.range)}};
}

Json arms_schema(const KeyRow& row) {
    const Json arm = whole_schema(row.range);
    return {{"type", "object"},
            {"properties", {{"treated", arm}, {"control", arm}}},
            {"required", {"treated", "control"}},
            {"additionalProperties", false}};
}

/// Of a value, without its meaning.
Json plain_schema(const KeyRow& row) {
    switch (row.kind) {
        case KeyKind::text:
            return text_schema();
        case KeyKind::choice:
            return words_schema(row);
        case KeyKind::truth:
            return {{"type", "boolean"}};
        case KeyKind::whole:
            return whole_schema(row.range);
        case KeyKind::number:
            return number_schema(row.range);
        case KeyKind::arms:
            return arms_schema(row);
        case KeyKind::ratio:
            return ratio_schema(row);
        case KeyKind::tests:
            return tests_schema();
        case KeyKind::intervals:
            return intervals_schema();
        case KeyKind::pairs:
            return pairs_schema();
        case KeyKind::numbers:
            return list_schema(row, number_schema(row.range));
        case KeyKind::wholes:
            return list_schema(row, whole_schema(row.range));
        case KeyKind::texts:
            return list_schema(row, element_schema(row));
        case KeyKind::sets:
            return list_schema(row, set_schema(row));
    }
    return Json::object();
}

/// "1,1" of a ratio as [1, 1], "true" as true, "event" as "event".
Json default_of(const KeyRow& row) {
    const std::string text(row.default_text);
    if (row.kind == KeyKind::ratio) return Json::parse("[" + text + "]");
    const bool is_text = row.kind == KeyKind::text || row.kind == KeyKind::choice;
    return is_text ? Json(text) : Json::parse(text);
}

Json range_schema(const KeyRow& row) {
    const Json end = plain_schema(row);
    Json step = number_schema({});
    step["not"] = {{"enum", {0}}};
    return {{"type", "object"},
            {"properties", {{"from", end}, {"to", end}, {"step", step}}},
            {"required", {"from", "to", "step"}},
            {"additionalProperties", false}};
}

}  // namespace

Json text_schema() {
    return {{"type", "string"},
            {"maxLength", longest_text},
            {"not", {{"pattern", "[\\u0000-\\u001f\\u007f-\\u009f]"}}}};
}

Json value_schema(const KeyRow& row) {
    Json schema{{"description", fmt::format("{}: {}.", row.meaning, scenario::type_words(row))}};
    if (!row.default_text.empty()) schema["default"] = default_of(row);
    schema.update(plain_schema(row));
    return schema;
}

Json sweep_schema(const KeyRow& row, Repeats repeats) {
    Json list{{"type", "array"}, {"minItems", 1}, {"items", plain_schema(row)}};
    // The axis of arms.n is two keys that move together, which may repeat.
    if (repeats == Repeats::refused && row.kind != KeyKind::arms) list["uniqueItems"] = true;
    return row.is_numeric() ? Json{{"anyOf", {list, range_schema(row)}}} : list;
}

}  // namespace rsasim::files
