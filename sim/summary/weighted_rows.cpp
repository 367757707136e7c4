#include "weighted_rows.hpp"

#include <algorithm>
#include <stdexcept>

namespace rsasim::summary {
namespace {

/// Where `table` is in the sorted list, at or after `from`: neighbours first, then by bisection.
std::size_t find_from(std::size_t from, const std::vector<design::Table2x2>& sorted,
                      const design::Table2x2& table) {
    constexpr std::size_t neighbours = 4;
    if (from < sorted.size() && table < sorted[from]) from = 0;  // where arm sizes vary
    const std::size_t near = std::min(sorted.size(), from + neighbours);
    while (from < near && sorted[from] < table) {
        ++from;
    }
    if (from == near) {
        const auto start = sorted.begin() + static_cast<std::ptrdiff_t>(from);
        from =
            static_cast<std::size_t>(std::lower_bound(start, sorted.end(), table) - sorted.begin());
    }
    if (from == sorted.size() || sorted[from] != table) {
        throw std::out_of_range("summarise: a table of the cell was not judged");
    }
    return from;
}

}  // namespace

template <class Weight>
WeightedRows<Weight>::WeightedRows(const std::vector<tally::TableRow<Weight>>& tables,
                                   const analysis::Judgement& judgement)
    : weights_by_row(judgement.tables().size(), Weight{0}) {
    rows.reserve(tables.size());
    weights.reserve(tables.size());
    std::size_t row = 0;
    for (const auto& table : tables) {
        row = find_from(row, judgement.tables(), table.table());
        rows.push_back(row);
        weights.push_back(table.weight);
        weights_by_row[row] = table.weight;
        total += table.weight;
    }
    replicates = is_simulated<Weight> ? total : Total<Weight>{1};
}

template struct WeightedRows<std::int64_t>;
template struct WeightedRows<double>;

}  // namespace rsasim::summary
