#pragma once

#include "table/cells.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <rsasim/design/trial_batch.hpp>

namespace rsasim::analysis {

/// The 2x2 tables of the strata of 8 trials: women of weight 0 are left out. Counted before any
/// statistic is computed, some 0.1 microseconds a trial of 149 women.
class StrataCounts {
  public:
    explicit StrataCounts(std::size_t strata);

    /// Counts the live lanes. `stratum` holds 0, 1, ..., strata() - 1; null: all women are in
    /// stratum 0.
    void count(const design::PatientColumns& columns, const double* stratum);

    [[nodiscard]] std::size_t strata() const { return strata_; }
    [[nodiscard]] Cells cells(std::size_t stratum, std::size_t lane) const {
        const std::int32_t* const cell =
            counts_.data() + stratum * cells_of_table * design::lanes + lane;
        return {static_cast<double>(cell[0]), static_cast<double>(cell[design::lanes]),
                static_cast<double>(cell[2 * design::lanes]),
                static_cast<double>(cell[3 * design::lanes])};
    }

  private:
    static constexpr std::size_t cells_of_table = 4;

    std::size_t strata_;
    std::vector<std::int32_t> counts_;  ///< [stratum][cell a, b, c, d][lane]
};

/// Whole numbers again.
inline design::Table2x2 table_of(const Cells& cells) {
    const auto whole = [](double count) { return static_cast<std::int64_t>(count); };
    return {{whole(cells.a), whole(cells.n_treated())}, {whole(cells.c), whole(cells.n_control())}};
}

}  // namespace rsasim::analysis
