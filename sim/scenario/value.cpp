#include "value.hpp"

#include <fmt/format.h>

#include <rsasim/design/design.hpp>

namespace rsasim::scenario {
namespace {

bool is_bare_key(std::string_view key) {
    constexpr std::string_view bare =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return !key.empty() && key.find_first_not_of(bare) == std::string_view::npos;
}

struct ToToml {
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
    std::string operator()(double number) const { return number_text(number); }
    std::string operator()(const std::string& text) const { return quoted(text); }
    std::string operator()(const Array& array) const {
        std::string text;
        for (const Value& element : array) {
            text += (text.empty() ? "" : ", ") + to_toml(element);
        }
        return "[" + text + "]";
    }
    std::string operator()(const Table& table) const {
        std::string text;
        for (const Entry& entry : table) {
            text += text.empty() ? "" : ", ";
            text += is_bare_key(entry.key) ? entry.key : quoted(entry.key);
            text += " = " + to_toml(entry.value);
        }
        return text.empty() ? "{}" : "{ " + text + " }";
    }
    std::string operator()(DateOrTime) const { return "a date or time"; }
};

struct TypeOf {
    std::string_view operator()(bool) const { return "true or false"; }
    std::string_view operator()(std::int64_t) const { return "a whole number"; }
    std::string_view operator()(double) const { return "a number with a fraction"; }
    std::string_view operator()(const std::string&) const { return "a string"; }
    std::string_view operator()(const Array&) const { return "a list"; }
    std::string_view operator()(const Table&) const { return "a table"; }
    std::string_view operator()(DateOrTime) const { return "a date or time"; }
};

}  // namespace

std::string to_toml(const Value& value) {
    return std::visit(ToToml{}, value.data);
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            result += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string number_text(double number) {
    std::string text = design::canonical_decimal(number);
    const bool is_whole = text.find_first_not_of("-0123456789") == std::string::npos;
    return is_whole ? text + ".0" : text;
}

std::string shortened(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    std::size_t end = most;
    // Bytes 10xxxxxx continue a UTF-8 character.
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end)) + "...";
}

std::string shown(const Value& value) {
    return shortened(to_toml(value));
}

std::string_view type_of(const Value& value) {
    return std::visit(TypeOf{}, value.data);
}

}  // namespace rsasim::scenario
