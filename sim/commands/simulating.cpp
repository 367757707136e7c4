#include "simulating.hpp"

#include "assemble.hpp"
#include "console.hpp"
#include "freed_memory.hpp"
#include "on_threads.hpp"
#include "precision_looks.hpp"
#include "progress.hpp"
#include "time_limit.hpp"
#include "work.hpp"

#include <algorithm>
#include <stop_token>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/results_file.hpp>
#include <rsasim/files/status_text.hpp>

namespace rsasim::commands {
namespace {

/// Judging that ends sooner needs no checkpoint.
constexpr std::chrono::seconds shortest_judging{1};

}  // namespace

RunPlan::RunPlan(const RunOptions& options) {
    if (options.resume && options.force) {
        throw scenario::InputErrors(
            {"--resume --force: one goes on with a file, the other replaces it. Give one of "
             "them."});
    }
    if (options.shard) shard = parse_shard(*options.shard);
    is_part = options.shard || !options.except.empty();
    if (options.checkpoint_every)
        interval = parse_duration(*options.checkpoint_every, "--checkpoint-every");
    if (options.max_time)
        limit = StopWatcher::Clock::now() + parse_duration(*options.max_time, "--max-time");
    existing = options.resume  ? Existing::resume
               : options.force ? Existing::replace
                               : Existing::refuse;
    threads = options.threads > 0 ? options.threads : engine::available_threads();
}

void leave(ExitStatus status) {
    _exit(static_cast<int>(status));
}

std::int64_t replicates_of(const summary::Results& results) {
    std::int64_t sum = 0;
    for (const auto& cell : results.cells)
        sum += cell.replicates;
    return sum;
}

Simulating::Simulating(const RunOptions& options, const RunPlan& plan, StopWatcher& watcher,
                       RunRecord record)
    : options_(options), plan_(plan), watcher_(watcher), record_(std::move(record)) {}

std::optional<summary::Results> Simulating::run(std::vector<tally::ReplicateRanges> ranges,
                                                std::vector<engine::CellTotals> totals) {
    const std::int64_t to_do = replicates_in(ranges);
    auto results = record_.gather(
        simulate(tasks_of(record_.scenario, std::move(ranges)), std::move(totals), to_do));
    const bool is_all = finished_ == to_do;
    if (!is_all || (!plan_.is_part && !watcher_.cause().empty())) {
        write_unfinished(results);
        return {};
    }
    if (!plan_.is_part) {
        while_judging(results, [&] { derive_summaries(record_.scenario, results, plan_.threads); });
    }
    results.provenance = record_.provenance();
    record_.lock.confirm();
    files::write_results(results, record_.path, on_threads(plan_.threads));
    return results;
}

std::optional<summary::Results> Simulating::run_to_precision(
    scenario::Scenario& scenario, std::vector<engine::CellTotals> totals) {
    const auto interval = plan_.interval.value_or(std::chrono::minutes(1));
    auto written = StopWatcher::Clock::now();
    PrecisionLooks looks(scenario, totals);
    while (!looks.is_settled()) {
        auto ranges = looks.missing(totals);
        const std::int64_t to_do = replicates_in(ranges);
        totals = simulate(tasks_of(scenario, std::move(ranges)), std::move(totals), to_do);
        // A copy: tallies of women are shared, and gathering only reads them.
        const auto so_far = record_.gather(std::vector(totals));
        if (finished_ != to_do) {
            write_unfinished(so_far);
            return {};
        }
        while_judging(so_far, [&] { looks.look(totals, plan_.threads); });
        if (looks.is_settled() || StopWatcher::Clock::now() - written < interval) continue;
        record_.write_checkpoint(so_far, on_threads(plan_.threads));
        written = StopWatcher::Clock::now();
    }
    for (std::size_t i = 0; i < totals.size(); ++i)
        scenario.grid.cells[i].replicates = looks.targets()[i];
    std::vector<tally::ReplicateRanges> nothing(totals.size());
    return run(std::move(nothing), std::move(totals));
}

std::vector<engine::CellTotals> Simulating::simulate(const std::vector<engine::CellTask>& tasks,
                                                     std::vector<engine::CellTotals> totals,
                                                     std::int64_t to_do) {
    return_freed_memory();
    const bool has_bar = has_terminal_for_progress();
    const bool tells = !options_.display.no_progress && !options_.display.quiet;
    const Rhythm rhythm{plan_.interval, tells && !has_bar, to_do};
    ProgressBar bar("replicates", tells && has_bar);
    std::stop_source stop;
    watcher_.react_with([&stop](const std::string&) { stop.request_stop(); });
    if (!watcher_.cause().empty()) stop.request_stop();
    finished_ = 0;
    auto found =
        engine::simulate(tasks,
                         {plan_.threads, stop.get_token(),
                          [&](std::int64_t finished) {
                              finished_ = finished;
                              bar.update(finished, to_do);
                          },
                          [&](engine::RunningSimulation& running, const std::stop_token& ended) {
                              keep_checkpoints(record_, rhythm, running, ended);
                          }},
                         std::move(totals));
    watcher_.react_with({});
    return found;
}

void Simulating::while_judging(const summary::Results& results,
                               const std::function<void()>& judging) {
    watcher_.react_with([&](const std::string& cause) { leave_judging(cause, results); });
    if (!watcher_.cause().empty()) leave_judging(watcher_.cause(), results);
    {
        const auto now = StopWatcher::Clock::now();
        const auto due =
            std::max(start_ + plan_.interval.value_or(usual_interval), now + shortest_judging);
        const std::jthread keeper([&](const std::stop_token& ended) {
            keep_simulated(record_, results, due, ended, writing_);
        });
        judging();
    }
    watcher_.react_with({});
}

void Simulating::leave_judging(const std::string& cause, const summary::Results& results) {
    ExitStatus status = ExitStatus::stopped;
    try {
        const std::lock_guard alone(writing_);
        record_.write_checkpoint(results);
        tell_stopped(cause, replicates_of(results));
    } catch (const std::exception& error) {
        tell(error.what());
        status = ExitStatus::file_error;
    }
    record_.lock.release();
    leave(status);
}

void Simulating::write_unfinished(const summary::Results& results) {
    record_.write_checkpoint(results, on_threads(plan_.threads));
    tell_stopped(watcher_.cause(), replicates_of(results));
}

void Simulating::tell_stopped(const std::string& cause, std::int64_t replicates) const {
    if (options_.display.quiet) return;
    tell(fmt::format("stopped by {}: {} replicates are in {}. To go on: {}", cause, replicates,
                     record_.path.string(), files::command_to_resume(options_.command_line)));
}

}  // namespace rsasim::commands
