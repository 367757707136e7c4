#pragma once

#include "weighted_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include <rsasim/analysis/judgement.hpp>

namespace rsasim::summary {

enum class Decision : std::uint8_t { not_evaluable, accepts, rejects };

/// Everything that tests and pairs decide at a table. Few distinct ones occur, because most tables
/// are rejected, or accepted, by every test; cells are summed over them instead of over tables.
struct DecisionPattern {
    std::vector<Decision> tests;
    std::vector<analysis::Agreement> pairs;
    bool is_favourable = false;

    [[nodiscard]] bool rejects(std::size_t test) const { return tests[test] == Decision::rejects; }
    [[nodiscard]] bool operator<(const DecisionPattern& other) const {
        return std::tie(tests, pairs, is_favourable) <
               std::tie(other.tests, other.pairs, other.is_favourable);
    }
};

/// The patterns of a judgement: they depend neither on the truth nor on the weights.
class DecisionPatterns {
  public:
    explicit DecisionPatterns(const analysis::Judgement& judgement);

    /// Fills the tests, pairs, test_pairs and contradictions of the summary.
    template <class Weight>
    void summarise(const WeightedRows<Weight>& cell, CellSummary& summary) const;

  private:
    template <class Weight>
    [[nodiscard]] std::vector<Total<Weight>> totals(const WeightedRows<Weight>& cell) const;

    template <class Weight>
    [[nodiscard]] std::vector<std::vector<Contradiction>> contradictions(
        const WeightedRows<Weight>& cell) const;

    std::vector<DecisionPattern> patterns_;
    std::vector<std::uint32_t> pattern_of_row_;
    std::size_t tests_;
    std::size_t pairs_;
};

}  // namespace rsasim::summary
