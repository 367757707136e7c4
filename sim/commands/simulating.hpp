#pragma once

#include "checkpoints.hpp"
#include "options.hpp"
#include "run_output.hpp"
#include "signals.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <rsasim/engine/shard.hpp>
#include <rsasim/engine/simulate.hpp>

namespace rsasim::commands {

/// What the options of a run say, read before any work.
struct RunPlan {
    /// Throws scenario::InputErrors.
    explicit RunPlan(const RunOptions& options);

    std::optional<engine::Shard> shard;
    bool is_part = false;  ///< a shard, or what other files do not hold
    std::optional<std::chrono::milliseconds> interval;
    std::optional<StopWatcher::Clock::time_point> limit;
    Existing existing = Existing::refuse;
    unsigned threads = 1;
};

/// Leaves without destructors and exit handlers: other threads are at work.
[[noreturn]] void leave(ExitStatus status);

std::int64_t replicates_of(const summary::Results& results);

/// One run from the claimed output to the written file.
class Simulating {
  public:
    Simulating(const RunOptions& options, const RunPlan& plan, StopWatcher& watcher,
               RunRecord record);

    /// The finished results of these ranges and what `totals` has already; nothing where a stop was
    /// asked for and a checkpoint written.
    std::optional<summary::Results> run(std::vector<tally::ReplicateRanges> ranges,
                                        std::vector<engine::CellTotals> totals);

    /// The same until every cell has the precision of `scenario`, the record's, whose replicates
    /// become those that each cell has got in the end.
    std::optional<summary::Results> run_to_precision(scenario::Scenario& scenario,
                                                     std::vector<engine::CellTotals> totals);

  private:
    std::vector<engine::CellTotals> simulate(const std::vector<engine::CellTask>& tasks,
                                             std::vector<engine::CellTotals> totals,
                                             std::int64_t to_do);
    /// Tests may take minutes to judge: `results`, with all replicates, are written meanwhile where
    /// a checkpoint is due, and by a stop, which leaves at once.
    void while_judging(const summary::Results& results, const std::function<void()>& judging);
    [[noreturn]] void leave_judging(const std::string& cause, const summary::Results& results);
    void write_unfinished(const summary::Results& results);
    void tell_stopped(const std::string& cause, std::int64_t replicates) const;

    const RunOptions& options_;
    const RunPlan& plan_;
    StopWatcher& watcher_;
    RunRecord record_;
    StopWatcher::Clock::time_point start_ = StopWatcher::Clock::now();
    std::mutex writing_;         ///< of a checkpoint while judging
    std::int64_t finished_ = 0;  ///< in this run
};

}  // namespace rsasim::commands
