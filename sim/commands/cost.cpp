#include "cost.hpp"

#include "assemble.hpp"
#include "expected_tables.hpp"
#include "on_threads.hpp"
#include "some_cells.hpp"
#include "work.hpp"
#include "work_rates.hpp"

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
constexpr std::size_t most_tried = 64;
/// Seconds for putting results together, and at most for the rows of a cell of many women.
constexpr double assembling_seconds = 0.1, longest_seconds = 2;
/// Replicates of each tried cell whose results are put together: few where their judging is slow.
constexpr std::int64_t few_replicates = 64, many_replicates = std::int64_t{1} << 20;
/// A table's row in memory, twice while results are put together, and in the file, compressed.
constexpr double row_bytes = 64, least_stored_row_bytes = 6;
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

/// Of a table's findings: P-values, intervals, estimates with their errors, and half as much again
/// for what summaries make of them.
double judged_bytes(const scenario::Scenario& scenario) {
    const auto& plan = scenario.grid.cells.front().design.analysis();
    const std::size_t numbers =
        plan.tests.size() + 2 * plan.intervals.size() + 2 * plan.estimators.size();
    return 1.5 * static_cast<double>(numbers * sizeof(double));
}

/// Small pieces of the work, measured.
class Probe {
  public:
    Probe(const scenario::Scenario& scenario, unsigned threads)
        : all_(scenario),
          tried_(with_some_cells(scenario, most_tried)),
          threads_(threads),
          rates_(measure_rates(tried_, threads)) {
        put_together();
    }

