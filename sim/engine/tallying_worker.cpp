#include "tallying_worker.hpp"

#include <algorithm>
#include <utility>

namespace rsasim::engine {

TallyingWorker::TallyingWorker(std::shared_ptr<const tally::PatientLayout> layout)
    : tally_(std::move(layout)) {}

std::int64_t TallyingWorker::run(const tally::ReplicateRange& replicates, tally::Part part,
                                 const std::function<bool()>& pauses) {
    constexpr auto most = static_cast<std::int64_t>(design::lanes);
    tally_.clear();
    std::int64_t first = replicates.first;
    while (first < replicates.last && !pauses()) {
        const std::int64_t live = std::min(replicates.last - first, most);
        tally_.add(simulate(first, static_cast<std::size_t>(live)), part);
        first += live;
    }
    return first;
}

}  // namespace rsasim::engine
