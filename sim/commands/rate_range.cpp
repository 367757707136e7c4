#include "rate_range.hpp"

#include <charconv>

#include <fmt/format.h>

namespace rsasim::commands {

std::optional<double> number_in(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<planning::RateRange> rate_range_in(std::string_view text) {
    const auto colon = text.find(':');
    const auto lowest = number_in(text.substr(0, colon));
    const auto highest = colon == text.npos ? lowest : number_in(text.substr(colon + 1));
    const bool is_range = lowest && highest && 0 <= *lowest && *lowest <= *highest && *highest <= 1;
    return is_range ? std::optional(planning::RateRange{*lowest, *highest}) : std::nullopt;
}

std::string rate_range_fault(std::string_view flag, std::string_view text) {
    return fmt::format(
        "{} {}: is not a range of control rates. Write two numbers from 0 to 1, the smaller "
        "first: 0.2:0.8.",
        flag, text);
}

}  // namespace rsasim::commands
