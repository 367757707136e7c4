#include "time_limit.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {
namespace {

constexpr double minute = 60, hour = 3600, day = 86400;
constexpr double shortest = 0.001, longest = 1000 * 366 * day;

bool is_digit(char c) {
    return '0' <= c && c <= '9';
}

/// A number of digits and at most one point at the start of the text, which loses them.
std::optional<double> take_number(std::string_view& text) {
    std::size_t length = 0;
    while (length < text.size() && (is_digit(text[length]) || text[length] == '.'))
        ++length;
    double number = 0;
    const auto* const end = text.data() + length;
    const auto parsed = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    if (length == 0 || parsed.ec != std::errc() || parsed.ptr != end) return {};
    text.remove_prefix(length);
    return number;
}

std::optional<double> unit_of(char letter) {
    switch (letter) {
        case 's':
            return 1;
        case 'm':
            return minute;
        case 'h':
            return hour;
        case 'd':
            return day;
        default:
            return {};
    }
}

/// "90", "1h30m": each unit once, the larger first.
std::optional<double> seconds_of_units(std::string_view text) {
    double seconds = 0, last_unit = 2 * day;
    const bool is_bare = !text.empty() && (is_digit(text.back()) || text.back() == '.');
    if (is_bare) {
        const auto number = take_number(text);
        return text.empty() ? number : std::nullopt;
    }
    while (!text.empty()) {
        const auto number = take_number(text);
        const auto unit = text.empty() ? std::nullopt : unit_of(text.front());
        if (!number || !unit || *unit >= last_unit) return {};
        text.remove_prefix(1);
        last_unit = *unit;
        seconds += *number * *unit;
    }
    return seconds;
}

/// "MM:SS", "HH:MM:SS", "D-HH:MM:SS".
std::optional<double> seconds_of_clock(std::string_view text) {
    double days = 0;
    const auto dash = text.find('-');
    if (dash != std::string_view::npos) {
        auto before = text.substr(0, dash);
        const auto number = take_number(before);
        if (!number || !before.empty()) return {};
        days = *number;
        text.remove_prefix(dash + 1);
    }
    std::vector<double> parts;
    while (true) {
        const auto number = take_number(text);
        if (!number) return {};
        parts.push_back(*number);
        if (text.empty()) break;
        if (text.front() != ':') return {};
        text.remove_prefix(1);
    }
    const bool has_days = dash != std::string_view::npos;
    if (parts.size() > 3 || parts.size() < (has_days ? 3U : 2U)) return {};
    double seconds = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0 && parts[i] >= minute) return {};
        seconds = 60 * seconds + parts[i];
    }
    return days * day + seconds;
}

}  // namespace

std::chrono::milliseconds parse_duration(const std::string& text, const std::string& flag) {
    const bool is_clock = text.find(':') != std::string::npos;
    const auto seconds = is_clock ? seconds_of_clock(text) : seconds_of_units(text);
    if (!seconds || !(*seconds >= shortest) || *seconds > longest) {
        throw scenario::InputErrors({fmt::format(
            "{} {}: a time from 0.001 seconds to 1,000 years is needed. Give seconds without an "
            "exponent, or write 90m, 1h30m or 01:30:00.",
            flag, text)});
    }
    return std::chrono::milliseconds(std::llround(*seconds * 1000));
}

}  // namespace rsasim::commands
