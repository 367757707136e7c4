#include "flag_text.hpp"

#include "toml_reader.hpp"

#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <system_error>

namespace rsasim::scenario {
namespace {

/// TOML allows 1_000_000 and +1; the digits on both sides of a _ are required there and here.
std::optional<std::string> plain_number(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.starts_with('+')) text.remove_prefix(1);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_') {
            plain += text[i];
        } else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) ||
                   !is_digit(text[i + 1])) {
            return std::nullopt;
        }
    }
    return plain;
}

Value scalar(std::string_view text, const Place& place) {
    if (const auto plain = plain_number(text); plain && !plain->empty()) {
        const char* const first = plain->data();
        const char* const last = first + plain->size();
        std::int64_t whole = 0;
        const auto as_whole = std::from_chars(first, last, whole);
        if (as_whole.ec == std::errc{} && as_whole.ptr == last) return {place, whole};
        double number = 0;
        const auto as_number = std::from_chars(first, last, number);
        if (as_number.ptr == last) {
            if (as_number.ec == std::errc{}) return {place, number};
            if (as_number.ec == std::errc::result_out_of_range) {
                return {place, std::numeric_limits<double>::infinity()};
            }
        }
    }
    return {place, std::string(text)};
}

Value list_of_scalars(std::string_view text, const Place& place) {
    Array list;
    for (const std::string_view part : split_at_commas(text))
        list.push_back(scalar(part, place));
    return {place, std::move(list)};
}

Value list_of_texts(std::string_view text, const Place& place) {
    Array list;
    for (const std::string_view part : split_at_commas(text))
        list.push_back({place, std::string(part)});
    return {place, std::move(list)};
}

/// "75,74" as a table; anything else as it is.
Value arm_table(std::string_view text, const Place& place) {
    const auto parts = split_at_commas(text);
    if (parts.size() != 2) return scalar(text, place);
    return {place, Table{{"treated", place, scalar(parts[0], place)},
                         {"control", place, scalar(parts[1], place)}}};
}

Value number_or_sweep(std::string_view text, const Place& place) {
    if (text.find(',') != std::string_view::npos) return list_of_scalars(text, place);
    const auto first = text.find(':');
    if (first == std::string_view::npos) return scalar(text, place);
    const auto second = text.find(':', first + 1);
    if (second == std::string_view::npos) return scalar(text, place);
    const auto part = [&](std::size_t from, std::size_t to) {
        return scalar(trimmed(text.substr(from, to - from)), place);
    };
    return {place, Table{{"from", place, part(0, first)},
                         {"to", place, part(first + 1, second)},
                         {"step", place, part(second + 1, text.size())}}};
}

Value plain_value(const KeyRow& row, std::string_view text, const Place& place) {
    switch (row.kind) {
        case Kind::whole:
        case Kind::number:
            return number_or_sweep(text, place);
        case Kind::arms:
            return arm_table(text, place);
        case Kind::ratio:
        case Kind::numbers:
        case Kind::wholes:
            return list_of_scalars(text, place);
        case Kind::truth:
            if (text == "true") return {place, true};
            if (text == "false") return {place, false};
            break;
        case Kind::tests:
        case Kind::intervals:
        case Kind::pairs:
        case Kind::texts:
        case Kind::sets:
            return list_of_texts(text, place);
        case Kind::choice:
            if (row.sweep == Sweep::allowed && text.find(',') != std::string_view::npos) {
                return list_of_texts(text, place);
            }
            break;
        case Kind::text:
            break;
    }
    return {place, std::string(text)};
}

/// Whether the text looks like TOML that a key of this kind takes.
bool may_be_toml(const KeyRow& row, std::string_view text) {
    const bool is_swept_word = row.kind == Kind::choice && row.sweep == Sweep::allowed;
    const bool is_word = (row.kind == Kind::text || row.kind == Kind::choice) && !is_swept_word;
    const std::string_view starts = is_word ? "\"'" : "\"'[{";
    return !text.empty() && starts.find(text.front()) != std::string_view::npos;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split_at_commas(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '[') ++depth;
        if (text[i] == ']') --depth;
        if (text[i] != ',' || depth > 0) continue;
        parts.push_back(trimmed(text.substr(start, i - start)));
        start = i + 1;
    }
    parts.push_back(trimmed(text.substr(start)));
    return parts;
}

Value value_from_text(const KeyRow& row, std::string_view text, const Place& place) {
    text = trimmed(text);
    if (may_be_toml(row, text)) {
        if (auto value = read_toml_value(text, place)) return *std::move(value);
    }
    return plain_value(row, text, place);
}

}  // namespace rsasim::scenario
