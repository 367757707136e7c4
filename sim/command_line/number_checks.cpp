#include "command_line/number_checks.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <system_error>

#include <fmt/format.h>

namespace rsasim::command_line {
namespace {

template <class Number>
std::optional<Number> read_number(const std::string& text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end) return {};
    return number;
}

/// `kind` completes "... is not": "a whole number".
template <class Number>
CLI::Validator within(Number least, Number most, const std::string& kind) {
    const auto check = [=](const std::string& text) {
        const auto number = read_number<Number>(text);
        if (number && *number >= least && *number <= most) return std::string();
        return fmt::format("\"{}\" is not {} from {} to {}.", text, kind, least, most);
    };
    return CLI::Validator([check](std::string& text) { return check(text); }, "");
}

}  // namespace

CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
    return within(least, most, "a whole number");
}

CLI::Validator number_between(double least, double most) {
    return within(least, most, "a number");
}

}  // namespace rsasim::command_line
