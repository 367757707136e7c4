#pragma once

#include <stop_token>

#include <rsasim/tally/patient_tally.hpp>
#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::engine {

/// What one worker keeps to simulate and analyse the trials of a cell, each forgotten before the
/// next. All memory is made before the loop.
class TallyingWorker {
  public:
    TallyingWorker() = default;
    virtual ~TallyingWorker() = default;
    TallyingWorker(const TallyingWorker&) = delete;
    TallyingWorker& operator=(const TallyingWorker&) = delete;
    TallyingWorker(TallyingWorker&&) = delete;
    TallyingWorker& operator=(TallyingWorker&&) = delete;

    /// Simulates and analyses the replicates, which are all of one part; the tally is valid until
    /// the next call. Null where `stop` was requested before the last batch.
    virtual const tally::PatientTally* run(const tally::ReplicateRange& replicates,
                                           tally::Part part, const std::stop_token& stop) = 0;
};

}  // namespace rsasim::engine
