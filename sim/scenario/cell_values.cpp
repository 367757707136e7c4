#include "cell_values.hpp"

#include "decimal.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rsasim::scenario {
namespace {

std::string_view short_name(const KeyRow& row) {
    return row.axis_name.empty() ? row.last_part() : row.axis_name;
}

}  // namespace

std::optional<std::int64_t> cell_count(const Settings& settings) {
    std::int64_t count = 1;
    for (const SteppedAxis& axis : settings.axes()) {
        // Neither factor is above most_cells here, so the product fits into 64 bits.
        if (static_cast<std::int64_t>(axis.size()) > most_cells) return std::nullopt;
        count *= static_cast<std::int64_t>(axis.size());
        if (count > most_cells) return std::nullopt;
    }
    return count;
}

CellValues::CellValues(const Settings& settings) : settings_(&settings) {
    for (const SteppedAxis& axis : settings.axes())
        cells_ *= axis.size();
}

CellValues::Column CellValues::column(std::string_view path) const {
    Column column;
    if (const Value* value = settings_->constant(path)) {
        column.values_ = value;
        return column;
    }
    std::size_t stride = cells_;
    for (const SteppedAxis& axis : settings_->axes()) {
        stride /= axis.size();
        for (const SteppedKey& key : axis.keys) {
            if (key.row->path != path) continue;
            column.values_ = key.values.data();
            column.length_ = key.values.size();
            column.stride_ = stride;
        }
    }
    return column;
}

std::string CellValues::describe(std::size_t cell) const {
    std::string text;
    for (const SteppedAxis& axis : settings_->axes()) {
        for (const SteppedKey& key : axis.keys) {
            text +=
                fmt::format("{} {} = {}", text.empty() ? fmt::format("cell {}:", cell) : ",",
                            axis_name(*key.row, *settings_), shown(column(key.row->path).at(cell)));
        }
    }
    return text;
}

std::string axis_name(const KeyRow& row, const Settings& settings) {
    int same = 0;
    for (const SteppedAxis& axis : settings.axes()) {
        for (const SteppedKey& key : axis.keys) {
            if (short_name(*key.row) == short_name(row)) ++same;
        }
    }
    if (same < 2) return std::string(short_name(row));
    std::string whole(row.path);
    std::ranges::replace(whole, '.', '_');
    return whole;
}

}  // namespace rsasim::scenario
