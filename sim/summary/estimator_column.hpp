#pragma once

#include "weighted_rows.hpp"

#include <cstddef>
#include <vector>

#include <rsasim/analysis/judgement.hpp>

namespace rsasim::summary {

/// One estimator over all tables of a judgement, on the scale of analysis: log for ratios.
class EstimatorColumn {
  public:
    EstimatorColumn(const analysis::Judgement& judgement, std::size_t estimator);

    /// `truth` on the measure's own scale.
    template <class Weight>
    [[nodiscard]] EstimatorSummary summarise(const WeightedRows<Weight>& cell, double truth) const;

  private:
    bool is_ratio_;
    std::vector<double> estimates_;
    std::vector<double> standard_errors_;
};

}  // namespace rsasim::summary
