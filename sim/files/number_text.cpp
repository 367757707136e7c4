#include "number_text.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rsasim::files {
namespace {

constexpr int fewest_decimals = 4;
constexpr int decimals_without_error = 6;
constexpr int most_decimals = 10;

}  // namespace

std::string shortest_text(double value) {
    return std::isnan(value) ? "" : fmt::format("{}", value);
}

std::string fixed_text(double value, int decimals) {
    if (std::isnan(value)) return "–";
    if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
    auto text = fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool is_zero = text.find_first_not_of("0.") == std::string::npos;
    return fmt::format("{}{}", value < 0 && !is_zero ? "−" : "", text);
}

std::string p_value_text(double value) {
    constexpr double smallest_fixed = 1e-4;
    if (std::isnan(value)) return "–";
    if (value == 0 || value >= smallest_fixed) return fmt::format("{:.4f}", value);
    return fmt::format("{:.1e}", value);
}

int decimals_for(double mcse) {
    if (!(mcse > 0) || std::isinf(mcse)) return decimals_without_error;
    const int decimals = static_cast<int>(std::ceil(-std::log10(mcse)));
    return std::clamp(decimals, fewest_decimals, most_decimals);
}

std::string figure_text(const summary::Figure& figure, int decimals) {
    auto text = fixed_text(figure.value, decimals);
    if (!std::isfinite(figure.value) || !(figure.mcse > 0)) return text;
    return text + " ± " + fixed_text(figure.mcse, decimals);
}

std::string count_text(std::int64_t count) {
    auto text = fmt::format("{}", count);
    const std::size_t first_digit = count < 0 ? 1 : 0;
    for (std::size_t at = text.size(); at > first_digit + 3;) {
        at -= 3;
        text.insert(text.begin() + static_cast<std::ptrdiff_t>(at), ',');
    }
    return text;
}

std::string ranges_text(const tally::ReplicateRanges& ranges) {
    constexpr std::size_t most_ranges = 4;
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < std::min(ranges.size(), most_ranges); ++i) {
        parts.push_back(
            fmt::format("{} to {}", count_text(ranges[i].first), count_text(ranges[i].last - 1)));
    }
    const auto more = ranges.size() - parts.size();
    return fmt::format("{}{}", fmt::join(parts, ", "),
                       more > 0 ? fmt::format(" and {} more ranges", more) : "");
}

}  // namespace rsasim::files
