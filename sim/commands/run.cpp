#include "assemble.hpp"
#include "cell_key.hpp"
#include "console.hpp"
#include "cost.hpp"
#include "input.hpp"
#include "options.hpp"
#include "output_path.hpp"
#include "patient_cells.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "show_results.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/files/results_file.hpp>
#include <rsasim/files/results_text.hpp>

namespace rsasim::commands {
namespace {

/// From here on a run is worth a word about how long it will take.
constexpr std::int64_t long_run = 20'000'000'000;

std::vector<engine::CellTask> tasks_of(const scenario::Scenario& scenario) {
    std::vector<engine::CellTask> tasks;
    tasks.reserve(scenario.grid.cells.size());
    for (std::size_t i = 0; i < scenario.grid.cells.size(); ++i) {
        const design::Cell& cell = scenario.grid.cells[i];
        tasks.push_back({cell.design, key_of_cell(scenario, i), {{0, cell.replicates}}});
    }
    return tasks;
}

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

}  // namespace

ExitStatus run(const RunOptions& options) {
    const Recorder recorder(options.command_line);
    const auto scenario = read_input(options.input, options.display.quiet);
    const auto path = output_path(options.output, options.input);
    claim_output(path, options.force);
    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    if (!options.display.quiet) {
        announce_long_run(scenario, threads);
        explain_missing_control(scenario.grid.cells.front().design);
    }

    std::vector<engine::CellTotals> totals;
    {
        ProgressBar bar(total_replicates(scenario),
                        has_terminal_for_progress() && !options.display.no_progress);
        totals =
            engine::simulate(tasks_of(scenario),
                             {threads, {}, [&](std::int64_t finished) { bar.update(finished); }});
    }
    auto results = assemble_simulation(scenario, std::move(totals), threads);
    results.provenance = recorder.record(scenario, threads);
    files::write_results(results, path);
    show_results(results, options.display);
    if (!options.display.quiet) {
        tell(fmt::format("{} written in {}.", path.string(),
                         duration_text(recorder.elapsed_seconds())));
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
