#include "count_worker.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace rsasim::engine {

using design::lanes;

CountCell::CountCell(const design::Design& design, random::StreamKey key)
    : trial(design, key), layout(std::make_shared<const tally::PatientLayout>(design)) {}

CountWorker::CountWorker(std::shared_ptr<const CountCell> cell)
    : cell_(std::move(cell)),
      judge_(cell_->layout),
      findings_(cell_->layout->methods().size() * lanes),
      tally_(cell_->layout) {}

const tally::PatientTally* CountWorker::run(const tally::ReplicateRange& replicates,
                                            tally::Part part, const std::stop_token& stop) {
    tally_.clear();
    std::array<std::uint32_t, lanes> numbers{};
    std::array<design::Table2x2, lanes> tables{};
    for (std::int64_t first = replicates.first; first < replicates.last;
         first += static_cast<std::int64_t>(lanes)) {
        if (stop.stop_requested()) return nullptr;
        const auto live = static_cast<std::size_t>(
            std::min(replicates.last - first, static_cast<std::int64_t>(lanes)));
        cell_->trial.list(first, std::span(numbers).first(live));
        for (std::size_t lane = 0; lane < live; ++lane)
            tables[lane] = cell_->trial.numbered_table(numbers[lane]);
        judge_.judge(std::span(tables).first(live), findings_);
        tally_.add({live, findings_, tables, {}, judge_.agreements(), judge_.favourable()}, part);
    }
    return &tally_;
}

}  // namespace rsasim::engine
