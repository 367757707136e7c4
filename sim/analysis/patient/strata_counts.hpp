#pragma once

#include "table/cells.hpp"

#include <cstddef>
#include <vector>

#include <rsasim/design/trial_batch.hpp>

namespace rsasim::analysis {

/// The 2x2 tables of the strata of 8 trials: women of weight 0 are left out. Counted before any
/// statistic is computed, lanes side by side: below 0.1 microseconds a trial of 149 women.
class StrataCounts {
  public:
    explicit StrataCounts(std::size_t strata);

    /// Counts the live lanes. `stratum` holds 0, 1, ..., strata() - 1; null: all women are in
    /// stratum 0. Columns start at a cache line, as design::Column does.
    void count(const design::PatientColumns& columns, const double* stratum);

    [[nodiscard]] std::size_t strata() const { return cells_.size() / design::lanes; }
    [[nodiscard]] const Cells& cells(std::size_t stratum, std::size_t lane) const {
        return cells_[stratum * design::lanes + lane];
    }

  private:
    design::Column packed_;  ///< [stratum][lane]
    std::vector<Cells> cells_;
};

/// Whole numbers again.
inline design::Table2x2 table_of(const Cells& cells) {
    const auto whole = [](double count) { return static_cast<std::int64_t>(count); };
    return {{whole(cells.a), whole(cells.n_treated())}, {whole(cells.c), whole(cells.n_control())}};
}

}  // namespace rsasim::analysis
