#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include <rsasim/design/table.hpp>

namespace rsasim::tally {

/// A table and its weight: how often it was simulated (int64), or its probability (double).
template <class Weight>
struct TableRow {
    std::int32_t x_treated = 0;
    std::int32_t n_treated = 0;
    std::int32_t x_control = 0;
    std::int32_t n_control = 0;
    Weight weight = 0;

    [[nodiscard]] design::Table2x2 table() const {
        return {{x_treated, n_treated}, {x_control, n_control}};
    }
};

/// Rows sorted by (n_treated, n_control, x_treated, x_control), each table once.
using TableCounts = std::vector<TableRow<std::int64_t>>;
using TableProbabilities = std::vector<TableRow<double>>;

/// The order of the rows.
template <class Weight>
bool comes_before(const TableRow<Weight>& a, const TableRow<Weight>& b) {
    return std::tie(a.n_treated, a.n_control, a.x_treated, a.x_control) <
           std::tie(b.n_treated, b.n_control, b.x_treated, b.x_control);
}

/// Adds sorted rows to sorted rows: the union of the tables, counts summed. Any order of any number
/// of additions gives the same rows.
void add_rows(TableCounts& total, std::span<const TableRow<std::int64_t>> rows);

/// The number of trials in the rows.
std::int64_t trials_in(const TableCounts& rows);

}  // namespace rsasim::tally
