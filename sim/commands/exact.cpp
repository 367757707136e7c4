#include "assemble.hpp"
#include "boundary.hpp"
#include "console.hpp"
#include "input.hpp"
#include "on_threads.hpp"
#include "options.hpp"
#include "output_path.hpp"
#include "progress.hpp"
#include "provenance.hpp"
#include "show_results.hpp"
#include "table_designs.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include <rsasim/engine/enumerate.hpp>
#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {
namespace {

/// Tables of one design beyond which enumeration is refused: judging them takes minutes, and a
/// simulation of 10^8 replicates answers to four decimals in seconds.
constexpr std::int64_t most_tables = std::int64_t{1} << 22;

void refuse_large_designs(const scenario::Scenario& scenario) {
    std::vector<std::string> messages;
    for (const auto& cell : scenario.grid.cells) {
        const std::int64_t tables = engine::count_tables(cell.design);
        if (tables <= most_tables) continue;
        const auto [treated, control] = cell.design.sizes();
        messages.push_back(fmt::format(
            "exact: {} v {} women make {} tables, more than the {} that are enumerated. Simulate "
            "the design: rsasim run.",
            treated, control, tables, most_tables));
        break;
    }
    if (!messages.empty()) throw scenario::InputErrors(std::move(messages));
}

ExitStatus print_boundaries(const ExactOptions& options, const scenario::Scenario& scenario,
                            unsigned threads) {
    if (options.output || options.display.csv) {
        throw scenario::InputErrors(
            {"exact --boundary: is printed as a table or with --json. "
             "Leave out --csv and -o."});
    }
    const auto boundaries = boundaries_of(scenario, most_tables, threads);
    print(options.display.json ? files::boundaries_to_json(boundaries)
                               : files::boundaries_to_text(boundaries, text_options()));
    return ExitStatus::success;
}

}  // namespace

ExitStatus exact(const ExactOptions& options) {
    const Recorder recorder(options.command_line);
    const auto scenario =
        reduced_to_tables(read_input(options.input, options.display.quiet), "exact");
    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    if (options.boundary) return print_boundaries(options, scenario, threads);
    if (options.output) claim_output(*options.output, options.force);
    refuse_large_designs(scenario);

    std::vector<engine::Enumeration> enumerations(scenario.grid.cells.size());
    engine::for_each_range(
        enumerations.size(), 1, threads, [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i) {
                enumerations[i] = engine::enumerate(scenario.grid.cells[i].design);
            }
        });
    auto results = assemble_enumeration(scenario, std::move(enumerations), threads);
    results.provenance = recorder.record(scenario, threads);
    if (options.output) {
        files::write_results(results, *options.output, on_threads(threads));
        if (!options.display.quiet) {
            tell(fmt::format("{} written in {}.", *options.output,
                             duration_text(recorder.elapsed_seconds())));
        }
    }
    show_results(results, options.display);
    return ExitStatus::success;
}

}  // namespace rsasim::commands
