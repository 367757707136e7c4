#pragma once

#include "provenance.hpp"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/engine/simulate.hpp>
#include <rsasim/files/for_each.hpp>
#include <rsasim/files/output_lock.hpp>
#include <rsasim/scenario/scenario.hpp>
#include <rsasim/summary/results.hpp>

namespace rsasim::commands {

/// Where a run's results come from and go to.
struct RunRecord {
    const scenario::Scenario& scenario;
    const Recorder& recorder;
    unsigned threads;
    std::filesystem::path path;
    files::OutputLock& lock;
    /// Attributes of provenance beside the usual ones: which shard, what was resumed.
    std::vector<std::pair<std::string, std::string>> remarks;

    [[nodiscard]] summary::Provenance provenance() const;
    /// The integers of these totals, ready to be written.
    [[nodiscard]] summary::Results gather(std::vector<engine::CellTotals> totals) const;
    /// Compresses with `for_each`; beside workers at work, on this thread alone. Throws
    /// files::FileError where it cannot be written or another process holds the lock.
    void write_checkpoint(const summary::Results& gathered,
                          const files::ForEach& for_each = files::for_each_in_order) const;
};

/// Between two checkpoints, unless the command line says otherwise.
inline constexpr std::chrono::milliseconds usual_interval = std::chrono::minutes(1);

/// How often the thread beside a simulation does what.
struct Rhythm {
    std::optional<std::chrono::milliseconds>
        checkpoints;              ///< none: 60 s, or seldom if they are slow
    bool tells_progress = false;  ///< a line a minute on standard error
    std::int64_t to_do = 0;       ///< replicates
};

/// Writes checkpoints and tells of progress until `ended`. A checkpoint that cannot be written is
/// told of and tried again at the next time; the earlier file stays. Throws files::FileError where
/// another process has taken the lock.
void keep_checkpoints(const RunRecord& record, const Rhythm& rhythm,
                      engine::RunningSimulation& running, const std::stop_token& ended);

/// While results that are simulated are judged: writes them once as a checkpoint, at `due`, unless
/// `ended` before, under the lock `writing`. A failure is told of as by keep_checkpoints.
void keep_simulated(const RunRecord& record, const summary::Results& simulated,
                    std::chrono::steady_clock::time_point due, const std::stop_token& ended,
                    std::mutex& writing);

}  // namespace rsasim::commands
