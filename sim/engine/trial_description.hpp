#pragma once

#include <array>
#include <span>
#include <vector>

#include <rsasim/design/table.hpp>
#include <rsasim/design/trial_batch.hpp>
#include <rsasim/tally/patient_layout.hpp>

namespace rsasim::engine {

/// The 2x2 tables of what an analysis sees, one per lane.
void collapse(const design::PatientColumns& columns, std::span<design::Table2x2> tables);

/// The characteristics of a batch of trials, in the order of the layout (see PatientLayout).
struct TrialDescription {
    const design::TrialBatch& batch;
    const design::PatientColumns& columns;  ///< of the first set
    const tally::PatientLayout& layout;

    /// characteristics[k * lanes + lane]; NaN where there is none. `balance` is working memory, a
    /// number per stratum of the allocation and lane.
    void write(std::span<double> balance, std::span<double> characteristics) const;

  private:
    [[nodiscard]] std::array<double, design::lanes> largest_in_strata(
        std::span<double> balance) const;
};

}  // namespace rsasim::engine
