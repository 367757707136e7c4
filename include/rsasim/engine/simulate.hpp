#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/random/stream_key.hpp>
#include <rsasim/tally/patient_tally.hpp>
#include <rsasim/tally/replicate_ranges.hpp>
#include <rsasim/tally/table_rows.hpp>

namespace rsasim::engine {

/// Replicates per block. Set by the program, never by the machine.
inline constexpr std::int64_t count_block = std::int64_t{1} << 20;
/// The same where trials are analysed as they come: of patient-level designs, and of those that are
/// tallied one by one. The first block of a cell is its pilot (see tally::Part).
inline constexpr std::int64_t patient_block = std::int64_t{1} << 12;

/// True where the trials are counts, and nothing but their tables is kept.
inline bool is_counted_by_table(const design::Design& design) {
    return design.patients() == nullptr && !design.is_tallied_one_by_one();
}
inline std::int64_t block_of(const design::Design& design) {
    return is_counted_by_table(design) ? count_block : patient_block;
}

/// The replicates of one cell that are to be simulated.
struct CellTask {
    design::Design design;
    random::StreamKey key;
    tally::ReplicateRanges todo;
};

/// The mergeable state of a cell: integers only.
struct CellTotals {
    tally::TableCounts tables;  ///< of counts that are tallied by table; else empty
    std::shared_ptr<tally::PatientTally> patients;  ///< of all other designs
    tally::ReplicateRanges finished;
};

/// A simulation at work, as a thread beside its workers sees it. They go on meanwhile.
class RunningSimulation {
  public:
    RunningSimulation() = default;
    virtual ~RunningSimulation() = default;
    RunningSimulation(const RunningSimulation&) = delete;
    RunningSimulation& operator=(const RunningSimulation&) = delete;
    RunningSimulation(RunningSimulation&&) = delete;
    RunningSimulation& operator=(RunningSimulation&&) = delete;

    /// A copy of the totals; `finished` says which replicates they hold.
    [[nodiscard]] virtual std::vector<CellTotals> snapshot() = 0;
    /// How many replicates the totals of each cell hold.
    [[nodiscard]] virtual std::vector<std::int64_t> finished_by_cell() = 0;
    /// How many replicates were finished since the start.
    [[nodiscard]] virtual std::int64_t finished() const = 0;
};

struct SimulationOptions {
    unsigned threads = 1;
    std::stop_token stop = {};
    /// Told now and then, from one thread at a time, how many replicates are finished in all.
    std::function<void(std::int64_t finished)> on_progress = {};
    /// Called once, on a thread of its own beside the workers, for checkpoints and the like. It is
    /// to return soon after `ended` is requested; an exception from it stops the simulation.
    std::function<void(RunningSimulation& running, std::stop_token ended)> beside = {};
};

/// Simulates all tasks as one flat list of (cell, block) pairs and adds them to `totals`, which has
/// one entry per task, or none. The totals depend on the tasks alone: neither on the number of
/// threads nor on the order of work. After a stop request the blocks in flight end, those of women
/// with the batch at work, and `finished` says what the totals hold.
std::vector<CellTotals> simulate(std::span<const CellTask> tasks, const SimulationOptions& options,
                                 std::vector<CellTotals> totals = {});

}  // namespace rsasim::engine
