#include "sweep_values.hpp"

#include "decimal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace rsasim::scenario {
namespace {

const KeyRow& arm_row(std::string_view arm) {
    return *find_key(arm == "treated" ? "arms.n.treated" : "arms.n.control");
}

std::optional<Decimal> decimal_from(const Value& value) {
    if (const auto* whole = value.as<std::int64_t>()) return Decimal{*whole, 0};
    const auto* number = value.as<double>();
    if (number == nullptr || !std::isfinite(*number)) return std::nullopt;
    return decimal_of(*number);
}

Value value_of(const Decimal& decimal, const KeyRow& row, const Place& place) {
    const double number = double_of(decimal);
    const bool is_whole = row.kind == Kind::whole && decimal.exponent == 0;
    if (is_whole) return {place, decimal.units};
    return {place, number};
}

/// from, to and step of a range, in this order.
std::optional<std::array<Decimal, 3>> range_parts(const KeyRow& row, const Table& table,
                                                  const Place& place, Faults& faults) {
    constexpr std::array<std::string_view, 3> names{"from", "to", "step"};
    std::array<std::optional<Decimal>, 3> parts;
    for (const Entry& entry : table) {
        const auto* name = std::ranges::find(names, entry.key);
        if (name == names.end()) {
            faults.add_for(row.path, entry.place,
                           fmt::format("{} is not a part of a range. Write {{ from = 0.5, to = "
                                       "0.8, step = 0.1 }}.",
                                       shortened(entry.key)));
            return std::nullopt;
        }
        auto& part = parts.at(static_cast<std::size_t>(name - names.begin()));
        part = decimal_from(entry.value);
        if (!part) {
            faults.add_for(row.path, entry.place,
                           fmt::format("{} of {} = {}: a finite number is needed. Write it "
                                       "without quotes.",
                                       *name, row.path, shown(entry.value)));
            return std::nullopt;
        }
    }
    if (!parts[0] || !parts[1] || !parts[2]) {
        faults.add_for(row.path, place,
                       fmt::format("{}: a range needs its start, its end and its step. Write "
                                   "{{ from = 0.5, to = 0.8, step = 0.1 }}.",
                                   row.path));
        return std::nullopt;
    }
    return std::array{*parts[0], *parts[1], *parts[2]};
}

std::vector<Value> range_values(const KeyRow& row, const Table& table, const Place& place,
                                Faults& faults) {
    const auto parts = range_parts(row, table, place, faults);
    if (!parts) return {};
    const auto range = decimal_range((*parts)[0], (*parts)[1], (*parts)[2]);
    if (const auto* problem = std::get_if<std::string>(&range)) {
        faults.add_for(row.path, place, fmt::format("{}: {}", row.path, *problem));
        return {};
    }
    std::vector<Value> values;
    for (const Decimal& decimal : std::get<0>(range)) {
        values.push_back(value_of(decimal, row, place));
    }
    return values;
}

/// The list of tables of a swept arms.n as two keys that move together.
std::optional<SteppedAxis> stepped_arms(const Place& place, const Array& list, Faults& faults) {
    SteppedAxis axis{{{&arm_row("treated"), place, {}}, {&arm_row("control"), place, {}}}};
    bool is_complete = true;
    for (const Value& element : list) {
        std::vector<Constant> arms = arm_constants(element, faults);
        if (arms.size() != 2 || arms[0].row == arms[1].row) {
            is_complete = false;
            if (!faults.is_marked("arms.n")) {
                faults.add_for("arms.n", element.place,
                               fmt::format("arms.n = {}: both arms are needed. Write {{ treated = "
                                           "75, control = 74 }}.",
                                           shown(element)));
            }
            continue;
        }
        for (Constant& arm : arms) {
            SteppedKey& key = axis.keys[arm.row == axis.keys[0].row ? 0 : 1];
            key.values.push_back(std::move(arm.value));
        }
    }
    if (!is_complete) return std::nullopt;
    return axis;
}

/// Two values of a key's kind, as a list.
std::string example_of(const KeyRow& row) {
    if (row.is_numeric()) return "[1, 2]";
    if (row.kind == Kind::choice) {
        return fmt::format("[\"{}\", \"{}\"]", row.words[0], row.words[1]);
    }
    return "[[1, 1], [2, 1]]";
}

}  // namespace

bool is_sweep(const KeyRow& row, const Value& value) {
    const auto* list = value.as<Array>();
    if (row.is_numeric()) return list != nullptr || value.as<Table>() != nullptr;
    if (row.kind == Kind::arms) return list != nullptr;
    if (row.kind == Kind::choice) return list != nullptr && row.sweep == Sweep::allowed;
    if (row.kind == Kind::ratio) {
        return list != nullptr && !list->empty() && list->front().as<Array>() != nullptr;
    }
    return false;
}

std::optional<SteppedAxis> stepped_axis(const KeyRow& row, const Place& place, const Value& value,
                                        Faults& faults) {
    if (row.sweep == Sweep::never) {
        faults.add_for(row.path, place,
                       fmt::format("{} = {}: this key cannot be swept. Give one value.", row.path,
                                   shown(value)));
        return std::nullopt;
    }
    const auto* list = value.as<Array>();
    const auto* table = value.as<Table>();
    if (list != nullptr && !list->empty()) {
        if (row.kind == Kind::arms) return stepped_arms(place, *list, faults);
        return SteppedAxis{{{&row, place, *list}}};
    }
    if (table != nullptr && row.is_numeric()) {
        std::vector<Value> values = range_values(row, *table, place, faults);
        if (values.empty()) return std::nullopt;
        return SteppedAxis{{{&row, place, std::move(values)}}};
    }
    faults.add_for(row.path, place,
                   fmt::format("{} = {}: a sweep needs a list of values{}. Write \"{}\" = {}.",
                               row.path, shown(value), row.is_numeric() ? " or a range" : "",
                               row.path, example_of(row)));
    return std::nullopt;
}

std::vector<Constant> arm_constants(const Value& value, Faults& faults) {
    const auto* table = value.as<Table>();
    if (table == nullptr) {
        faults.add_for("arms.n", value.place,
                       fmt::format("arms.n = {}: a table of both arms is needed, not {}. Write "
                                   "{{ treated = 75, control = 74 }}, or --n 75,74.",
                                   shown(value), type_of(value)));
        return {};
    }
    std::vector<Constant> constants;
    for (const Entry& entry : *table) {
        if (entry.key != "treated" && entry.key != "control") {
            add_unknown_key("arms.n." + entry.key, entry.place, entry.value, Vocabulary(), faults);
            continue;
        }
        constants.push_back({&arm_row(entry.key), entry.value});
    }
    return constants;
}

void add_unknown_key(const std::string& path, const Place& place, const Value& value,
                     const Vocabulary& vocabulary, Faults& faults) {
    const std::string near = faults.want_suggestions() ? vocabulary.suggested(path) : "";
    const bool is_table = value.as<Table>() != nullptr;
    const std::string given =
        is_table ? shortened(path) : fmt::format("{} = {}", shortened(path), shown(value));
    const std::string hint = near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near);
    faults.add(place, fmt::format("{} is not a known {}.{} All keys: scenarios/README.md", given,
                                  is_table ? "table" : "key", hint));
    if (!near.empty()) faults.mark(near);
}

}  // namespace rsasim::scenario
