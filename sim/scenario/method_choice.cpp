#include "method_choice.hpp"

#include "conditions.hpp"
#include "flag_text.hpp"
#include "named_entries.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <rsasim/scenario/keys.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

std::optional<double> number_given(const Value& value) {
    if (const auto* whole = value.as<std::int64_t>()) return static_cast<double>(*whole);
    if (const auto* number = value.as<double>()) return *number;
    return std::nullopt;
}

std::optional<NamedMethod> from_table(const std::string& label, const Value& value,
                                      const Table& table, Faults& faults) {
    NamedMethod named;
    named.place = value.place;
    for (const Entry& entry : table) {
        const auto* id = entry.value.as<std::string>();
        const auto number = number_given(entry.value);
        if (entry.key == "id" && id != nullptr) {
            named.id = *id;
        } else if (entry.key != "id" && number) {
            named.options.emplace(entry.key, *number);
        } else {
            faults.add(entry.place,
                       fmt::format("{}.{} = {}: {} is needed, not {}.", label, shortened(entry.key),
                                   shown(entry.value),
                                   entry.key == "id" ? "a method's id, a string," : "a number",
                                   type_of(entry.value)));
            return std::nullopt;
        }
    }
    if (named.id.empty()) {
        faults.add(value.place, fmt::format("{} = {}: the id of a method is needed. Write {{ id = "
                                            "\"fisher\" }}.",
                                            label, shown(value)));
        return std::nullopt;
    }
    return named;
}

/// Takes "@complete-case" off the end of a text.
std::string set_taken_off(std::string_view& text) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos) return {};
    const std::string set = canonical_condition(text.substr(at + 1));
    text = trimmed(text.substr(0, at));
    return set;
}

/// "boschloo[berger-boos=0.001]": the label under which results show a method with options.
std::optional<NamedMethod> from_text(const std::string& label, const Value& value,
                                     std::string_view text, Grammar grammar, Faults& faults) {
    NamedMethod named;
    named.place = value.place;
    if (grammar == Grammar::patients) named.set = set_taken_off(text);
    const auto bracket = text.find('[');
    named.id = trimmed(text.substr(0, bracket));
    if (bracket == std::string_view::npos) return named;
    const std::string_view inside = text.substr(bracket + 1);
    const KeyRow any_number{.kind = Kind::number};
    if (inside.ends_with(']')) {
        for (const auto part : split_at_commas(inside.substr(0, inside.size() - 1))) {
            const auto equals = std::min(part.find('='), part.size());
            if (grammar == Grammar::patients && is_name(part)) {
                named.endpoint = part;
                continue;
            }
            const std::string_view option = part.substr(0, equals);
            const std::string_view given = part.substr(std::min(equals + 1, part.size()));
            const auto number = number_given(value_from_text(any_number, given, value.place));
            if (!number) break;
            named.options.emplace(trimmed(option), *number);
        }
        if (!named.options.empty() || !named.endpoint.empty()) return named;
    }
    faults.add(value.place, fmt::format("{} = {}: options stand in square brackets after the id. "
                                        "Write \"id[option=0.001]\".",
                                        label, shown(value)));
    return std::nullopt;
}

}  // namespace

std::optional<NamedMethod> named_method(const std::string& label, const Value& value,
                                        Grammar grammar, Faults& faults) {
    if (const auto* text = value.as<std::string>()) {
        return from_text(label, value, *text, grammar, faults);
    }
    if (const auto* table = value.as<Table>()) {
        auto named = from_table(label, value, *table, faults);
        if (!named || grammar == Grammar::counts) return named;
        auto parts = from_text(label, value, named->id, grammar, faults);
        if (parts) parts->options.merge(named->options);
        return parts;
    }
    faults.add(value.place, fmt::format("{} = {}: the id of a method is needed, not {}. Write "
                                        "\"fisher\".",
                                        label, shown(value), type_of(value)));
    return std::nullopt;
}

std::optional<design::MethodChoice> chosen(std::string_view id,
                                           std::span<const analysis::OptionRow> options,
                                           const std::string& label, const NamedMethod& named,
                                           Faults& faults) {
    design::MethodChoice choice{std::string(id), {}};
    std::vector<std::string_view> known;
    for (const auto& option : options)
        known.push_back(option.name);
    for (const auto& [name, number] : named.options) {
        const auto option = std::ranges::find(options, name, &analysis::OptionRow::name);
        if (option == options.end()) {
            const auto near = nearest(name, known);
            faults.add(
                named.place,
                fmt::format("{}: \"{}\" has no option \"{}\".{} Show its options: rsasim "
                            "methods {}",
                            label, id, shortened(name),
                            near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near), id));
            return std::nullopt;
        }
        if (!(number >= option->lowest && number <= option->highest)) {
            faults.add(named.place,
                       fmt::format("{}: {} = {}: the option lies between {} and {}. Give such a "
                                   "number.",
                                   label, name, number_text(number), number_text(option->lowest),
                                   number_text(option->highest)));
            return std::nullopt;
        }
        if (number != option->default_value) choice.options.emplace(name, number);
    }
    return choice;
}

}  // namespace rsasim::scenario
