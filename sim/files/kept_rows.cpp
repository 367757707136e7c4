#include "kept_rows.hpp"

#include "data_cells.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rsasim::files {
namespace {

using design::lanes;

constexpr std::size_t most_values_shown = 6;

bool holds(double left, const std::string& comparison, double right) {
    if (comparison == ">") return left > right;
    if (comparison == ">=") return left >= right;
    if (comparison == "<") return left < right;
    if (comparison == "<=") return left <= right;
    return left == right;
}

}  // namespace

std::string KeptRows::place(std::size_t woman, std::size_t column) const {
    return fmt::format("{}:{}: {} = \"{}\"", table_->path, table_->lines[rows_[woman]],
                       table_->names[column], cell(woman, column));
}

std::vector<std::string> KeptRows::values_of(std::size_t column) const {
    std::vector<std::string> values;
    for (std::size_t woman = 0; woman < women(); ++woman)
        values.push_back(cell(woman, column));
    std::ranges::sort(values, sorts_before);
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

std::optional<std::size_t> KeptRows::first_text(std::size_t column) const {
    std::optional<std::size_t> first;
    for (std::size_t woman = 0; woman < women(); ++woman) {
        const std::string& value = cell(woman, column);
        if (has_decimal_comma(value)) return woman;
        if (!first && !number_in(value)) first = woman;
    }
    return first;
}

bool KeptRows::has_numbers(std::size_t column) const {
    for (std::size_t woman = 0; woman < women(); ++woman) {
        const std::string& value = cell(woman, column);
        if (number_in(value) || has_decimal_comma(value)) return true;
    }
    return false;
}

std::string KeptRows::no_number(std::size_t woman, std::size_t column,
                                const std::string& otherwise) const {
    const std::string why =
        has_decimal_comma(cell(woman, column))
            ? "numbers have a decimal point and no comma. Write it so"
            : fmt::format(
                  "beside numbers a column has only the codes of missing values ({}). "
                  "Correct the value",
                  missing_codes);
    return fmt::format("{}: {}{}.", place(woman, column), why, otherwise);
}

design::Column KeptRows::numbers_of(std::size_t column, std::vector<std::string>& faults) const {
    auto numbers = empty_column();
    if (const auto woman = first_text(column)) {
        faults.push_back(no_number(*woman, column, ""));
        return numbers;
    }
    for (std::size_t woman = 0; woman < women(); ++woman)
        numbers[woman * lanes] = *number_in(cell(woman, column));
    return numbers;
}

design::Column KeptRows::level_of(const FeatureOfData& feature,
                                  std::vector<std::string>& faults) const {
    auto numbers = empty_column();
    const auto values = values_of(feature.column);
    if (std::ranges::count(values, feature.value) == 0) {
        const auto shown = static_cast<std::ptrdiff_t>(std::min(values.size(), most_values_shown));
        faults.push_back(fmt::format(
            "{}: --interaction {} = {}: no analysed woman has this level. Choose from {}{}.",
            table_->path, table_->names[feature.column], feature.value,
            fmt::join(values.begin(), values.begin() + shown, ", "),
            values.size() > most_values_shown ? ", …" : ""));
    }
    for (std::size_t woman = 0; woman < women(); ++woman)
        numbers[woman * lanes] = cell(woman, feature.column) == feature.value ? 1 : 0;
    return numbers;
}

design::Column KeptRows::feature_of(const FeatureOfData& feature,
                                    std::vector<std::string>& faults) const {
    if (feature.comparison.empty()) return numbers_of(feature.column, faults);
    const auto right = number_in(feature.value);
    if (!right) {
        if (feature.comparison == "=") return level_of(feature, faults);
        faults.push_back(
            fmt::format("{}: --interaction {} {} {}: a comparison needs a number on "
                        "its right. Write: {} {} 35.",
                        table_->path, table_->names[feature.column], feature.comparison,
                        feature.value, table_->names[feature.column], feature.comparison));
        return empty_column();
    }
    auto numbers = numbers_of(feature.column, faults);
    for (std::size_t woman = 0; woman < women(); ++woman) {
        double& number = numbers[woman * lanes];
        number = holds(number, feature.comparison, *right) ? 1 : 0;
    }
    return numbers;
}

}  // namespace rsasim::files
