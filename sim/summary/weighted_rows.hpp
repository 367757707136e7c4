#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/summary/cell_summary.hpp>
#include <rsasim/summary/performance.hpp>
#include <rsasim/tally/table_rows.hpp>

namespace rsasim::summary {

/// Counts come from simulation, probabilities from enumeration.
template <class Weight>
inline constexpr bool is_simulated = std::is_same_v<Weight, std::int64_t>;

/// A sum of weights: exact for counts.
template <class Weight>
using Total = std::conditional_t<is_simulated<Weight>, std::int64_t, long double>;

template <class Weight>
inline constexpr Weights weight_kind =
    is_simulated<Weight> ? Weights::counts : Weights::probabilities;

/// The tables of a cell as rows of its judgement, with their weights.
template <class Weight>
struct WeightedRows {
    std::vector<std::size_t> rows;
    std::vector<Weight> weights;         ///< of rows[i]
    std::vector<Weight> weights_by_row;  ///< of every row of the judgement, 0 where not in the cell
    Total<Weight> total = 0;             ///< of the weights
    /// What shares are of: the replicates; 1 under enumeration, where skipped tables still count.
    Total<Weight> replicates = 0;

    /// Throws std::out_of_range where a table was not judged.
    WeightedRows(const std::vector<tally::TableRow<Weight>>& tables,
                 const analysis::Judgement& judgement);
};

extern template struct WeightedRows<std::int64_t>;
extern template struct WeightedRows<double>;

/// Shares and their differences; exact, with error 0, from probabilities.
inline Figure share(std::int64_t part, std::int64_t replicates) {
    return proportion(part, replicates);
}
inline Figure share(long double part, long double replicates) {
    return {static_cast<double>(part / replicates), 0};
}
inline Figure share_difference(std::int64_t only_first, std::int64_t only_second,
                               std::int64_t replicates) {
    return paired_difference(only_first, only_second, replicates);
}
inline Figure share_difference(long double only_first, long double only_second,
                               long double replicates) {
    return {static_cast<double>((only_first - only_second) / replicates), 0};
}

/// Fills a count, which exists under simulation only.
inline void set_count(std::int64_t& count, std::int64_t total) {
    count = total;
}
inline void set_count(std::int64_t&, long double) {}

}  // namespace rsasim::summary
