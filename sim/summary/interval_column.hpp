#pragma once

#include "ranked_values.hpp"
#include "weighted_rows.hpp"

#include <cstddef>
#include <vector>

#include <rsasim/analysis/judgement.hpp>

namespace rsasim::summary {

/// One interval method over all tables of a judgement, with the widths of its intervals.
class IntervalColumn {
  public:
    /// `judgement` must outlive the column.
    IntervalColumn(const analysis::Judgement& judgement, std::size_t interval);

    /// `truth` on the measure's own scale; NaN makes the coverage undefined at every table.
    template <class Weight>
    [[nodiscard]] IntervalSummary summarise(const WeightedRows<Weight>& cell, double truth) const;

  private:
    template <class Weight>
    void add_coverage(IntervalSummary& summary, const WeightedRows<Weight>& cell) const;
    template <class Weight>
    void add_widths(IntervalSummary& summary, const WeightedRows<Weight>& cell) const;

    const analysis::Judgement* judgement_;
    std::size_t interval_;
    bool is_ratio_;
    std::vector<double> widths_;  ///< by row; NaN without limits, infinite where unbounded
    RankedValues ranked_widths_;
};

}  // namespace rsasim::summary
