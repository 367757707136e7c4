#include "cost.hpp"

#include "assemble.hpp"
#include "expected_tables.hpp"
#include "work.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <malloc.h>
#include <sys/resource.h>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {
namespace {

using Clock = std::chrono::steady_clock;

/// Cells that are tried, spread over the sweep.
constexpr std::size_t most_tried = 16;
/// Seconds for simulating, and for judging.
constexpr double simulating_seconds = 0.25, judging_seconds = 0.1;
/// Replicates of each tried cell whose results are put together: few where their judging is slow.
constexpr std::int64_t few_replicates = 64, many_replicates = std::int64_t{1} << 20;
/// A table's row in memory, twice while results are put together, and in the file, compressed.
constexpr double row_bytes = 96, least_stored_row_bytes = 5;
/// The file's image in memory, and the buffers from which HDF5 makes it.
constexpr double image_copies = 2;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double heap_bytes() {
    return static_cast<double>(mallinfo2().uordblks);
}

double peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024;
}

using Group = std::pair<design::ArmSizes, const design::AnalysisPlan*>;

Group group_of(const design::Cell& cell) {
    return {cell.design.sizes(), &cell.design.analysis()};
}

/// The values of a swept key at some places of its axis.
design::AxisValues at_places(const design::AxisValues& values,
                             const std::vector<std::size_t>& places) {
    return std::visit(
        [&](const auto& all) -> design::AxisValues {
            std::decay_t<decltype(all)> some;
            for (const std::size_t place : places)
                some.push_back(all[place]);
            return some;
        },
        values);
}

/// The scenario with a few of its cells, all axes zipped into one.
scenario::Scenario with_some_cells(const scenario::Scenario& scenario) {
    scenario::Scenario some = scenario;
    const auto& all = scenario.grid.cells;
    some.grid = {};
    std::vector<std::vector<std::size_t>> places(scenario.grid.axes.size());
    const std::size_t count = std::min(all.size(), most_tried);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t cell = (2 * i + 1) * all.size() / (2 * count);
        some.grid.cells.push_back(all[cell]);
        const auto position = scenario.grid.position_of(cell);
        for (std::size_t axis = 0; axis < places.size(); ++axis)
            places[axis].push_back(position[axis]);
    }
    if (places.empty()) return some;
    design::Axis& zipped = some.grid.axes.emplace_back();
    zipped.name = "zip";
    for (std::size_t axis = 0; axis < places.size(); ++axis) {
        for (const auto& key : scenario.grid.axes[axis].keys)
            zipped.keys.push_back({key.path, key.name, at_places(key.values, places[axis])});
    }
    return some;
}

/// The same number of replicates of each cell, those after `first`.
std::vector<engine::CellTask> tasks_of_each(const scenario::Scenario& scenario, std::int64_t first,
                                            std::int64_t replicates) {
    std::vector<tally::ReplicateRanges> ranges(scenario.grid.cells.size(),
                                               {{first, first + replicates}});
    return tasks_of(scenario, std::move(ranges));
}

/// Of a table's findings: P-values, intervals, estimates with their errors, and half as much again
/// for what summaries make of them.
double judged_bytes(const scenario::Scenario& scenario) {
    const auto& plan = scenario.grid.cells.front().design.analysis();
    const std::size_t numbers =
        plan.tests.size() + 2 * plan.intervals.size() + 2 * plan.estimators.size();
    return 1.5 * static_cast<double>(numbers * sizeof(double));
}

double cost_of_each(const scenario::Scenario& scenario) {
    double sum = 0;
    for (const auto& cell : scenario.grid.cells)
        sum += static_cast<double>(cost_of_replicate(cell.design));
    return sum;
}

/// Small pieces of the work, measured.
class Probe {
  public:
    Probe(const scenario::Scenario& scenario, unsigned threads)
        : all_(scenario), tried_(with_some_cells(scenario)), threads_(threads) {
        simulate();
        judge();
        put_together();
    }

