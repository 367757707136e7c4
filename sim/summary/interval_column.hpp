#pragma once

#include "weighted_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <rsasim/analysis/judgement.hpp>

namespace rsasim::summary {

/// One interval method over all tables of a judgement: the widths, and the tables ranked by width,
/// so that a cell's quantiles need no sorting.
class IntervalColumn {
  public:
    IntervalColumn(const analysis::Judgement& judgement, std::size_t interval);

    /// `truth` on the measure's own scale; NaN makes the coverage undefined at every table.
    template <class Weight>
    [[nodiscard]] IntervalSummary summarise(const WeightedRows<Weight>& cell, double truth) const;

  private:
    template <class Weight>
    class Ranking;

    const analysis::Judgement* judgement_;
    std::size_t interval_;
    bool is_ratio_;
    std::vector<double> widths_;        ///< by row; NaN without limits, infinite where unbounded
    std::vector<std::uint32_t> order_;  ///< rows that have limits, by width
    std::vector<std::uint32_t> group_;  ///< by row: rank / group_size, one past the last without
    std::size_t groups_ = 0;            ///< of the rows that have limits

    /// Ranks are totalled in groups, so that a quantile searches groups first and then one group.
    static constexpr std::size_t group_size = 64;
};

}  // namespace rsasim::summary
