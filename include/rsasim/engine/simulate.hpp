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
/// The same of patient-level designs. The first block of a cell is its pilot (see tally::Part).
inline constexpr std::int64_t patient_block = std::int64_t{1} << 12;

inline std::int64_t block_of(const design::Design& design) {
    return design.patients() != nullptr ? patient_block : count_block;
}

/// The replicates of one cell that are to be simulated.
struct CellTask {
    design::Design design;
    random::StreamKey key;
    tally::ReplicateRanges todo;
};

/// The mergeable state of a cell: integers only.
struct CellTotals {
    tally::TableCounts tables;  ///< of a design of counts; empty at patient level
    std::shared_ptr<tally::PatientTally> patients;  ///< of a patient-level design
    tally::ReplicateRanges finished;
};

struct SimulationOptions {
    unsigned threads = 1;
    std::stop_token stop;
    /// Told now and then, from one thread at a time, how many replicates are finished in all.
    std::function<void(std::int64_t finished)> on_progress;
};

/// Simulates all tasks as one flat list of (cell, block) pairs. The totals depend on the tasks
/// alone: neither on the number of threads nor on the order of work. After a stop request
/// unfinished blocks are dropped and `finished` says what the totals hold.
std::vector<CellTotals> simulate(std::span<const CellTask> tasks, const SimulationOptions& options);

}  // namespace rsasim::engine
