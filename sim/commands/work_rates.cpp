#include "work_rates.hpp"

#include "work.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include <malloc.h>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/engine/simulate.hpp>

namespace rsasim::commands {
namespace {

using Clock = std::chrono::steady_clock;

/// Seconds for simulating, and for judging.
constexpr double simulating_seconds = 0.25, judging_seconds = 0.1;
/// Simulating ends early once so many seconds are gone: arms may be of any size.
constexpr double longest_seconds = 1;
/// Replicates whose tables are judged, at most.
constexpr std::int64_t few_replicates = 64;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The same number of replicates of each cell, those after `first`.
std::vector<engine::CellTask> tasks_of_each(const scenario::Scenario& scenario, std::int64_t first,
                                            std::int64_t replicates) {
    std::vector<tally::ReplicateRanges> ranges(scenario.grid.cells.size(),
                                               {{first, first + replicates}});
    return tasks_of(scenario, std::move(ranges));
}

/// What a replicate costs, and what it costs to begin a block, from rounds each twice as long as
/// the one before. Where already the first are long, all of it goes to the replicates.
void measure_simulating(const scenario::Scenario& tried, unsigned threads, WorkRates& rates) {
    std::vector<double> seconds;
    std::int64_t replicates = design::lanes, first = 0;
    const auto start = Clock::now();
    for (;; replicates *= 2) {
        std::vector<engine::CellTask> tasks;
        for (unsigned copy = 0; copy < threads; ++copy, first += replicates) {
            for (auto& task : tasks_of_each(tried, first, replicates))
                tasks.push_back(std::move(task));
        }
        const auto begun = Clock::now();
        engine::simulate(tasks, {.threads = threads});
        seconds.push_back(seconds_since(begun));
        const double spent = seconds_since(start);
        if (spent > longest_seconds || (seconds.size() > 3 && spent > simulating_seconds)) break;
    }
    const double last = seconds.back();
    const double earlier = seconds.size() > 3 ? seconds[seconds.size() - 3] : last / 4;
    const double of_replicates = std::max((last - earlier) * 4 / 3, last / 4);
    rates.simulate_seconds =
        of_replicates / (cost_of_each(tried) * static_cast<double>(replicates) * threads);
    rates.begin_seconds = std::max(0.0, last - of_replicates) /
                          static_cast<double>(tried.grid.cells.size() * threads);
}

/// Tables of a cell's first replicates, judged one by one for so many seconds. The first also pays
/// for what the methods prepare for the sizes of the arms.
WorkRates judging_rates(const scenario::Scenario& tried, std::size_t cell, const WorkRates& rates,
                        double seconds) {
    const design::Design& design = tried.grid.cells[cell].design;
    const std::int64_t replicates = rates.affordable_replicates(
        static_cast<double>(cost_of_replicate(design)), seconds, few_replicates);
    const engine::CellTask task{design, random::stream_key(tried.seed), {{0, replicates}}};
    const auto totals = engine::simulate({&task, 1}, {}).front();
    std::vector<design::Table2x2> list;
    for (const auto& row : totals.patients ? totals.patients->tables().tables : totals.tables)
        list.push_back(row.table());
    std::ranges::sort(list);
    auto plan = std::make_shared<const design::AnalysisPlan>(design.analysis());
    analysis::Judgement judgement(std::move(plan), list);
    WorkRates found;
    if (list.empty()) return found;
    const double before = heap_bytes();
    const auto begun = Clock::now();
    judgement.judge(0, 1);
    found.prepare_seconds = seconds_since(begun);
    found.prepare_bytes = heap_bytes() - before;
    const auto start = Clock::now();
    std::size_t judged = 1;
    while (judged < list.size() && seconds_since(start) < seconds) {
        const std::size_t more = std::min(judged, list.size() - judged);
        judgement.judge(judged, judged + more);
        judged += more;
    }
    found.judge_seconds = judged > 1 ? seconds_since(start) / static_cast<double>(judged - 1) : 0;
    return found;
}

/// Where arms have several sizes, those of the first, the middle and the last cell with the weights
/// 1, 4, 1: right for costs that are quadratic in what is swept.
void measure_judging(const scenario::Scenario& tried, WorkRates& rates) {
    const auto& cells = tried.grid.cells;
    const std::array places{std::size_t{0}, cells.size() / 2, cells.size() - 1};
    const bool are_alike = std::ranges::all_of(places, [&](std::size_t place) {
        return cells[place].design.sizes() == cells.front().design.sizes();
    });
    if (are_alike) {
        const auto found = judging_rates(tried, 0, rates, judging_seconds);
        rates.prepare_seconds = found.prepare_seconds;
        rates.judge_seconds = found.judge_seconds;
        rates.prepare_bytes = found.prepare_bytes;
        return;
    }
    constexpr std::array weights{1.0 / 6, 4.0 / 6, 1.0 / 6};
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto found = judging_rates(tried, places[i], rates, judging_seconds / 3);
        rates.prepare_seconds += weights[i] * found.prepare_seconds;
        rates.judge_seconds += weights[i] * found.judge_seconds;
        rates.prepare_bytes += weights[i] * found.prepare_bytes;
    }
}

}  // namespace

double heap_bytes() {
    const auto used = mallinfo2();
    return static_cast<double>(used.uordblks + used.hblkhd);
}

double cost_of_each(const scenario::Scenario& scenario) {
    double sum = 0;
    for (const auto& cell : scenario.grid.cells)
        sum += static_cast<double>(cost_of_replicate(cell.design));
    return sum;
}

std::int64_t WorkRates::affordable_replicates(double cost, double seconds,
                                              std::int64_t most) const {
    const double affordable = seconds / (simulate_seconds * cost);
    if (!(affordable < static_cast<double>(most))) return most;
    return std::max(std::int64_t{1}, static_cast<std::int64_t>(affordable));
}

WorkRates measure_rates(const scenario::Scenario& tried, unsigned threads) {
    WorkRates rates;
    measure_simulating(tried, threads, rates);
    measure_judging(tried, rates);
    return rates;
}

}  // namespace rsasim::commands
