#include "block_list.hpp"
#include "block_rows.hpp"
#include "patient_block.hpp"
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
    std::unique_ptr<PatientWorker> patients;
};

/// A cell's patient-level preparation, made by the first worker that needs it.
struct SharedCell {
    std::once_flag is_made;
    std::shared_ptr<const PatientCell> patients;
};

class Simulation {
  public:
    Simulation(std::span<const CellTask> tasks, const SimulationOptions& options)
        : tasks_(tasks),
          options_(options),
          blocks_(tasks),
          totals_(tasks.size()),
          shared_(tasks.size()),
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
            if (tasks_[block.cell].design.patients() != nullptr) {
                finish_patients(block, worker);
                return report(block.replicates.last - block.replicates.first);
            }
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

    void finish_patients(const Block& block, Worker& worker) {
        const CellTask& task = tasks_[block.cell];
        SharedCell& shared = shared_[block.cell];
        std::call_once(shared.is_made, [&] {
            shared.patients = std::make_shared<const PatientCell>(task.design, task.key);
        });
        if (!worker.patients || &worker.patients->cell() != shared.patients.get()) {
            worker.patients = std::make_unique<PatientWorker>(shared.patients);
        }
        const auto part =
            block.replicates.first < patient_block ? tally::Part::pilot : tally::Part::main;
        const tally::PatientTally& found = worker.patients->run(block.replicates, part);
        const std::lock_guard lock(locks_[block.cell]);
        CellTotals& totals = totals_[block.cell];
        if (totals.patients) {
            totals.patients->merge(found);
        } else {
            totals.patients = std::make_shared<tally::PatientTally>(found);
        }
        tally::add_range(totals.finished, block.replicates);
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
    std::vector<SharedCell> shared_;  ///< one per cell
    std::vector<std::mutex> locks_;   ///< one per cell
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
