#pragma once

#include "table_judge.hpp"
#include "tallying_worker.hpp"

#include <memory>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/random/stream_key.hpp>
#include <rsasim/replicate/count_trial.hpp>
#include <rsasim/tally/patient_tally.hpp>

namespace rsasim::engine {

/// What all workers share of a cell of counts that is tallied one by one.
struct CountCell {
    CountCell(const design::Design& design, random::StreamKey key);

    replicate::CountTrial trial;
    std::shared_ptr<const tally::PatientLayout> layout;
};

/// Simulates and judges trials of two binomial counts whose tables are too many to be counted.
class CountWorker : public TallyingWorker {
  public:
    explicit CountWorker(std::shared_ptr<const CountCell> cell);

    const tally::PatientTally* run(const tally::ReplicateRange& replicates, tally::Part part,
                                   const std::stop_token& stop) override;

  private:
    std::shared_ptr<const CountCell> cell_;
    TableJudge judge_;
    std::vector<analysis::Finding> findings_;
    tally::PatientTally tally_;
};

}  // namespace rsasim::engine
