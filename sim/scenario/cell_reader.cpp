#include "cell_reader.hpp"

#include <utility>

#include <fmt/format.h>

namespace rsasim::scenario {

const Value* CellReader::find(std::string_view path) const {
    const auto column = values_.column(path);
    return column.is_set() ? &column.at(cell_) : nullptr;
}

std::optional<double> CellReader::number(std::string_view path) const {
    const Value* value = find(path);
    return value == nullptr ? std::nullopt : std::optional(std::get<double>(value->data));
}

std::optional<std::int64_t> CellReader::whole(std::string_view path) const {
    const Value* value = find(path);
    return value == nullptr ? std::nullopt : std::optional(std::get<std::int64_t>(value->data));
}

std::string CellReader::text(std::string_view path) const {
    const Value* value = find(path);
    return value == nullptr ? std::string() : std::get<std::string>(value->data);
}

std::vector<double> CellReader::numbers(std::string_view path) const {
    std::vector<double> list;
    const Value* value = find(path);
    if (value == nullptr) return list;
    for (const Value& element : std::get<Array>(value->data))
        list.push_back(std::get<double>(element.data));
    return list;
}

std::vector<std::string> CellReader::texts(std::string_view path) const {
    std::vector<std::string> list;
    const Value* value = find(path);
    if (value == nullptr) return list;
    for (const Value& element : std::get<Array>(value->data))
        list.push_back(std::get<std::string>(element.data));
    return list;
}

void CellReader::fault(std::string_view path, std::string_view message) const {
    const Value& value = *find(path);
    fault_at(value.place, fmt::format("{} = {}: {}", path, shown(value), message));
}

void CellReader::fault(std::string_view path, std::size_t index, std::string_view message) const {
    const Value& element = std::get<Array>(find(path)->data)[index];
    fault_at(element.place, fmt::format("{}[{}] = {}: {}", path, index, shown(element), message));
}

void CellReader::fault_at(const Place& place, std::string message) const {
    faults_.add(cell_, place, std::move(message));
}

}  // namespace rsasim::scenario
