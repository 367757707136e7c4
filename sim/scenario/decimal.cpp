#include "decimal.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include <rsasim/design/design.hpp>

namespace rsasim::scenario {
namespace {

/// `units` in steps of 10^exponent, which is no larger than the decimal's own exponent.
std::optional<std::int64_t> units_at(const Decimal& decimal, int exponent) {
    if (decimal.units == 0) return 0;
    std::int64_t units = decimal.units;
    for (int e = decimal.exponent; e > exponent; --e) {
        if (__builtin_mul_overflow(units, std::int64_t{10}, &units)) return std::nullopt;
    }
    // The difference of two such numbers fits into 64 bits.
    constexpr std::int64_t bound = std::int64_t{1} << 62;
    if (units <= -bound || units >= bound) return std::nullopt;
    return units;
}

int finest_exponent(const Decimal& from, const Decimal& to, const Decimal& step) {
    int finest = std::numeric_limits<int>::max();
    for (const Decimal* decimal : {&from, &to, &step}) {
        if (decimal->units != 0) finest = std::min(finest, decimal->exponent);
    }
    return finest;
}

std::string text_of(const Decimal& decimal) {
    return design::canonical_decimal(double_of(decimal));
}

}  // namespace

Decimal decimal_of(double finite) {
    char buffer[32];
    const auto written =
        std::to_chars(std::begin(buffer), std::end(buffer), finite, std::chars_format::scientific);
    Decimal decimal;
    bool is_negative = false;
    bool is_fraction = false;
    const char* at = std::begin(buffer);
    for (; at != written.ptr && *at != 'e'; ++at) {
        if (*at == '-') {
            is_negative = true;
        } else if (*at == '.') {
            is_fraction = true;
        } else {
            decimal.units = decimal.units * 10 + (*at - '0');
            if (is_fraction) --decimal.exponent;
        }
    }
    int power = 0;
    at += at + 1 < written.ptr && at[1] == '+' ? 2 : 1;
    std::from_chars(at, static_cast<const char*>(written.ptr), power);
    decimal.exponent += power;
    if (is_negative) decimal.units = -decimal.units;
    return decimal;
}

double double_of(const Decimal& decimal) {
    const std::string text = fmt::format("{}e{}", decimal.units, decimal.exponent);
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::variant<std::vector<Decimal>, std::string> decimal_range(const Decimal& from,
                                                              const Decimal& to,
                                                              const Decimal& step) {
    if (step.units == 0) return "the step is 0. Give a step that leads from the start to the end.";
    const int exponent = finest_exponent(from, to, step);
    const auto first = units_at(from, exponent);
    const auto last = units_at(to, exponent);
    const auto stride = units_at(step, exponent);
    if (!first || !last || !stride) {
        return "the numbers of the range are too far apart in size. List the values instead.";
    }
    const std::int64_t span = *last - *first;
    if ((span > 0 && *stride < 0) || (span < 0 && *stride > 0)) {
        return "the step leads away from the end. Change its sign.";
    }
    const std::int64_t steps = span / *stride;
    if (steps >= most_cells) {
        return fmt::format("the range has more than {} values. Choose a larger step.", most_cells);
    }
    const Decimal reached{*first + steps * *stride, exponent};
    if (reached.units != *last) {
        return fmt::format("the steps end at {} and do not hit {}. End at {} or change the step.",
                           text_of(reached), text_of(to), text_of(reached));
    }
    std::vector<Decimal> values;
    values.reserve(static_cast<std::size_t>(steps) + 1);
    for (std::int64_t i = 0; i <= steps; ++i)
        values.push_back({*first + i * *stride, exponent});
    return values;
}

}  // namespace rsasim::scenario
