#include "cost.hpp"

#include "assemble.hpp"
#include "expected_tables.hpp"
#include "freed_memory.hpp"
#include "on_threads.hpp"
#include "some_cells.hpp"
#include "work.hpp"
#include "work_rates.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include <sys/resource.h>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/engine/simulate.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {
namespace {

using Clock = std::chrono::steady_clock;

/// Cells that are tried, spread over the sweep.
constexpr std::size_t most_tried = 64;
/// Neighbours whose file is written, at least.
constexpr std::size_t fewest_neighbours = 32;
/// Cells that are asked what tables they meet, of those that are judged together.
constexpr std::size_t fewest_members = 8;
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

double peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024;
}

using Group = std::pair<design::ArmSizes, const design::AnalysisPlan*>;

Group group_of(const design::Cell& cell) {
    return {cell.design.sizes(), &cell.design.analysis()};
}

/// Of a judged table and its findings: P-values, intervals, estimates with their errors, and half
/// as much again for what summaries make of them.
double judged_bytes(const scenario::Scenario& scenario) {
    const auto& plan = scenario.grid.cells.front().design.analysis();
    const std::size_t numbers =
        plan.tests.size() + 2 * plan.intervals.size() + 2 * plan.estimators.size();
    return 2 * sizeof(design::Table2x2) + 1.5 * static_cast<double>(numbers * sizeof(double));
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
        const double file = file_.bytes + file_.bytes_per_cell * (cells - file_.cells) +
                            file_.bytes_per_row * (rows - file_.rows);
        const double judged = judged_wanted_ * groups_in(all_) / groups_in(tried_);
        Cost cost;
        cost.file_bytes = file;
        cost.memory_bytes = peak_bytes_ + heap_per_cell_ * (cells - tried) +
                            rates_.prepare_bytes * (groups_in(all_) - groups_in(tried_)) +
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
        std::set<Group> groups;
        for (const auto& cell : scenario.grid.cells)
            groups.insert(group_of(cell));
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
        measure_rows(fewer, many);
        rows_tried_ = many.rows;
        judged_tried_ = std::min(rows_tried_, judged_wanted_);
        const auto begun = Clock::now();
        file_ = stored(many.results);
        write_seconds_ = seconds_since(begun);
        peak_bytes_ = peak_bytes();
        tried_file_bytes_ = file_.bytes;
        file_.bytes_per_row = least_stored_row_bytes;
        measure_cells(replicates, heap, many);
        if (tried_.grid.cells.size() < all_.grid.cells.size()) {
            measure_file_of_neighbours();
        } else {
            measure_file_per_row(with_some_cells(tried_, 1));
        }
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

    /// What it takes to summarise a row of a cell's tables, from fewer rows beside many, and a
    /// cell. Where hardly more rows came up, all of it goes to them.
    void measure_rows(const Timed& fewer, const Timed& many) {
        const bool grew = many.rows > 1.5 * fewer.rows;
        row_seconds_ = grew ? std::max(0.0, many.seconds - fewer.seconds) / (many.rows - fewer.rows)
                            : many.seconds / std::max(1.0, many.rows);
        cell_seconds_ = std::max(0.0, many.seconds - row_seconds_ * many.rows) /
                        static_cast<double>(tried_.grid.cells.size());
    }

    [[nodiscard]] double bytes_of(const summary::Results& results) const {
        return static_cast<double>(files::size_of_results(results, on_threads(threads_)));
    }

    /// What a cell takes and adds to the heap, from half the tried cells beside all, so that what
    /// one cell needs already cancels out.
    void measure_cells(std::int64_t replicates, double heap, const Timed& all) {
        const std::size_t cells = tried_.grid.cells.size();
        if (cells < 2) return;
        const double before = heap_bytes();
        const auto half = timed(with_some_cells(tried_, cells / 2), replicates);
        const double half_heap = heap_bytes() - before - half.rows * row_bytes / 2;
        const auto left = static_cast<double>(cells - half.results.cells.size());
        heap_per_cell_ = std::max(0.0, heap - half_heap) / left;
        const double of_rows = row_seconds_ * (all.rows - half.rows);
        cell_seconds_ =
            std::clamp((all.seconds - half.seconds - of_rows) / left, 0.0, cell_seconds_);
    }

    /// A file of so many cells and rows, how long it is with and without the rows, and what more
    /// of them add.
    struct StoredFile {
        double cells = 0, rows = 0, bytes = 0, bytes_without_rows = 0;
        double bytes_per_cell = 0, bytes_per_row = 0;
    };

    [[nodiscard]] StoredFile stored(const summary::Results& results) const {
        StoredFile file;
        file.cells = static_cast<double>(results.cells.size());
        file.rows = rows_in(results);
        file.bytes = bytes_of(results);
        return file;
    }

    /// The file of `count` cells in the middle of the sweep.
    [[nodiscard]] StoredFile stored_neighbours(std::size_t count) const {
        std::vector<std::size_t> cells(count);
        std::iota(cells.begin(), cells.end(), (all_.grid.cells.size() - count) / 2);
        const auto neighbours = with_cells(all_, cells);
        auto results = assembled(with_replicates(
            neighbours, affordable(neighbours, assembling_seconds, many_replicates)));
        StoredFile file = stored(results);
        for (auto& cell : results.cells) {
            cell.tables = tally::TableCounts{};
            for (auto* numbers : {&cell.pilot, &cell.rejections, &cell.pilot_rejections})
                numbers->clear();
        }
        file.bytes_without_rows = bytes_of(results);
        return file;
    }

    /// Neighbours of a sweep are much alike, with common random numbers table by table, and are
    /// compressed together: what a cell and a row add is seen on many neighbours only.
    void measure_file_of_neighbours() {
        std::size_t count = fewest_neighbours;
        auto half = stored_neighbours(count / 2);
        file_ = stored_neighbours(count);
        const auto start = Clock::now();
        while (2 * count <= all_.grid.cells.size() && seconds_since(start) < assembling_seconds) {
            half = file_;
            file_ = stored_neighbours(count *= 2);
        }
        const double bare = file_.bytes_without_rows - half.bytes_without_rows;
        file_.bytes_per_cell = std::max(0.0, bare) / (file_.cells - half.cells);
        if (file_.rows > half.rows) {
            file_.bytes_per_row =
                std::max(0.0, file_.bytes - half.bytes - bare) / (file_.rows - half.rows);
        }
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
            file_.bytes_per_row = std::max(file_.bytes_per_row, bytes / rows);
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

    /// The tables that the tried cells are expected to meet, and those to be judged for them, which
    /// cells of one group share.
    void count_tables() {
        std::map<Group, std::vector<const design::Cell*>> members;
        for (const auto& cell : all_.grid.cells)
            members[group_of(cell)].push_back(&cell);
        std::set<Group> groups;
        for (const auto& cell : tried_.grid.cells) {
            const Simulated one{&cell.design, static_cast<double>(cell.replicates)};
            rows_wanted_ += expected_tables({&one, 1});
            groups.insert(group_of(cell));
        }
        const std::size_t most = std::max(most_tried / groups.size(), fewest_members);
        for (const auto& group : groups)
            judged_wanted_ += expected_tables(some_of(members[group], most));
    }

    /// At most so many of the cells, spread over them, with the replicates of all.
    static std::vector<Simulated> some_of(const std::vector<const design::Cell*>& cells,
                                          std::size_t most) {
        const std::size_t count = std::min(cells.size(), most);
        const double share = static_cast<double>(cells.size()) / static_cast<double>(count);
        std::vector<Simulated> some;
        for (std::size_t i = 0; i < count; ++i) {
            const design::Cell& cell = *cells[(2 * i + 1) * cells.size() / (2 * count)];
            some.push_back({&cell.design, share * static_cast<double>(cell.replicates)});
        }
        return some;
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
    double tried_file_bytes_ = 0;
    StoredFile file_;  ///< of the tried cells, or of neighbours
    double heap_per_cell_ = 0, peak_bytes_ = 0;
};

}  // namespace

std::int64_t total_replicates(const scenario::Scenario& scenario) {
    std::int64_t total = 0;
    for (const auto& cell : scenario.grid.cells)
        total += cell.replicates;
    return total;
}

Cost predict_cost(const scenario::Scenario& scenario, unsigned threads) {
    return_freed_memory();
    return Probe(scenario, threads).whole();
}

}  // namespace rsasim::commands
