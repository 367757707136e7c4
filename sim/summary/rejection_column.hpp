#pragma once

#include "ranked_values.hpp"
#include "weighted_rows.hpp"

#include <cstddef>
#include <vector>

#include <rsasim/analysis/judgement.hpp>

namespace rsasim::summary {

/// The sample log odds ratio of every row of a judgement: infinite with a zero cell, NaN without
/// events or without non-events.
std::vector<double> log_odds_ratios(const analysis::Judgement& judgement);

/// One test over all tables of a judgement: what is true of the trials that it rejects.
class RejectionColumn {
  public:
    /// `estimates` must outlive it.
    RejectionColumn(const analysis::Judgement& judgement, std::size_t test,
                    const std::vector<double>& estimates);

    /// Fills what TestSummary says about the replicates that reject.
    template <class Weight>
    void summarise(const WeightedRows<Weight>& cell, const design::Design& design,
                   TestSummary& summary) const;

  private:
    template <class Weight>
    void add_estimates(const WeightedRows<Weight>& cell, const design::Design& design,
                       TestSummary& summary) const;
    template <class Weight>
    void add_fragility(const WeightedRows<Weight>& cell, TestSummary& summary) const;

    const analysis::Judgement& judgement_;
    std::size_t test_;
    const std::vector<double>& estimates_;
    std::vector<double> fragility_;
    RankedValues ranked_fragility_;
};

}  // namespace rsasim::summary
