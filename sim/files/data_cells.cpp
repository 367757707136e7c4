#include "data_cells.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace rsasim::files {
namespace {

std::string_view trimmed(std::string_view cell) {
    while (cell.starts_with(' '))
        cell.remove_prefix(1);
    while (cell.ends_with(' '))
        cell.remove_suffix(1);
    return cell;
}

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

bool is_missing(std::string_view cell) {
    constexpr std::array<std::string_view, 6> codes{"", ".", "na", "n/a", "nan", "null"};
    std::string word(trimmed(cell));
    std::ranges::transform(word, word.begin(), lower);
    return std::ranges::find(codes, word) != codes.end();
}

std::optional<double> number_in(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.starts_with('+')) cell.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

bool has_decimal_comma(std::string_view cell) {
    std::string pointed(trimmed(cell));
    if (std::ranges::count(pointed, ',') != 1) return false;
    *std::ranges::find(pointed, ',') = '.';
    return number_in(pointed).has_value();
}

bool sorts_before(const std::string& a, const std::string& b) {
    const auto left = number_in(a), right = number_in(b);
    if (left && right && *left != *right) return *left < *right;
    if (left.has_value() != right.has_value()) return left.has_value();
    return a < b;
}

}  // namespace rsasim::files
