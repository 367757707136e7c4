#pragma once

#include "table_judge.hpp"
#include "tallying_worker.hpp"

#include <array>
#include <cstdint>
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

  private:
    tally::BatchFindings simulate(std::int64_t first, std::size_t live) override;

    std::shared_ptr<const CountCell> cell_;
    TableJudge judge_;
    std::vector<analysis::Finding> findings_;
    std::array<std::uint32_t, design::lanes> numbers_{};  ///< of the batch's tables
    std::array<design::Table2x2, design::lanes> tables_{};
};

}  // namespace rsasim::engine
