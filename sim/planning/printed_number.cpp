#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/planning/printed_number.hpp>

namespace rsasim::planning {
namespace {

constexpr std::size_t most_digits = 15;

/// Of the last digit: numbers nearer than this to a half lie on it, or nearer than this share of
/// themselves, a few roundings of a double.
constexpr double half_slack = 1e-9;
constexpr double relative_half_slack = 1e-15;

double power_of_ten(int exponent) {
    double power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

/// Takes a prefix off the text, if it is there.
bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

void trim(std::string_view& text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
}

Relation take_relation(std::string_view& text) {
    for (const auto* sign : {"<=", "≤", "<"}) {
        if (take(text, sign)) return Relation::below;
    }
    for (const auto* sign : {">=", "≥", ">"}) {
        if (take(text, sign)) return Relation::above;
    }
    take(text, "=");
    return Relation::rounded;
}

/// Digits with at most one decimal point, raised or not. False where there is anything else.
bool take_digits(std::string_view text, PrintedNumber& number) {
    bool has_point = false;
    std::size_t digits = 0;
    while (!text.empty()) {
        if (!has_point && (take(text, ".") || take(text, "·"))) {
            has_point = true;
            continue;
        }
        if (text.front() < '0' || text.front() > '9' || ++digits > most_digits) return false;
        number.digits = 10 * number.digits + (text.front() - '0');
        number.decimals += has_point ? 1 : 0;
        text.remove_prefix(1);
    }
    return digits > 0;
}

/// The number without its sign in units of the figure's last digit.
double in_last_digits(const PrintedNumber& printed, double value) {
    return std::abs(value) * (printed.is_percent ? 100 : 1) * power_of_ten(printed.decimals);
}

struct BothRoundings {
    double half_up;
    double half_even;
};

BothRoundings round_both(double magnitude) {
    const double below = std::floor(magnitude), rest = magnitude - below;
    if (std::abs(rest - 0.5) <= std::max(half_slack, relative_half_slack * magnitude)) {
        return {below + 1, std::fmod(below, 2) == 0 ? below : below + 1};
    }
    const double nearest = rest < 0.5 ? below : below + 1;
    return {nearest, nearest};
}

/// Where one text ends and the other begins: the separator's place and length.
std::pair<std::size_t, std::size_t> find_separator(std::string_view text) {
    for (const std::string_view separator : {",", ";", " to ", "–", "—"}) {
        const auto place = text.find(separator);
        if (place != std::string_view::npos) return {place, separator.size()};
    }
    for (std::size_t i = 1; i < text.size(); ++i) {
        const bool is_after_figure = text[i - 1] != ' ' && text[i - 1] != '-';
        if (text[i] == '-' && is_after_figure) return {i, 1};
    }
    return {std::string_view::npos, 0};
}

}  // namespace

double PrintedNumber::value() const {
    if (is_infinite) return analysis::infinity;
    return static_cast<double>(digits) / power_of_ten(decimals) / (is_percent ? 100 : 1);
}

std::optional<PrintedNumber> read_printed_number(std::string_view text) {
    trim(text);
    PrintedNumber number;
    number.text = std::string(text);
    number.relation = take_relation(text);
    trim(text);
    if (text == "inf" || text == "Inf" || text == "∞") {
        if (number.relation != Relation::rounded) return std::nullopt;
        number.is_infinite = true;
        return number;
    }
    const bool is_negative = take(text, "-") || take(text, "−");
    if (!is_negative) take(text, "+");
    if (text.ends_with('%')) {
        number.is_percent = true;
        text.remove_suffix(1);
        trim(text);
    }
    if (!take_digits(text, number)) return std::nullopt;
    if (is_negative) number.digits = -number.digits;
    return number;
}

Agreement agreement_of(const PrintedNumber& printed, double value) {
    if (std::isnan(value)) return Agreement::none;
    const auto all_or_none = [](bool agrees) {
        return agrees ? Agreement::always : Agreement::none;
    };
    if (printed.relation == Relation::below) return all_or_none(value < printed.value());
    if (printed.relation == Relation::above) return all_or_none(value > printed.value());
    if (printed.is_infinite || std::isinf(value)) return all_or_none(value == printed.value());
    const auto [half_up, half_even] = round_both(in_last_digits(printed, value));
    const double sign = value < 0 ? -1 : 1;
    const auto wanted = static_cast<double>(printed.digits);
    const bool is_up = sign * half_up == wanted, is_even = sign * half_even == wanted;
    if (is_up && is_even) return Agreement::always;
    if (is_up) return Agreement::half_up;
    return is_even ? Agreement::half_even : Agreement::none;
}

double digits_off(const PrintedNumber& printed, double value) {
    if (std::isnan(value)) return analysis::infinity;
    if (agreement_of(printed, value) != Agreement::none) return 0;
    if (printed.is_infinite || std::isinf(value)) return analysis::infinity;
    return in_last_digits(printed, value - printed.value());
}

std::string printed_like(const PrintedNumber& printed, double value) {
    if (std::isnan(value)) return "none";
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    const double shown = value * (printed.is_percent ? 100 : 1);
    return fmt::format("{:.{}f}{}", rounded_to(shown, printed.decimals) + 0.0, printed.decimals,
                       printed.is_percent ? "%" : "");
}

double rounded_to(double value, int decimals) {
    const double scale = power_of_ten(decimals);
    return std::copysign(round_both(std::abs(value) * scale).half_up / scale, value);
}

std::optional<PrintedInterval> read_printed_interval(std::string_view text) {
    trim(text);
    const bool is_in_brackets = text.size() > 1 && (text.front() == '(' || text.front() == '[') &&
                                (text.back() == ')' || text.back() == ']');
    if (is_in_brackets) text = text.substr(1, text.size() - 2);
    const auto [place, length] = find_separator(text);
    if (place == std::string_view::npos) return std::nullopt;
    auto lower = read_printed_number(text.substr(0, place));
    auto upper = read_printed_number(text.substr(place + length));
    if (!lower || !upper) return std::nullopt;
    return PrintedInterval{std::move(*lower), std::move(*upper)};
}

}  // namespace rsasim::planning