    [[nodiscard]] Cost whole() const {
        double simulating = 0;
        for (const auto& [design, replicates] : all_.grid.cells) {
            const auto n = static_cast<double>(replicates);
            const double blocks = std::ceil(n / static_cast<double>(engine::block_of(design)));
            simulating +=
                rates_.simulate_seconds * static_cast<double>(cost_of_replicate(design)) * n +
                rates_.begin_seconds * blocks;
        }
        const double cells = static_cast<double>(all_.grid.cells.size());
        const double tried = static_cast<double>(tried_.grid.cells.size());
        const double rows = rows_wanted_ * cells / tried;
        const double file = tried_file_bytes_ + file_bytes_per_cell_ * (cells - tried) +
                            (rows - rows_tried_ * cells / tried) * stored_row_bytes_;
        const double judged = judged_wanted_ * groups_in(all_) / groups_in(tried_);
        Cost cost;
        cost.file_bytes = file;
        cost.memory_bytes = peak_bytes_ + heap_per_cell_ * (cells - tried) +
                            std::max(0.0, judged - judged_tried_) * judged_bytes(all_) +
                            std::max(0.0, rows - rows_tried_) * row_bytes +
                            std::max(0.0, file - tried_file_bytes_) * image_copies;
        const double others = rates_.prepare_seconds * groups_in(all_) +
                              rates_.judge_seconds * judged + row_seconds_ * rows +
                              cell_seconds_ * cells;
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

    /// Results of the tried cells and of the first of them, as a run makes and writes them.
    void put_together() {
        count_tables();
        std::int64_t replicates = affordable(tried_, assembling_seconds, few_replicates);
        Timed fewer = timed(tried_, replicates), many = fewer;
        double heap = 0;
        const auto start = Clock::now();
        do {
            replicates *= 4;
            fewer = std::move(many);
            many = {};
            const double before = heap_bytes();
            many = timed(tried_, replicates);
            heap = heap_bytes() - before - many.rows * row_bytes / 2;
        } while (replicates < many_replicates && seconds_since(start) < assembling_seconds);
        summarise(fewer, many);
        rows_tried_ = many.rows;
        judged_tried_ = std::min(rows_tried_, judged_wanted_);
        const auto begun = Clock::now();
        tried_file_bytes_ =
            static_cast<double>(files::size_of_results(many.results, on_threads(threads_)));
        write_seconds_ = seconds_since(begun);
        measure_per_cell(replicates, heap);
        measure_file_per_row(with_some_cells(tried_, 1));
        peak_bytes_ = peak_bytes();
    }

    /// Results of at most so many replicates a cell, their tables' rows, and the seconds on one
    /// thread of what is neither simulating nor judging.
    struct Timed {
        summary::Results results;
        double rows = 0;
        double seconds = 0;
    };

    [[nodiscard]] Timed timed(const scenario::Scenario& scenario, std::int64_t replicates) const {
        const auto some = with_replicates(scenario, replicates);
        const auto start = Clock::now();
        Timed done{assembled(some)};
        done.rows = rows_in(done.results);
        const double simulating = rates_.simulate_seconds * cost_of_each(some) *
                                  static_cast<double>(some.grid.cells.front().replicates);
        const double judging = rates_.prepare_seconds * groups_in(some) +
                               rates_.judge_seconds * std::min(done.rows, judged_wanted_);
        done.seconds = std::max(0.0, (seconds_since(start) - simulating) * threads_ - judging);
        return done;
    }

    static scenario::Scenario with_replicates(scenario::Scenario scenario,
                                              std::int64_t replicates) {
        for (auto& cell : scenario.grid.cells)
            cell.replicates = std::min(cell.replicates, replicates);
        return scenario;
    }

    /// What it takes to summarise a cell and a row of its tables, from fewer rows beside many.
    /// Where hardly more came up, all of it goes to the rows.
    void summarise(const Timed& fewer, const Timed& many) {
        const bool grew = many.rows > 1.5 * fewer.rows;
        row_seconds_ = grew ? std::max(0.0, many.seconds - fewer.seconds) / (many.rows - fewer.rows)
                            : many.seconds / std::max(1.0, many.rows);
        cell_seconds_ = std::max(0.0, many.seconds - row_seconds_ * many.rows) /
                        static_cast<double>(tried_.grid.cells.size());
    }

    /// What a cell adds to heap and file, from the results of half the tried cells, so that what
    /// results of one cell hold already cancels out.
    void measure_per_cell(std::int64_t replicates, double heap) {
        const std::size_t cells = tried_.grid.cells.size();
        if (cells < 2) return;
        const double before = heap_bytes();
        const auto half =
            assembled(with_replicates(with_some_cells(tried_, cells / 2), replicates));
        const double half_heap = heap_bytes() - before - rows_in(half) * row_bytes / 2;
        const auto left = static_cast<double>(cells - half.cells.size());
        const auto half_file = static_cast<double>(files::size_of_results(half));
        heap_per_cell_ = std::max(0.0, heap - half_heap) / left;
        file_bytes_per_cell_ = std::max(0.0, tried_file_bytes_ - half_file) / left;
    }

    /// Of women, by how much more rows lengthen the file of one cell, as long as they have not all
    /// come up.
    void measure_file_per_row(scenario::Scenario scenario) {
        design::Cell& cell = scenario.grid.cells.front();
        if (cell.design.patients() == nullptr) return;
        cell.replicates = std::max({std::int64_t{4}, affordable(scenario, assembling_seconds, 4096),
                                    affordable(scenario, longest_seconds, few_replicates)});
        const auto more = gathered(scenario);
        cell.replicates /= 4;
        const auto fewer = gathered(scenario);
        const double rows = rows_in(more) - rows_in(fewer);
        const auto bytes = static_cast<double>(files::size_of_results(more)) -
                           static_cast<double>(files::size_of_results(fewer));
        if (2 * rows >= few_replicates && rows_in(more) < rows_wanted_ / 2)
            stored_row_bytes_ = std::max(stored_row_bytes_, bytes / rows);
    }

    [[nodiscard]] std::int64_t affordable(const scenario::Scenario& scenario, double seconds,
                                          std::int64_t most) const {
        return rates_.affordable_replicates(cost_of_each(scenario), seconds, most);
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
    WorkRates rates_;
    double row_seconds_ = 0;    ///< to summarise, per row of a cell's tables, on one thread
    double cell_seconds_ = 0;   ///< to summarise, per cell, on one thread
    double write_seconds_ = 0;  ///< of the tried cells' file
    double rows_wanted_ = 0, judged_wanted_ = 0;  ///< of the tried cells, in the whole run
    double rows_tried_ = 0, judged_tried_ = 0;
    double tried_file_bytes_ = 0, file_bytes_per_cell_ = 0;
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
