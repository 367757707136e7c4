#include "assemble.hpp"
#include "checkpoints.hpp"
#include "console.hpp"
#include "cost.hpp"
#include "input.hpp"
#include "options.hpp"
#include "output_path.hpp"
#include "patient_cells.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "run_output.hpp"
#include "show_results.hpp"
#include "signals.hpp"
#include "time_limit.hpp"
#include "work.hpp"

#include <algorithm>
#include <stop_token>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {
namespace {

/// From here on a run is worth a word about how long it will take.
constexpr std::int64_t long_run = 20'000'000'000;

void announce_long_run(const scenario::Scenario& scenario, unsigned threads) {
    const std::int64_t total = total_replicates(scenario);
    if (total < long_run) return;
    tell(
        fmt::format("note: {} replicates will take about {} on {} thread{}. Fewer replicates "
                    "(--replicates) take proportionally less; 1,000,000 give a power of 0.5 a "
                    "Monte Carlo error of 0.0005.",
                    total, duration_text(predict_cost(scenario, threads).seconds), threads,
                    threads == 1 ? "" : "s"));
}

/// Says why the power of adjusted tests has no control variate.
void explain_missing_control(const design::Design& design) {
    if (design.patients() == nullptr || !design.analysis().patients->uses_control_variate) return;
    const auto reason = why_no_control_variate(design);
    if (!reason.empty()) tell(fmt::format("note: no control variate: {}.", reason));
}

/// Without destructors and exit handlers: other threads are at work.
[[noreturn]] void leave(ExitStatus status) {
    _exit(static_cast<int>(status));
}

/// The command line that goes on from a checkpoint.
std::string resuming(std::string command_line) {
    const std::string force = " --force";
    const auto place = command_line.find(force);
    if (place != std::string::npos) command_line.erase(place, force.size());
    const bool resumes = command_line.find(" --resume") != std::string::npos;
    return command_line + (resumes ? "" : " --resume");
}

std::int64_t replicates_of(const summary::Results& results) {
    std::int64_t sum = 0;
    for (const auto& cell : results.cells)
        sum += cell.replicates;
    return sum;
}

/// What the options say, read before any work.
struct RunPlan {
    explicit RunPlan(const RunOptions& options) {
        if (options.resume && options.force) {
            throw scenario::InputErrors(
                {"--resume --force: one goes on with a file, the other replaces it. Give one of "
                 "them."});
        }
        if (options.shard) shard = parse_shard(*options.shard);
        if (options.checkpoint_every)
            interval = parse_duration(*options.checkpoint_every, "--checkpoint-every");
        if (options.max_time)
            limit = StopWatcher::Clock::now() + parse_duration(*options.max_time, "--max-time");
        existing = options.resume  ? Existing::resume
                   : options.force ? Existing::replace
                                   : Existing::refuse;
        threads = options.threads > 0 ? options.threads : engine::available_threads();
    }

    std::optional<engine::Shard> shard;
    std::optional<std::chrono::milliseconds> interval;
    std::optional<StopWatcher::Clock::time_point> limit;
    Existing existing = Existing::refuse;
    unsigned threads = 1;
};

/// How often and at what cost the work was begun before, for the record.
std::vector<std::pair<std::string, std::string>> record_of_earlier(const summary::Results& stored) {
    std::int64_t starts = 1;
    double seconds = 0;
    for (const auto& [name, value] : stored.provenance.attributes) {
        if (name == "earlier_starts") starts += std::atoll(value.c_str());
        if (name == "cpu_seconds" || name == "earlier_cpu_seconds")
            seconds += std::atof(value.c_str());
    }
    return {{"earlier_starts", std::to_string(starts)},
            {"earlier_cpu_seconds", fmt::format("{:.3f}", seconds)}};
}

/// One run from the claimed output to the written file.
class Simulating {
  public:
    Simulating(const RunOptions& options, const RunPlan& plan, StopWatcher& watcher,
               RunRecord record)
        : options_(options), plan_(plan), watcher_(watcher), record_(std::move(record)) {}

    /// The finished results; nothing where a stop was asked for and a checkpoint written.
    std::optional<summary::Results> run(std::vector<tally::ReplicateRanges> ranges,
                                        std::vector<engine::CellTotals> totals) {
        const std::int64_t to_do = replicates_in(ranges);
        auto results = record_.gather(
            simulate(tasks_of(record_.scenario, std::move(ranges)), std::move(totals), to_do));
        const bool is_all = finished_ == to_do;
        if (!is_all || (!plan_.shard && !watcher_.cause().empty())) {
            record_.write_checkpoint(results);
            tell_stopped(watcher_.cause(), replicates_of(results));
            return {};
        }
        if (!plan_.shard) judge(results);
        results.provenance = record_.provenance();
        record_.lock.confirm();
        files::write_results(results, record_.path);
        return results;
    }

