#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include <rsasim/tally/patient_tally.hpp>
#include <rsasim/tally/replicate_ranges.hpp>

namespace rsasim::engine {

/// What one worker keeps to simulate and analyse the trials of a cell, each forgotten before the
/// next. All memory is made before the loop.
class TallyingWorker {
  public:
    virtual ~TallyingWorker() = default;
    TallyingWorker(const TallyingWorker&) = delete;
    TallyingWorker& operator=(const TallyingWorker&) = delete;
    TallyingWorker(TallyingWorker&&) = delete;
    TallyingWorker& operator=(TallyingWorker&&) = delete;

    /// Simulates and analyses the replicates, which are all of one part, batch by batch until
    /// `pauses` says so or all are done; gives the first that is not. The tally of those that are
    /// is valid until the next call.
    std::int64_t run(const tally::ReplicateRange& replicates, tally::Part part,
                     const std::function<bool()>& pauses);
    [[nodiscard]] const tally::PatientTally& tally() const { return tally_; }

  protected:
    explicit TallyingWorker(std::shared_ptr<const tally::PatientLayout> layout);

  private:
    /// Of the replicates first, ..., first + live - 1; valid until the next call.
    virtual tally::BatchFindings simulate(std::int64_t first, std::size_t live) = 0;

    tally::PatientTally tally_;
};

}  // namespace rsasim::engine
