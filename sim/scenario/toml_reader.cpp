#include "toml_reader.hpp"

// The parser's assertions can be reached by malformed input ("[;"), and with NDEBUG they become
// assumptions. Neither is wanted: what they guard ends in its ordinary error all the same.
#undef NDEBUG
#define TOML_ASSERT(expr) static_cast<void>(0)
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#define TOML_ENABLE_WINDOWS_COMPAT 0
#include "text_checks.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace rsasim::scenario {
namespace {

Place place_of(const toml::source_region& region) {
    return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column), "", 0};
}

Value converted(const toml::node& node);

Array converted_array(const toml::array& array) {
    Array result;
    result.reserve(array.size());
    for (const toml::node& element : array)
        result.push_back(converted(element));
    return result;
}

/// The parser's tables iterate alphabetically; here they keep the order of the source.
Table converted_table(const toml::table& table) {
    Table result;
    for (const auto& [key, node] : table) {
        result.push_back({std::string(key.str()), place_of(key.source()), converted(node)});
    }
    std::ranges::stable_sort(result, {}, [](const Entry& entry) {
        return std::tuple(entry.place.line, entry.place.column);
    });
    return result;
}

Value converted(const toml::node& node) {
    Value value{place_of(node.source()), DateOrTime{}};
    if (const auto* truth = node.as_boolean()) value.data = truth->get();
    if (const auto* whole = node.as_integer()) value.data = whole->get();
    if (const auto* number = node.as_floating_point()) value.data = number->get();
    if (const auto* text = node.as_string()) value.data = text->get();
    if (const auto* array = node.as_array()) value.data = converted_array(*array);
    if (const auto* table = node.as_table()) value.data = converted_table(*table);
    return value;
}

void move_to(Value& value, const Place& place) {
    value.place = place;
    if (auto* array = std::get_if<Array>(&value.data)) {
        for (Value& element : *array)
            move_to(element, place);
    }
    if (auto* table = std::get_if<Table>(&value.data)) {
        for (Entry& entry : *table) {
            entry.place = place;
            move_to(entry.value, place);
        }
    }
}

std::string_view without_byte_order_mark(std::string_view text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

}  // namespace

std::optional<Table> read_toml(std::string_view text, Faults& faults) {
    text = without_byte_order_mark(text);
    if (const auto fault = find_text_fault(text)) {
        if (fault->place.is_in_file()) {
            faults.add_syntax(fault->place, fault->message);
        } else {
            faults.add(fault->place, fault->message);
        }
        return std::nullopt;
    }
    try {
        return converted_table(toml::parse(text));
    } catch (const toml::parse_error& error) {
        faults.add_syntax(place_of(error.source()),
                          fmt::format("this is not TOML: {}.", error.description()));
        return std::nullopt;
    }
}

std::optional<Value> read_toml_value(std::string_view text, const Place& place) {
    Faults faults("value");
    std::optional<Table> table = read_toml("value = " + std::string(text), faults);
    if (!table || table->size() != 1) return std::nullopt;
    Value value = std::move(table->front().value);
    move_to(value, place);
    return value;
}

}  // namespace rsasim::scenario
