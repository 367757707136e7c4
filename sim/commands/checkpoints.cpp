#include "checkpoints.hpp"

#include "assemble.hpp"
#include "console.hpp"
#include "progress.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

#include <fmt/format.h>

#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {
namespace {

using Clock = std::chrono::steady_clock;
using Duration = Clock::duration;
using namespace std::chrono_literals;

constexpr Duration line_interval = 60s;
/// A checkpoint is written by a thread beside the workers: with the usual interval it takes at most
/// this share of their time.
constexpr double largest_share = 0.01;

/// The times at which something is done.
class Times {
  public:
    explicit Times(Duration interval) : interval_(interval), next_(Clock::now() + interval) {}

    [[nodiscard]] Clock::time_point next() const { return next_; }
    [[nodiscard]] bool is_due() const { return Clock::now() >= next_; }
    void done(Duration at_least = {}) { next_ = Clock::now() + std::max(interval_, at_least); }

  private:
    Duration interval_;
    Clock::time_point next_;
};

/// False, with a warning, where it cannot be written now.
bool try_checkpoint(const RunRecord& record, const summary::Results& gathered) {
    try {
        record.write_checkpoint(gathered);
        return true;
    } catch (const files::LockTaken&) {
        throw;
    } catch (const files::FileError& error) {
        tell(fmt::format("warning: no checkpoint now: {}. The work goes on.", error.what()));
        return false;
    }
}

/// False where `ended` came first.
bool waits_until(Clock::time_point due, const std::stop_token& ended) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_until(lock, ended, due, [] { return false; });
    return !ended.stop_requested();
}

class Keeper {
  public:
    Keeper(const RunRecord& record, const Rhythm& rhythm, engine::RunningSimulation& running)
        : record_(record),
          rhythm_(rhythm),
          running_(running),
          checkpoints_(rhythm.checkpoints.value_or(usual_interval)),
          lines_(line_interval) {}

    void run(const std::stop_token& ended) {
        const auto next = [&] {
            return rhythm_.tells_progress ? std::min(checkpoints_.next(), lines_.next())
                                          : checkpoints_.next();
        };
        while (waits_until(next(), ended)) {
            if (rhythm_.tells_progress && lines_.is_due()) tell_progress();
            if (checkpoints_.is_due()) checkpoint();
        }
    }

  private:
    void checkpoint() {
        const auto start = Clock::now();
        const std::int64_t finished = running_.finished();
        if (finished > written_) {
            if (try_checkpoint(record_, record_.gather(running_.snapshot()))) written_ = finished;
        }
        const std::chrono::duration<double> spent = Clock::now() - start;
        const auto rest = spent / (largest_share * record_.threads);
        checkpoints_.done(rhythm_.checkpoints ? Duration{}
                                              : std::chrono::duration_cast<Duration>(rest));
    }

    void tell_progress() {
        lines_.done();
        const auto by_cell = running_.finished_by_cell();
        const double elapsed = std::chrono::duration<double>(Clock::now() - start_).count();
        tell(progress_line({running_.finished(), rhythm_.to_do, elapsed, by_cell}));
    }

    const RunRecord& record_;
    const Rhythm& rhythm_;
    engine::RunningSimulation& running_;
    Clock::time_point start_ = Clock::now();
    Times checkpoints_, lines_;
    std::int64_t written_ = 0;  ///< replicates in the latest checkpoint
};

}  // namespace

summary::Provenance RunRecord::provenance() const {
    auto provenance = recorder.record(scenario, threads);
    provenance.attributes.insert(provenance.attributes.end(), remarks.begin(), remarks.end());
    return provenance;
}

summary::Results RunRecord::gather(std::vector<engine::CellTotals> totals) const {
    auto results = gather_simulation(scenario, std::move(totals));
    results.provenance = provenance();
    return results;
}

void RunRecord::write_checkpoint(const summary::Results& gathered,
                                 const files::ForEach& for_each) const {
    lock.confirm();
    files::write_checkpoint(gathered, path, for_each);
}

void keep_checkpoints(const RunRecord& record, const Rhythm& rhythm,
                      engine::RunningSimulation& running, const std::stop_token& ended) {
    Keeper(record, rhythm, running).run(ended);
}

void keep_simulated(const RunRecord& record, const summary::Results& simulated,
                    Clock::time_point due, const std::stop_token& ended, std::mutex& writing) {
    if (!waits_until(due, ended)) return;
    const std::lock_guard alone(writing);
    try {
        try_checkpoint(record, simulated);
    } catch (const files::LockTaken&) {  // the writing of the results says so too
    }
}

}  // namespace rsasim::commands
