#include "block_list.hpp"
#include "block_rows.hpp"
#include "count_worker.hpp"
#include "patient_block.hpp"
#include "task_loop.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <oneapi/tbb/enumerable_thread_specific.h>

#include <rsasim/engine/simulate.hpp>
#include <rsasim/replicate/count_trial.hpp>

namespace rsasim::engine {
namespace {

/// A piece of a block of women ends with the batch after so long. Reading the clock once a batch
/// costs some 25 ns in several microseconds.
constexpr std::chrono::seconds longest_piece{2};

/// What one worker keeps from block to block.
struct Worker {
    std::size_t cell = 0;
    std::optional<replicate::CountTrial> trial;  ///< of `cell`
    CountScratch scratch;
    std::size_t tallied_cell = 0;
    std::unique_ptr<TallyingWorker> tallied;  ///< of `tallied_cell`
};

/// The preparation of a cell whose trials are analysed as they come: made by the first worker that
/// needs it, shared by those at the cell and gone with the last of them, so that a sweep holds the
/// preparations of as many cells as it has workers.
template <class Cell>
class SharedCell {
  public:
    std::shared_ptr<const Cell> of(const CellTask& task) {
        const std::lock_guard lock(mutex_);
        auto cell = kept_.lock();
        if (!cell) {
            cell = std::make_shared<const Cell>(task.design, task.key);
            kept_ = cell;
        }
        return cell;
    }

  private:
    std::mutex mutex_;
    std::weak_ptr<const Cell> kept_;
};

class Simulation : public RunningSimulation {
  public:
    Simulation(std::span<const CellTask> tasks, const SimulationOptions& options,
               std::vector<CellTotals> totals)
        : tasks_(tasks),
          options_(options),
          blocks_(tasks),
          totals_(std::move(totals)),
          patients_(tasks.size()),
          counts_(tasks.size()),
          locks_(tasks.size()) {
        if (totals_.empty()) totals_.resize(tasks.size());
        if (totals_.size() != tasks.size())
            throw std::invalid_argument("simulate: totals of other tasks");
    }

    std::vector<CellTotals> run() {
        {
            const std::stop_callback pass_on(options_.stop, [this] { stop_.request_stop(); });
            const auto beside = start_beside();
            for_each_task(blocks_.size(), options_.threads, [this](std::size_t i) {
                if (!stop_.stop_requested()) finish(blocks_[i]);
            });
        }
        if (failure_) std::rethrow_exception(failure_);
        if (options_.on_progress) options_.on_progress(finished_);
        return std::move(totals_);
    }

    std::vector<CellTotals> snapshot() override {
        std::vector<CellTotals> copies(totals_.size());
        for (std::size_t cell = 0; cell < copies.size(); ++cell) {
            const std::lock_guard lock(locks_[cell]);
            copies[cell] = totals_[cell];
            const auto& patients = totals_[cell].patients;
            if (patients) copies[cell].patients = std::make_shared<tally::PatientTally>(*patients);
        }
        return copies;
    }

    std::vector<std::int64_t> finished_by_cell() override {
        std::vector<std::int64_t> finished(totals_.size());
        for (std::size_t cell = 0; cell < finished.size(); ++cell) {
            const std::lock_guard lock(locks_[cell]);
            finished[cell] = tally::replicates_in(totals_[cell].finished);
        }
        return finished;
    }

    [[nodiscard]] std::int64_t finished() const override { return finished_; }

  private:
    /// The thread beside the workers; it is asked to end and joined on destruction.
    std::jthread start_beside() {
        if (!options_.beside) return {};
        return std::jthread([this](const std::stop_token& ended) {
            try {
                options_.beside(*this, ended);
            } catch (...) {
                failure_ = std::current_exception();
                stop_.request_stop();
            }
        });
    }

    /// What `work` gives; an exception from it says at which block it was.
    template <class Work>
    static decltype(auto) naming(const Block& block, Work work) {
        try {
            return work();
        } catch (const std::exception& error) {
            throw std::runtime_error(fmt::format("simulate: cell {}, replicates {} to {}: {}",
                                                 block.cell, block.replicates.first,
                                                 block.replicates.last - 1, error.what()));
        }
    }

