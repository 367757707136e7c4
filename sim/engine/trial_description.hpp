#pragma once

#include "column_sums.hpp"

#include <memory>
#include <span>
#include <vector>

#include <rsasim/design/table.hpp>
#include <rsasim/design/trial_batch.hpp>
#include <rsasim/tally/patient_layout.hpp>

namespace rsasim::engine {

/// The 2x2 tables of what an analysis sees, one per live lane.
void collapse(const design::PatientColumns& columns, std::span<design::Table2x2> tables);

/// Finds the characteristics of batches of trials, in the order of the layout (see PatientLayout).
class TrialDescription {
  public:
    explicit TrialDescription(std::shared_ptr<const tally::PatientLayout> layout);

    /// characteristics[k * lanes + lane]; NaN where there is none. `columns` are those of the first
    /// set.
    void write(const design::TrialBatch& batch, const design::PatientColumns& columns,
               std::span<double> characteristics);

  private:
    std::shared_ptr<const tally::PatientLayout> layout_;
    const design::PatientModel* model_;
    BalanceTask balance_task_;
    std::vector<double> balance_;  ///< working memory
};

}  // namespace rsasim::engine