    [[nodiscard]] Cost whole() const {
        double simulating = 0;
        for (const auto& [design, replicates] : all_.grid.cells) {
            const auto n = static_cast<double>(replicates);
            const double blocks = std::ceil(n / static_cast<double>(engine::block_of(design)));
            simulating += simulate_seconds_ * static_cast<double>(cost_of_replicate(design)) * n +
                          begin_seconds_ * blocks;
        }
        const double cells = static_cast<double>(all_.grid.cells.size());
        const double tried = static_cast<double>(tried_.grid.cells.size());
        const double rows = rows_wanted_ * cells / tried;
        const double file = first_file_bytes_ + file_bytes_per_cell_ * (cells - 1) +
                            (rows - rows_tried_ * cells / tried) * stored_row_bytes_;
        const double judged = judged_wanted_ * groups_in(all_) / groups_in(tried_);
        Cost cost;
        cost.file_bytes = file;
        cost.memory_bytes = peak_bytes_ + heap_per_cell_ * (cells - tried) +
                            std::max(0.0, judged - judged_tried_) * judged_bytes(all_) +
                            std::max(0.0, rows - rows_tried_) * row_bytes +
                            std::max(0.0, file - tried_file_bytes_) * image_copies;
        const double others = judge_seconds_ * judged + row_seconds_ * rows;
        cost.seconds = simulating + others / threads_ + write_seconds_ * file / tried_file_bytes_;
        return cost;
    }

  private:
    static double groups_in(const scenario::Scenario& scenario) {
        std::map<Group, bool> groups;
        for (const auto& cell : scenario.grid.cells)
            groups[group_of(cell)] = true;
        return static_cast<double>(groups.size());
    }

    /// Ever more replicates; from the last round and an earlier one what a replicate costs, and
    /// what it costs to begin a block.
    void simulate() {
        std::vector<double> seconds;
        std::int64_t replicates = design::lanes, first = 0;
        const auto start = Clock::now();
        for (;; replicates *= 2) {
            std::vector<engine::CellTask> tasks;
            for (unsigned copy = 0; copy < threads_; ++copy, first += replicates) {
                for (auto& task : tasks_of_each(tried_, first, replicates))
                    tasks.push_back(std::move(task));
            }
            const auto begun = Clock::now();
            engine::simulate(tasks, {.threads = threads_});
            seconds.push_back(seconds_since(begun));
            if (seconds.size() > 3 && seconds_since(start) > simulating_seconds) break;
        }
        const double last = seconds.back(), earlier = seconds[seconds.size() - 3];
        const double of_replicates = std::max((last - earlier) * 4 / 3, last / 4);
        simulate_seconds_ =
            of_replicates / (cost_of_each(tried_) * static_cast<double>(replicates) * threads_);
        begin_seconds_ = std::max(0.0, last - of_replicates) /
                         static_cast<double>(tried_.grid.cells.size() * threads_);
    }

    /// Tables spread over the middle of the first tried cell's: judged one by one.
    void judge() {
        const design::Design& design = tried_.grid.cells.front().design;
        const engine::CellTask task{design, random::stream_key(all_.seed), {{0, few_replicates}}};
        const auto totals = engine::simulate({&task, 1}, {}).front();
        std::vector<design::Table2x2> list;
        for (const auto& row : totals.patients ? totals.patients->tables().tables : totals.tables)
            list.push_back(row.table());
        std::ranges::sort(list);
        auto plan = std::make_shared<const design::AnalysisPlan>(design.analysis());
        analysis::Judgement judgement(std::move(plan), list);
        const auto start = Clock::now();
        std::size_t judged = 0;
        while (judged < list.size() && seconds_since(start) < judging_seconds) {
            judgement.judge(judged, judged + 1);
            ++judged;
        }
        judge_seconds_ =
            seconds_since(start) / static_cast<double>(std::max<std::size_t>(judged, 1));
    }

    /// Results of the tried cells and of the first of them, as a run makes and writes them.
    void put_together() {
        count_tables();
        const bool is_quick = judged_wanted_ * judge_seconds_ < judging_seconds;
        const double affordable = judging_seconds / (simulate_seconds_ * cost_of_each(tried_));
        const std::int64_t most =
            is_quick ? std::clamp(static_cast<std::int64_t>(std::min(affordable, 1e9)),
                                  few_replicates, many_replicates)
                     : few_replicates;
        scenario::Scenario scenario = tried_;
        for (auto& cell : scenario.grid.cells)
            cell.replicates = std::min(cell.replicates, most);
        const double before = heap_bytes();
        const auto start = Clock::now();
        const auto results = assembled(scenario);
        const double seconds = seconds_since(start);
        const double cells = static_cast<double>(scenario.grid.cells.size());
        rows_tried_ = rows_in(results);
        heap_per_cell_ = (heap_bytes() - before - rows_tried_ * row_bytes / 2) / cells;
        judged_tried_ = std::min(rows_tried_, judged_wanted_);
        row_seconds_ = std::max(0.0, seconds * threads_ - judged_tried_ * judge_seconds_) /
                       std::max(1.0, rows_tried_);
        const auto begun = Clock::now();
        tried_file_bytes_ = static_cast<double>(files::size_of_results(results));
        write_seconds_ = seconds_since(begun);
        scenario.grid.cells.erase(scenario.grid.cells.begin() + 1, scenario.grid.cells.end());
        scenario.grid.axes.clear();
        measure_first(scenario);
        if (cells > 1) file_bytes_per_cell_ = (tried_file_bytes_ - first_file_bytes_) / (cells - 1);
        peak_bytes_ = peak_bytes();
    }