    void finish(const Block& block) {
        Worker& worker = workers_.local();
        if (is_counted_by_table(tasks_[block.cell].design)) {
            naming(block, [&] {
                add(block,
                    rows_of_block(trial_of(block.cell, worker), block.replicates, worker.scratch));
            });
            report(block.replicates.last - block.replicates.first);
        } else {
            finish_tallied(block, naming(block, [&]() -> TallyingWorker& {
                               return tallying_worker(block.cell, worker);
                           }));
        }
    }

    /// A block of costly analyses is added in pieces of some seconds, so that checkpoints and stops
    /// keep what was done: totals are the same however a block is cut.
    void finish_tallied(const Block& block, TallyingWorker& worker) {
        const auto part =
            block.replicates.first < patient_block ? tally::Part::pilot : tally::Part::main;
        tally::ReplicateRange rest = block.replicates;
        while (rest.first < rest.last && !stop_.stop_requested()) {
            const auto end = std::chrono::steady_clock::now() + longest_piece;
            const auto pauses = [&] {
                return stop_.stop_requested() || std::chrono::steady_clock::now() >= end;
            };
            const std::int64_t done = naming(block, [&] { return worker.run(rest, part, pauses); });
            add(block.cell, {rest.first, done}, worker.tally());
            report(done - rest.first);
            rest.first = done;
        }
    }

    /// A worker for the cell's trials, kept from the last block where that was of the same cell.
    TallyingWorker& tallying_worker(std::size_t cell, Worker& worker) {
        if (worker.tallied && worker.tallied_cell == cell) return *worker.tallied;
        const CellTask& task = tasks_[cell];
        worker.tallied.reset();
        if (task.design.patients() != nullptr) {
            worker.tallied = std::make_unique<PatientWorker>(patients_[cell].of(task));
        } else {
            worker.tallied = std::make_unique<CountWorker>(counts_[cell].of(task));
        }
        worker.tallied_cell = cell;
        return *worker.tallied;
    }

    void add(std::size_t cell, const tally::ReplicateRange& done,
             const tally::PatientTally& found) {
        if (done.first == done.last) return;
        const std::lock_guard lock(locks_[cell]);
        CellTotals& totals = totals_[cell];
        if (totals.patients) {
            totals.patients->merge(found);
        } else {
            totals.patients = std::make_shared<tally::PatientTally>(found);
        }
        tally::add_range(totals.finished, done);
    }

    const replicate::CountTrial& trial_of(std::size_t cell, Worker& worker) const {
        if (!worker.trial || worker.cell != cell) {
            worker.trial.emplace(tasks_[cell].design, tasks_[cell].key);
            worker.cell = cell;
        }
        return *worker.trial;
    }

    void add(const Block& block, const tally::TableCounts& rows) {
        const std::lock_guard lock(locks_[block.cell]);
        CellTotals& totals = totals_[block.cell];
        tally::add_rows(totals.tables, rows);
        tally::add_range(totals.finished, block.replicates);
    }

    /// Whoever finds the callback busy leaves the news to the next block.
    void report(std::int64_t replicates) {
        finished_ += replicates;
        if (!options_.on_progress) return;
        const std::unique_lock lock(progress_, std::try_to_lock);
        if (lock) options_.on_progress(finished_);
    }

    std::span<const CellTask> tasks_;
    const SimulationOptions& options_;
    BlockList blocks_;
    std::vector<CellTotals> totals_;
    std::vector<SharedCell<PatientCell>> patients_;  ///< one per cell
    std::vector<SharedCell<CountCell>> counts_;      ///< one per cell
    std::vector<std::mutex> locks_;                  ///< one per cell
    tbb::enumerable_thread_specific<Worker> workers_;
    std::atomic<std::int64_t> finished_ = 0;
    std::mutex progress_;
    std::stop_source stop_;       ///< of the caller's request, and of failures beside
    std::exception_ptr failure_;  ///< of the thread beside; read after it was joined
};

}  // namespace

std::vector<CellTotals> simulate(std::span<const CellTask> tasks, const SimulationOptions& options,
                                 std::vector<CellTotals> totals) {
    return Simulation(tasks, options, std::move(totals)).run();
}

}  // namespace rsasim::engine
