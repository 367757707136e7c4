#include "block_list.hpp"
#include "block_rows.hpp"
#include "task_loop.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>
#include <oneapi/tbb/enumerable_thread_specific.h>

#include <rsasim/engine/simulate.hpp>
#include <rsasim/replicate/count_trial.hpp>

namespace rsasim::engine {
namespace {

/// What one worker keeps from block to block.
struct Worker {
    std::size_t cell = 0;
    std::optional<replicate::CountTrial> trial;  ///< of `cell`
    CountScratch scratch;
};

class Simulation {
  public:
    Simulation(std::span<const CellTask> tasks, const SimulationOptions& options)
        : tasks_(tasks),
          options_(options),
          blocks_(tasks),
          totals_(tasks.size()),
          locks_(tasks.size()) {}

    std::vector<CellTotals> run() {
        for_each_task(blocks_.size(), options_.threads, [this](std::size_t i) {
            if (!options_.stop.stop_requested()) finish(blocks_[i]);
        });
        if (options_.on_progress) options_.on_progress(finished_);
        return std::move(totals_);
    }

  private:
    void finish(const Block& block) {
        try {
            Worker& worker = workers_.local();
            const auto& rows =
                rows_of_block(trial_of(block.cell, worker), block.replicates, worker.scratch);
            add(block, rows);
        } catch (const std::exception& error) {
            throw std::runtime_error(fmt::format("simulate: cell {}, replicates {} to {}: {}",
                                                 block.cell, block.replicates.first,
                                                 block.replicates.last - 1, error.what()));
        }
        report(block.replicates.last - block.replicates.first);
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
    std::vector<std::mutex> locks_;  ///< one per cell
    tbb::enumerable_thread_specific<Worker> workers_;
    std::atomic<std::int64_t> finished_ = 0;
    std::mutex progress_;
};

}  // namespace

std::vector<CellTotals> simulate(std::span<const CellTask> tasks,
                                 const SimulationOptions& options) {
    return Simulation(tasks, options).run();
}

}  // namespace rsasim::engine
