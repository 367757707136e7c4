#include "count_worker.hpp"

#include <span>
#include <utility>

namespace rsasim::engine {

using design::lanes;

CountCell::CountCell(const design::Design& design, random::StreamKey key)
    : trial(design, key), layout(std::make_shared<const tally::PatientLayout>(design)) {}

CountWorker::CountWorker(std::shared_ptr<const CountCell> cell)
    : TallyingWorker(cell->layout),
      cell_(std::move(cell)),
      judge_(cell_->layout),
      findings_(cell_->layout->methods().size() * lanes) {}

tally::BatchFindings CountWorker::simulate(std::int64_t first, std::size_t live) {
    cell_->trial.list(first, std::span(numbers_).first(live));
    for (std::size_t lane = 0; lane < live; ++lane)
        tables_[lane] = cell_->trial.numbered_table(numbers_[lane]);
    judge_.judge(std::span(tables_).first(live), findings_);
    return {live, findings_, tables_, {}, judge_.agreements(), judge_.favourable()};
}

}  // namespace rsasim::engine
