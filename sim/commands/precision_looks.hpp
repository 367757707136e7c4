#pragma once

#include <cstdint>
#include <vector>

#include <rsasim/engine/simulate.hpp>
#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::commands {

/// Which replicates a run simulates until every power and coverage of each cell has the precision
/// of the scenario. A cell is looked at when it has exactly its first R replicates, R one of
/// summary::look_from or the cell's cap; it stops there or gets more. So where it stops depends on
/// scenario and seed alone, neither on threads nor on stops and resumes.
class PrecisionLooks {
  public:
    /// `done` is empty or has the totals of each cell to go on from. A cell that has more than its
    /// cap keeps what it has.
    PrecisionLooks(const scenario::Scenario& scenario, const std::vector<engine::CellTotals>& done);

    /// Nothing is left to simulate: every cell has the precision, or its cap.
    [[nodiscard]] bool is_settled() const { return open_.empty(); }
    /// What is missing to the next look of each cell.
    [[nodiscard]] std::vector<tally::ReplicateRanges> missing(
        const std::vector<engine::CellTotals>& totals) const;
    /// Judges the cells that are not settled; `totals` has all that was missing.
    void look(const std::vector<engine::CellTotals>& totals, unsigned threads);
    /// Replicates of each cell, once all are settled.
    [[nodiscard]] const std::vector<std::int64_t>& targets() const { return targets_; }

  private:
    void decide(std::size_t cell, const summary::CellSummary& found);

    const scenario::Scenario& scenario_;
    std::vector<std::int64_t> caps_, targets_;
    std::vector<std::size_t> open_;  ///< the cells that are not settled
};

/// What a run with a precision ended with, in a line; the cells that its cap stopped, too.
std::string reached_text(const scenario::Scenario& scenario, const summary::Results& results);

}  // namespace rsasim::commands
