#include "dataset.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

namespace rsasim::report {
namespace {

void place_cell(Json& row, std::size_t cell, const std::vector<files::ShownAxis>& axes) {
    for (std::size_t axis = axes.size(); axis-- > 0;) {
        const auto& values = axes[axis].values;
        const auto place = cell % values.size();
        row[fmt::format("i{}", axis)] = place;
        std::visit([&](const auto& value) { row[fmt::format("a{}", axis)] = value; },
                   values[place]);
        cell /= values.size();
    }
}

}  // namespace

Json rounded(double value, int digits) {
    if (!std::isfinite(value)) return nullptr;
    const auto text = fmt::format("{:.{}g}", value, digits);
    double nearest = value;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), nearest);
    return read.ec == std::errc() ? nearest : value;
}

Dataset::Dataset(const std::vector<Heading>& headings) {
    for (const auto& heading : headings)
        columns_.push_back({heading, {}, {}, {}});
}

void Dataset::add(const std::vector<Json>& row) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        auto& column = columns_[i];
        if (!column.heading.is_text) {
            column.values.push_back(row.at(i));
            continue;
        }
        const auto text = row.at(i).get<std::string>();
        const auto [entry, is_new] = column.places.emplace(text, column.dictionary.size());
        if (is_new) column.dictionary.push_back(text);
        column.values.emplace_back(entry->second);
    }
    ++rows_;
}

Json Dataset::columns() const {
    Json columns = Json::array();
    for (const auto& column : columns_) {
        Json one{{"name", column.heading.name}, {"title", column.heading.title}};
        if (column.heading.is_text) one["dictionary"] = column.dictionary;
        one["values"] = column.values;
        columns.push_back(std::move(one));
    }
    return columns;
}

Json Dataset::rows(const std::vector<files::ShownAxis>& axes) const {
    Json rows = Json::array();
    for (std::size_t r = 0; r < rows_; ++r) {
        Json row = Json::object();
        for (const auto& column : columns_) {
            const auto& value = column.values[r];
            if (column.heading.is_text) {
                row[column.heading.name] = column.dictionary[value.get<std::size_t>()];
            } else {
                row[column.heading.name] = value;
            }
            if (column.heading.name == "cell") place_cell(row, value.get<std::size_t>(), axes);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<std::string> Dataset::texts(const std::string& name) const {
    return column(name).dictionary;
}

std::vector<std::int64_t> Dataset::integers(const std::string& name) const {
    std::set<std::int64_t> numbers;
    for (const auto& value : column(name).values)
        numbers.insert(value.get<std::int64_t>());
    return {numbers.begin(), numbers.end()};
}

const Dataset::Column& Dataset::column(const std::string& name) const {
    const auto found =
        std::ranges::find(columns_, name, [](const Column& column) { return column.heading.name; });
    if (found == columns_.end()) throw std::logic_error("no column is called " + name);
    return *found;
}

}  // namespace rsasim::report
