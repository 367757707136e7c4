#include "union_of_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace rsasim::engine {
namespace {

using design::Table2x2;
using Lists = std::vector<const std::vector<Table2x2>*>;

/// Largest array of marks, in bytes; beyond it the lists are put together and sorted.
constexpr std::uint64_t largest_marks = std::uint64_t{1} << 24;

/// The rectangle of (treated, control) events that holds all tables.
struct Bounds {
    std::int64_t treated_low = std::numeric_limits<std::int64_t>::max();
    std::int64_t treated_high = -1;
    std::int64_t control_low = std::numeric_limits<std::int64_t>::max();
    std::int64_t control_high = -1;

    explicit Bounds(const Lists& lists) {
        const Table2x2* first = nullptr;
        for (const auto* list : lists) {
            for (const Table2x2& table : *list) {
                if (first == nullptr) first = &table;
                have_one_size = have_one_size && table.treated.n == first->treated.n &&
                                table.control.n == first->control.n;
                treated_low = std::min(treated_low, table.treated.events);
                treated_high = std::max(treated_high, table.treated.events);
                control_low = std::min(control_low, table.control.events);
                control_high = std::max(control_high, table.control.events);
            }
        }
    }
    bool have_one_size = true;  ///< of the arms

    [[nodiscard]] bool is_empty() const { return treated_high < 0; }
    [[nodiscard]] std::uint64_t width() const {
        return static_cast<std::uint64_t>(control_high - control_low + 1);
    }
    [[nodiscard]] std::uint64_t area() const {
        return static_cast<std::uint64_t>(treated_high - treated_low + 1) * width();
    }
    [[nodiscard]] std::uint64_t place_of(const Table2x2& table) const {
        return static_cast<std::uint64_t>(table.treated.events - treated_low) * width() +
               static_cast<std::uint64_t>(table.control.events - control_low);
    }
};

std::vector<Table2x2> by_marks(const Lists& lists, const Bounds& bounds) {
    std::vector<std::uint8_t> is_there(bounds.area());
    for (const auto* list : lists) {
        for (const Table2x2& table : *list) {
            is_there[bounds.place_of(table)] = 1;
        }
    }
    const auto non_empty =
        std::find_if(lists.begin(), lists.end(), [](const auto* list) { return !list->empty(); });
    Table2x2 table = (*non_empty)->front();
    std::vector<Table2x2> tables;
    std::size_t place = 0;
    for (std::int64_t treated = bounds.treated_low; treated <= bounds.treated_high; ++treated) {
        for (std::int64_t control = bounds.control_low; control <= bounds.control_high; ++control) {
            table.treated.events = treated;
            table.control.events = control;
            if (is_there[place++] != 0) tables.push_back(table);
        }
    }
    return tables;
}

std::vector<Table2x2> by_sorting(const Lists& lists) {
    std::vector<Table2x2> tables;
    for (const auto* list : lists) {
        tables.insert(tables.end(), list->begin(), list->end());
    }
    std::sort(tables.begin(), tables.end());
    tables.erase(std::unique(tables.begin(), tables.end()), tables.end());
    return tables;
}

}  // namespace

std::vector<Table2x2> union_of_tables(const Lists& lists) {
    if (lists.size() == 1) return *lists.front();
    const Bounds bounds(lists);
    if (bounds.is_empty()) return {};
    return bounds.have_one_size && bounds.area() <= largest_marks ? by_marks(lists, bounds)
                                                                  : by_sorting(lists);
}

}  // namespace rsasim::engine