    /// The file of the first tried cell alone; of women also by how much more rows lengthen it, as
    /// long as they have not all come up.
    void measure_first(scenario::Scenario scenario) {
        first_file_bytes_ = static_cast<double>(files::size_of_results(assembled(scenario)));
        design::Cell& cell = scenario.grid.cells.front();
        if (cell.design.patients() == nullptr) return;
        const auto cost = static_cast<double>(cost_of_replicate(cell.design));
        const auto affordable = judging_seconds / (simulate_seconds_ * cost);
        cell.replicates = std::clamp(static_cast<std::int64_t>(std::min(affordable, 4096.0)),
                                     few_replicates, std::max(few_replicates, cell.replicates));
        const auto more = gathered(scenario);
        cell.replicates /= 4;
        const auto fewer = gathered(scenario);
        const double rows = rows_in(more) - rows_in(fewer);
        const auto bytes = static_cast<double>(files::size_of_results(more)) -
                           static_cast<double>(files::size_of_results(fewer));
        if (2 * rows >= few_replicates && rows_in(more) < rows_wanted_ / 2)
            stored_row_bytes_ = std::max(stored_row_bytes_, bytes / rows);
    }

    static double rows_in(const summary::Results& results) {
        double rows = 0;
        for (const auto& cell : results.cells)
            rows += static_cast<double>(std::get<tally::TableCounts>(cell.tables).size());
        return rows;
    }

    [[nodiscard]] summary::Results assembled(const scenario::Scenario& scenario) const {
        auto tasks = tasks_of(scenario, wanted_ranges(scenario, {}));
        return assemble_simulation(scenario, engine::simulate(tasks, {.threads = threads_}),
                                   threads_);
    }

    [[nodiscard]] summary::Results gathered(const scenario::Scenario& scenario) const {
        auto tasks = tasks_of(scenario, wanted_ranges(scenario, {}));
        return gather_simulation(scenario, engine::simulate(tasks, {.threads = threads_}));
    }

    /// The tables that the tried cells are expected to meet, one by one and together.
    void count_tables() {
        std::map<Group, std::vector<Simulated>> groups;
        std::map<Group, double> members;
        for (const auto& cell : all_.grid.cells)
            ++members[group_of(cell)];
        for (const auto& cell : tried_.grid.cells) {
            const Simulated one{&cell.design, static_cast<double>(cell.replicates)};
            groups[group_of(cell)].push_back(one);
            rows_wanted_ += expected_tables({&one, 1});
        }
        for (auto& [group, simulated] : groups) {
            const double share = members[group] / static_cast<double>(simulated.size());
            for (Simulated& one : simulated)
                one.replicates *= share;
            judged_wanted_ += expected_tables(simulated);
        }
    }

    const scenario::Scenario& all_;
    scenario::Scenario tried_;
    unsigned threads_;
    double simulate_seconds_ = 0;  ///< per unit of cost, on all threads
    double begin_seconds_ = 0;     ///< per block, on all threads
    double judge_seconds_ = 0;     ///< per table, on one thread
    double row_seconds_ = 0;       ///< to summarise a cell, per row of its tables, on one thread
    double write_seconds_ = 0;     ///< of the tried cells' file
    double rows_wanted_ = 0, judged_wanted_ = 0;  ///< of the tried cells, in the whole run
    double rows_tried_ = 0, judged_tried_ = 0;
    double first_file_bytes_ = 0, tried_file_bytes_ = 0, file_bytes_per_cell_ = 0;
    double heap_per_cell_ = 0, peak_bytes_ = 0;
    double stored_row_bytes_ = least_stored_row_bytes;
};

}  // namespace

std::int64_t total_replicates(const scenario::Scenario& scenario) {
    std::int64_t total = 0;
    for (const auto& cell : scenario.grid.cells)
        total += cell.replicates;
    return total;
}

Cost predict_cost(const scenario::Scenario& scenario, unsigned threads) {
    return Probe(scenario, threads).whole();
}

}  // namespace rsasim::commands
