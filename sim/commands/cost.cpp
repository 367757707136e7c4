#include "cost.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/engine/enumerate.hpp>
#include <rsasim/engine/simulate.hpp>

namespace rsasim::commands {
namespace {

using Clock = std::chrono::steady_clock;

/// How long the probe of each stage may take.
constexpr double probe_seconds = 0.1;
/// Memory of the program before any work: libraries and their tables.
constexpr double resting_bytes = 24e6;
/// Bytes of a table row in memory, and compressed in the file.
constexpr double row_bytes = 24, stored_row_bytes = 4;
/// Bytes of the file that do not depend on the number of cells, and per figure of a cell.
constexpr double fixed_file_bytes = 180e3, stored_figure_bytes = 6;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

const design::Cell& first_cell(const scenario::Scenario& scenario) {
    return scenario.grid.cells.front();
}

/// Enough for a steady rate, few enough for slow analyses.
std::int64_t probe_replicates(const design::Design& design) {
    constexpr std::int64_t of_patients = 512;
    return design.patients() != nullptr ? of_patients : engine::block_of(design);
}

/// Seconds of one thread for one replicate, with the tables that came up.
std::pair<double, tally::TableCounts> probe_simulation(const scenario::Scenario& scenario) {
    const design::Design& design = first_cell(scenario).design;
    const random::StreamKey key = random::stream_key(scenario.seed);
    tally::TableCounts tables;
    std::int64_t done = 0;
    const auto start = Clock::now();
    while (seconds_since(start) < probe_seconds) {
        const std::int64_t last = done + probe_replicates(design);
        const engine::CellTask task{design, key, {{done, last}}};
        const auto totals = engine::simulate({&task, 1}, {}).front();
        tally::add_rows(tables, totals.patients ? totals.patients->tables().tables : totals.tables);
        done = last;
    }
    return {seconds_since(start) / static_cast<double>(done), std::move(tables)};
}

/// Seconds of one thread to judge one table by every method of the plan.
double probe_judging(const scenario::Scenario& scenario, const tally::TableCounts& tables) {
    const design::Design& design = first_cell(scenario).design;
    std::vector<design::Table2x2> list;
    for (const auto& row : tables)
        list.push_back(row.table());
    std::ranges::sort(list);
    auto plan = std::make_shared<const design::AnalysisPlan>(design.analysis());
    analysis::Judgement judgement(std::move(plan), list);
    const auto start = Clock::now();
    // Spread over the list: tables near its ends cost less than those in the middle.
    const std::size_t stride = std::max<std::size_t>(1, list.size() / 64);
    std::size_t judged = 0;
    for (std::size_t row = 0; row < list.size() && seconds_since(start) < probe_seconds;
         row += stride, ++judged) {
        judgement.judge(row, row + 1);
    }
    return seconds_since(start) / static_cast<double>(std::max<std::size_t>(judged, 1));
}

/// Distinct tables that a cell of so many replicates is expected to meet, at most.
double expected_tables(const design::Cell& cell) {
    return static_cast<double>(std::min(cell.replicates, engine::count_tables(cell.design)));
}

}  // namespace

std::int64_t total_replicates(const scenario::Scenario& scenario) {
    std::int64_t total = 0;
    for (const auto& cell : scenario.grid.cells)
        total += cell.replicates;
    return total;
}

Cost predict_cost(const scenario::Scenario& scenario, unsigned threads) {
    const auto [replicate_seconds, tables] = probe_simulation(scenario);
    const double table_seconds = probe_judging(scenario, tables);

    double rows = 0;
    std::map<std::pair<design::ArmSizes, const design::AnalysisPlan*>, double> judged;
    for (const auto& cell : scenario.grid.cells) {
        const double expected = expected_tables(cell);
        rows += expected;
        double& largest = judged[{cell.design.sizes(), &cell.design.analysis()}];
        largest = std::max(largest, expected);
    }
    double judged_tables = 0;
    for (const auto& [group, count] : judged)
        judged_tables += count;

    const design::AnalysisPlan& plan = first_cell(scenario).design.analysis();
    const double figures = 6.0 * static_cast<double>(plan.tests.size()) +
                           20.0 * static_cast<double>(plan.intervals.size()) +
                           14.0 * static_cast<double>(plan.estimators.size()) +
                           2.0 * static_cast<double>(plan.tests.size() * plan.tests.size());
    const double cells = static_cast<double>(scenario.grid.cells.size());
    const double work = replicate_seconds * static_cast<double>(total_replicates(scenario)) +
                        table_seconds * judged_tables;
    return {work / threads, resting_bytes + rows * row_bytes + cells * figures * 16,
            fixed_file_bytes + rows * stored_row_bytes + cells * figures * stored_figure_bytes};
}

}  // namespace rsasim::commands
