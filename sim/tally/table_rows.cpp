#include <algorithm>
#include <cstddef>

#include <rsasim/tally/table_rows.hpp>

namespace rsasim::tally {
namespace {

using Row = TableRow<std::int64_t>;

/// Adds the weights of the rows whose table is in `total`; returns how many are not.
std::size_t add_known(TableCounts& total, std::span<const Row> rows) {
    std::size_t unknown = 0;
    auto place = total.begin();
    for (const Row& row : rows) {
        while (place != total.end() && comes_before(*place, row)) {
            ++place;
        }
        if (place != total.end() && !comes_before(row, *place)) {
            place->weight += row.weight;
        } else {
            ++unknown;
        }
    }
    return unknown;
}

/// Inserts the `unknown` rows whose table is not in `total`, from the back, so that every row moves
/// once and nothing is copied aside.
void insert_unknown(TableCounts& total, std::span<const Row> rows, std::size_t unknown) {
    std::size_t old = total.size();
    std::size_t place = old + unknown;
    total.resize(place);
    for (std::size_t next = rows.size(); place > old;) {
        const Row& row = rows[next - 1];
        if (old > 0 && !comes_before(total[old - 1], row)) {
            if (!comes_before(row, total[old - 1])) --next;
            total[--place] = total[--old];
        } else {
            total[--place] = row;
            --next;
        }
    }
}

}  // namespace

void add_rows(TableCounts& total, std::span<const TableRow<std::int64_t>> rows) {
    const std::size_t unknown = add_known(total, rows);
    if (unknown > 0) insert_unknown(total, rows, unknown);
}

std::int64_t trials_in(const TableCounts& rows) {
    std::int64_t sum = 0;
    for (const Row& row : rows) {
        sum += row.weight;
    }
    return sum;
}

}  // namespace rsasim::tally
