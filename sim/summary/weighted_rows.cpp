#include "weighted_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace rsasim::summary {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Where `table` is in the sorted list, at or after `from`: neighbours first, then by bisection.
std::size_t find_from(std::size_t from, const std::vector<design::Table2x2>& sorted,
                      const design::Table2x2& table) {
    constexpr std::size_t neighbours = 4;
    const std::size_t near = std::min(sorted.size(), from + neighbours);
    while (from < near && sorted[from] < table)
        ++from;
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

double as_double(std::int64_t count) {
    return static_cast<double>(count);
}

/// Standard error of a mean with this variance per replicate; one replicate shows no variation.
double error_of_mean(double variance, double n) {
    return n > 1 ? std::sqrt(std::max(variance, 0.0) / n) : undefined;
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

Figure share(std::int64_t part, std::int64_t replicates) {
    if (replicates == 0) return {};
    const double n = as_double(replicates);
    const double p = as_double(part) / n;
    const double q = as_double(replicates - part) / n;
    return {p, error_of_mean(p * q, n)};
}

Figure share(long double part, long double replicates) {
    return {static_cast<double>(part / replicates), 0};
}

Figure paired_difference(std::int64_t only_first, std::int64_t only_second,
                         std::int64_t replicates) {
    if (replicates == 0) return {};
    const double n = as_double(replicates);
    const double discordant = as_double(only_first + only_second) / n;
    const double difference = as_double(only_first - only_second) / n;
    return {difference, error_of_mean(discordant - difference * difference, n)};
}

Figure paired_difference(long double only_first, long double only_second, long double replicates) {
    return {static_cast<double>((only_first - only_second) / replicates), 0};
}

}  // namespace rsasim::summary