  private:
    std::vector<engine::CellTotals> simulate(const std::vector<engine::CellTask>& tasks,
                                             std::vector<engine::CellTotals> totals,
                                             std::int64_t to_do) {
        const bool has_bar = has_terminal_for_progress();
        const bool tells = !options_.display.no_progress && !options_.display.quiet;
        const Rhythm rhythm{plan_.interval, tells && !has_bar, to_do};
        ProgressBar bar(to_do, tells && has_bar);
        std::stop_source stop;
        watcher_.react_with([&stop](const std::string&) { stop.request_stop(); });
        if (!watcher_.cause().empty()) stop.request_stop();
        auto found = engine::simulate(
            tasks,
            {plan_.threads, stop.get_token(),
             [&](std::int64_t finished) {
                 finished_ = finished;
                 bar.update(finished);
             },
             [&](engine::RunningSimulation& running, const std::stop_token& ended) {
                 keep_checkpoints(record_, rhythm, running, ended);
             }},
            std::move(totals));
        watcher_.react_with({});
        return found;
    }

    /// Tests may take minutes to judge: a stop meanwhile leaves at once, with all replicates.
    void judge(summary::Results& results) {
        watcher_.react_with([&](const std::string& cause) { leave_judging(cause, results); });
        if (!watcher_.cause().empty()) leave_judging(watcher_.cause(), results);
        derive_summaries(record_.scenario, results, plan_.threads);
        watcher_.react_with({});
    }

    [[noreturn]] void leave_judging(const std::string& cause, const summary::Results& results) {
        ExitStatus status = ExitStatus::stopped;
        try {
            record_.write_checkpoint(results);
            tell_stopped(cause, replicates_of(results));
        } catch (const std::exception& error) {
            tell(error.what());
            status = ExitStatus::file_error;
        }
        record_.lock.release();
        leave(status);
    }

    void tell_stopped(const std::string& cause, std::int64_t replicates) const {
        if (options_.display.quiet) return;
        tell(fmt::format("stopped by {}: {} replicates are in {}. To go on: {}", cause, replicates,
                         record_.path.string(), resuming(options_.command_line)));
    }

    const RunOptions& options_;
    const RunPlan& plan_;
    StopWatcher& watcher_;
    RunRecord record_;
    std::int64_t finished_ = 0;  ///< in this run
};

void tell_of_start(const RunOutput& output, const WantedOutput& wanted) {
    if (wanted.existing != Existing::resume) return;
    if (!output.stored) {
        tell(fmt::format("{}: is not there yet; starting anew.", wanted.path.string()));
    } else if (output.is_finished) {
        tell(fmt::format("{}: has all replicates that are wanted; nothing to do.",
                         wanted.path.string()));
    } else {
        tell(fmt::format("{}: going on from {} replicates.", wanted.path.string(),
                         replicates_of(*output.stored)));
    }
}

}  // namespace

ExitStatus run(const RunOptions& options) {
    const Recorder recorder(options.command_line);
    const RunPlan plan(options);
    const bool is_quiet = options.display.quiet;
    std::optional<StopWatcher> watcher(std::in_place, plan.limit, [=](const std::string& cause) {
        if (!is_quiet) tell(fmt::format("stopped by {} before the work began.", cause));
        leave(ExitStatus::stopped);
    });
    const auto scenario = read_input(options.input, is_quiet);
    const auto path = output_path(options.output, options.input, plan.shard);
    const auto ranges = wanted_ranges(scenario, plan.shard);
    const WantedOutput wanted{path, plan.existing, scenario, ranges, plan.shard.has_value()};
    auto output = claim_run_output(wanted, [&] { watcher->react_with({}); });
    if (!is_quiet) tell_of_start(output, wanted);
    if (output.is_finished) return ExitStatus::success;
    if (!is_quiet) {
        announce_long_run(scenario, plan.threads);
        explain_missing_control(scenario.grid.cells.front().design);
    }

    RunRecord record{scenario, recorder, plan.threads, path, *output.lock, {}};
    auto rest = ranges;
    std::vector<engine::CellTotals> totals;
    if (output.stored) {
        for (auto& remark : record_of_earlier(*output.stored))
            record.remarks.push_back(std::move(remark));
        rest = remaining_ranges(ranges, *output.stored);
        totals = totals_of(scenario, std::move(*output.stored));
    }
    if (plan.shard) {
        record.remarks.emplace_back("shard",
                                    fmt::format("{}/{}", plan.shard->index, plan.shard->count));
    }
    auto results =
        Simulating(options, plan, *watcher, record).run(std::move(rest), std::move(totals));
    output.lock->release();
    if (!results) return ExitStatus::stopped;
    watcher.reset();
    show_results(*results, options.display);
    if (!is_quiet) {
        tell(fmt::format("{} written in {}.", path.string(),
                         duration_text(recorder.elapsed_seconds())));
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
