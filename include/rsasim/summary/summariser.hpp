#pragma once

#include <memory>

#include <rsasim/summary/cell_summary.hpp>

namespace rsasim::summary {

/// Summarises many cells that share a judgement. What depends on the judgement alone (which tests
/// reject, widths of intervals and their order, logarithms) is worked out once, so that a cell
/// costs a few passes over its own tables. Safe to call from many threads at once.
class Summariser {
  public:
    /// `judgement` is complete: every row judged.
    explicit Summariser(std::shared_ptr<const analysis::Judgement> judgement);

    /// Same results as the free functions. Throws std::out_of_range where a table is not in the
    /// judgement and std::logic_error where the design has another analysis plan.
    [[nodiscard]] CellSummary summarise(const design::Design& design,
                                        const tally::TableCounts& tables) const;
    [[nodiscard]] CellSummary summarise(const design::Design& design,
                                        const tally::TableProbabilities& tables) const;

  private:
    struct Prepared;
    std::shared_ptr<const analysis::Judgement> judgement_;
    std::shared_ptr<const Prepared> prepared_;

    friend CellSummary summarise(const design::Design&, const tally::TableCounts&,
                                 const analysis::Judgement&);
    friend CellSummary summarise(const design::Design&, const tally::TableProbabilities&,
                                 const analysis::Judgement&);
};

}  // namespace rsasim::summary
