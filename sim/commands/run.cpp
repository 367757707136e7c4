#include "console.hpp"
#include "cost.hpp"
#include "held_elsewhere.hpp"
#include "input.hpp"
#include "options.hpp"
#include "output_path.hpp"
#include "patient_cells.hpp"
#include "precision_looks.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "run_output.hpp"
#include "show_results.hpp"
#include "simulating.hpp"
#include "solving.hpp"
#include "some_cells.hpp"
#include "work.hpp"

#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {
namespace {

/// From here on a run is worth a word about how long it will take.
constexpr std::int64_t long_run = 20'000'000'000;

/// What is left to simulate, as a scenario of its own.
scenario::Scenario remaining_work(const scenario::Scenario& scenario,
                                  const std::vector<tally::ReplicateRanges>& rest) {
    std::vector<std::size_t> cells;
    for (std::size_t cell = 0; cell < rest.size(); ++cell) {
        if (!rest[cell].empty()) cells.push_back(cell);
    }
    auto work = with_cells(scenario, cells);
    for (std::size_t i = 0; i < cells.size(); ++i)
        work.grid.cells[i].replicates = tally::replicates_in(rest[cells[i]]);
    return work;
}

void announce_long_run(const scenario::Scenario& scenario,
                       const std::vector<tally::ReplicateRanges>& rest, unsigned threads) {
    const std::int64_t total = replicates_in(rest);
    if (total < long_run) return;
    const auto cost = predict_cost(remaining_work(scenario, rest), threads);
    tell(
        fmt::format("note: {}{} replicates will take about {} on {} thread{}. Fewer replicates "
                    "(--replicates) take proportionally less; 1,000,000 give a power of 0.5 a "
                    "Monte Carlo error of 0.0005.",
                    scenario.precision ? "up to " : "", total, duration_text(cost.seconds), threads,
                    threads == 1 ? "" : "s"));
}

/// Says why the power of adjusted tests has no control variate.
void explain_missing_control(const scenario::Scenario& scenario) {
    const design::Cell& cell = scenario.grid.cells.front();
    const design::Design& design = cell.design;
    if (design.patients() == nullptr || !design.analysis().patients->uses_control_variate) return;
    const auto reason = why_no_control_variate(design);
    if (!reason.empty()) {
        tell(fmt::format("note: no control variate: {}.", reason));
    } else if (!scenario.precision && cell.replicates <= engine::patient_block) {
        tell(
            fmt::format("note: no control variate: its coefficient takes the first {} replicates, "
                        "and there are none beyond them. Ask for more (--replicates).",
                        engine::patient_block));
    }
}

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

/// A shard cannot know what the others find.
void refuse_precision_of_part(const scenario::Scenario& scenario, const RunPlan& plan) {
    if (!scenario.precision || !plan.is_part) return;
    const auto* const flag = plan.shard ? "--shard" : "--except";
    throw scenario::InputErrors(
        {fmt::format("{} with simulation.precision = {}: which replicates are needed depends on "
                     "all of them. Give --replicates and no precision, or run it without {}.",
                     flag, *scenario.precision, flag)});
}

/// The cells whose models are needed: those of which the file of a part will hold replicates, or
/// all that a whole run judges.
std::vector<bool> cells_to_solve(const WantedOutput& wanted,
                                 const std::optional<summary::Results>& stored) {
    std::vector<bool> cells;
    for (std::size_t cell = 0; cell < wanted.ranges.size(); ++cell) {
        const bool is_stored = stored && !stored->cells[cell].finished.empty();
        cells.push_back(!wanted.is_part || is_stored || !wanted.ranges[cell].empty());
    }
    return cells;
}

/// On a stop before the first replicate; other threads are at work.
void leave_unbegun(const std::string& cause, bool is_quiet, std::string_view remedy = "") {
    if (!is_quiet) tell(fmt::format("stopped by {} before the work began.{}", cause, remedy));
    leave(ExitStatus::stopped);
}

void tell_of_start(const RunOutput& output, const WantedOutput& wanted) {
    if (wanted.existing != Existing::resume) return;
    if (!output.stored) {
        tell(fmt::format("{}: is not there yet; starting anew.", wanted.path.string()));
    } else if (output.is_finished) {
        tell(fmt::format("{}: has {}; nothing to do.", wanted.path.string(),
                         wanted.scenario.precision ? "all that was asked for"
                                                   : "all replicates that are wanted"));
        if (wanted.scenario.precision) tell(reached_text(wanted.scenario, *output.stored));
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
        leave_unbegun(cause, is_quiet);
    });
    auto scenario = describe_input(options.input);
    refuse_precision_of_part(scenario, plan);
    const auto path = output_path(options.output, options.input, plan.shard, plan.is_part);
    const auto elsewhere = held_elsewhere(options.except, scenario, path);
    const auto ranges = without(wanted_ranges(scenario, plan.shard), elsewhere);
    const WantedOutput wanted{path, plan.existing, scenario, ranges, plan.is_part};
    auto output = claim_run_output(wanted, [&] { watcher->react_with({}); });
    if (output.stored) require_disjoint(*output.stored, elsewhere, path);
    if (!is_quiet) tell_of_start(output, wanted);
    if (output.is_finished) return ExitStatus::success;
    auto rest = output.stored ? remaining_ranges(ranges, *output.stored) : ranges;
    const auto leaves = [&](const std::string& cause) {
        output.lock->release();
        leave_unbegun(cause, is_quiet,
                      scenario.open_models
                          ? " Models of women are solved for anew each time: where "
                            "a limit is too short, parts (--shard) have fewer."
                          : "");
    };
    watcher->react_with(leaves);
    if (!watcher->cause().empty()) leaves(watcher->cause());
    solve_models(scenario, cells_to_solve(wanted, output.stored), plan.threads,
                 !is_quiet && !options.display.no_progress);
    watcher->react_with({});
    if (!is_quiet) {
        tell_notes(scenario);
        announce_long_run(scenario, rest, plan.threads);
        explain_missing_control(scenario);
    }

    RunRecord record{scenario, recorder, plan.threads, path, *output.lock, {}};
    std::vector<engine::CellTotals> totals;
    if (output.stored) {
        for (auto& remark : record_of_earlier(*output.stored))
            record.remarks.push_back(std::move(remark));
        totals = totals_of(scenario, std::move(*output.stored));
    }
    if (plan.shard) {
        record.remarks.emplace_back("shard",
                                    fmt::format("{}/{}", plan.shard->index, plan.shard->count));
    }
    Simulating simulating(options, plan, *watcher, record);
    auto results = scenario.precision ? simulating.run_to_precision(scenario, std::move(totals))
                                      : simulating.run(std::move(rest), std::move(totals));
    output.lock->release();
    if (!results) return ExitStatus::stopped;
    watcher.reset();
    show_results(*results, options.display);
    if (scenario.precision && !is_quiet) tell(reached_text(scenario, *results));
    if (!is_quiet) {
        tell(fmt::format("{} written in {}.", path.string(),
                         duration_text(recorder.elapsed_seconds())));
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
