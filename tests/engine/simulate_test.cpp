#include "trials.hpp"

#include <algorithm>
#include <atomic>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/engine/simulate.hpp>
#include <rsasim/replicate/count_trial.hpp>

using namespace rsasim;
using engine::CellTask;
using engine::CellTotals;
using engine::count_block;

namespace {

/// Cells of different sizes: within a block, over block boundaries, in several ranges, empty.
std::vector<CellTask> some_tasks() {
    const auto key = random::stream_key(20230313);
    return {
        {trial_of({75, 74}, {0.80, 0.6351}), key, {{count_block - 100'000, count_block + 112'345}}},
        {trial_of({1, 1}, {0.5, 0.5}), key, {{7, 1000}, {count_block - 3, count_block + 3}}},
        {trial_of({20, 30}, {0, 1}), key, {{0, 50'001}}},
        {trial_of({75, 74}, {0.70, 0.6351}), random::stream_key(1, "b"), {{1, 2}}},
        {trial_of({75, 74}, {0.70, 0.6351}), key, {}},
        {trial_of({40'000, 40'000}, {0.5, 0.5}).with_tallying(design::Tallying::by_table),
         key,
         {{5, 3'000}}},
    };
}

std::vector<CellTotals> run(const std::vector<CellTask>& tasks, unsigned threads) {
    engine::SimulationOptions options;
    options.threads = threads;
    return engine::simulate(tasks, options);
}

bool are_same(const std::vector<CellTotals>& a, const std::vector<CellTotals>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.finished == y.finished && same_rows(x.tables, y.tables);
    });
}

}  // namespace

TEST_CASE("No tasks and tasks with nothing to do give empty totals", "[exact]") {
    CHECK(run({}, 2).empty());
    const auto totals = run({{trial_of({5, 5}, {0.5, 0.5}), {}, {}}}, 2);
    REQUIRE(totals.size() == 1);
    CHECK(totals[0].tables.empty());
    CHECK(totals[0].finished.empty());
}

TEST_CASE("Totals hold exactly the replicates that were asked for", "[exact]") {
    const auto tasks = some_tasks();
    const auto totals = run(tasks, 2);
    for (std::size_t cell = 0; cell < tasks.size(); ++cell) {
        CHECK(totals[cell].finished == tasks[cell].todo);
        CHECK(tally::trials_in(totals[cell].tables) == tally::replicates_in(tasks[cell].todo));
    }
}

TEST_CASE("Totals are the tables of the replicates, one by one", "[property]") {
    const auto tasks = some_tasks();
    const std::vector<CellTask> small(tasks.begin() + 1, tasks.end());
    const auto totals = run(small, 3);
    for (std::size_t cell = 0; cell < small.size(); ++cell) {
        const replicate::CountTrial trial(small[cell].design, small[cell].key);
        tally::TableCounts expected;
        for (const auto& range : small[cell].todo) {
            for (auto replicate = range.first; replicate < range.last; ++replicate) {
                const auto table = trial.table(replicate);
                const tally::TableRow<std::int64_t> row{
                    static_cast<std::int32_t>(table.treated.events),
                    static_cast<std::int32_t>(table.treated.n),
                    static_cast<std::int32_t>(table.control.events),
                    static_cast<std::int32_t>(table.control.n), 1};
                tally::add_rows(expected, std::span(&row, 1));
            }
        }
        CHECK(same_rows(totals[cell].tables, expected));
    }
}

TEST_CASE("1, 2, 3 and 7 threads give the same totals", "[threads]") {
    const auto expected = run(some_tasks(), 1);
    for (const unsigned threads : {0, 2, 3, 7}) {
        CHECK(are_same(run(some_tasks(), threads), expected));
    }
}

TEST_CASE("Cells in another order give the same totals", "[threads]") {
    const auto tasks = some_tasks();
    const auto expected = run(tasks, 1);
    std::vector<std::size_t> order{3, 0, 5, 2, 4, 1};
    std::vector<CellTask> shuffled;
    for (const std::size_t cell : order) {
        shuffled.push_back(tasks[cell]);
    }
    const auto totals = run(shuffled, 3);
    for (std::size_t i = 0; i < order.size(); ++i) {
        CHECK(same_rows(totals[i].tables, expected[order[i]].tables));
    }
}

TEST_CASE("Replicates split into ranges and merged give the same totals", "[threads]") {
    const CellTask whole = some_tasks()[0];
    const auto expected = run({whole}, 2)[0];
    const auto [first, last] = whole.todo[0];
    std::vector<CellTask> parts;
    for (const auto& range : {tally::ReplicateRange{first, first + 1},
                              {first + 1, count_block - 2},
                              {count_block - 2, count_block + 1},
                              {count_block + 1, last - 1},
                              {last - 1, last}}) {
        parts.push_back({whole.design, whole.key, {range}});
    }
    std::reverse(parts.begin(), parts.end());
    CellTotals merged;
    for (const CellTotals& part : run(parts, 2)) {
        tally::add_rows(merged.tables, part.tables);
        for (const auto& range : part.finished) {
            tally::add_range(merged.finished, range);
        }
    }
    CHECK(are_same({merged}, {expected}));
}

TEST_CASE("After a stop request the totals hold whole blocks and say which", "[threads]") {
    const std::vector<CellTask> tasks{
        {trial_of({5, 5}, {0.5, 0.5}), random::stream_key(5), {{0, 10'000 * count_block}}}};
    for (const unsigned threads : {1, 2, 3}) {
        std::stop_source source;
        engine::SimulationOptions options;
        options.threads = threads;
        options.stop = source.get_token();
        options.on_progress = [&](std::int64_t finished) {
            if (finished >= count_block) source.request_stop();
        };
        const auto totals = engine::simulate(tasks, options)[0];
        const std::int64_t done = tally::replicates_in(totals.finished);
        CHECK(done >= count_block);
        CHECK(done < 10'000 * count_block);
        CHECK(done % count_block == 0);
        CHECK(tally::trials_in(totals.tables) == done);

        const auto again = run({{tasks[0].design, tasks[0].key, totals.finished}}, 2)[0];
        CHECK(are_same({again}, {totals}));
    }
}

TEST_CASE("A stop request before the start leaves nothing done", "[threads]") {
    std::stop_source source;
    source.request_stop();
    engine::SimulationOptions options;
    options.threads = 2;
    options.stop = source.get_token();
    for (const CellTotals& totals : engine::simulate(some_tasks(), options)) {
        CHECK(totals.tables.empty());
        CHECK(totals.finished.empty());
    }
}

TEST_CASE("Progress never falls, comes from one thread at a time and ends with the whole",
          "[threads]") {
    const auto tasks = some_tasks();
    std::int64_t all = 0;
    for (const CellTask& task : tasks) {
        all += tally::replicates_in(task.todo);
    }
    std::atomic<int> inside = 0;
    std::atomic<bool> is_alone = true;
    std::vector<std::int64_t> reported;
    engine::SimulationOptions options;
    options.threads = 7;
    options.on_progress = [&](std::int64_t finished) {
        if (++inside != 1) is_alone = false;
        reported.push_back(finished);
        --inside;
    };
    engine::simulate(tasks, options);
    CHECK(is_alone);
    CHECK(std::is_sorted(reported.begin(), reported.end()));
    CHECK(reported.back() == all);
}

TEST_CASE("An exception from the progress callback reaches the caller", "[threads]") {
    for (const unsigned threads : {1, 2}) {
        engine::SimulationOptions options;
        options.threads = threads;
        options.on_progress = [](std::int64_t) { throw std::runtime_error("no terminal"); };
        CHECK_THROWS_WITH(engine::simulate(some_tasks(), options), "no terminal");
    }
}

namespace {

/// The tasks with what is not in the totals left to do.
std::vector<CellTask> rest_of(const std::vector<CellTask>& tasks,
                              const std::vector<CellTotals>& done) {
    std::vector<CellTask> rest;
    for (std::size_t i = 0; i < tasks.size(); ++i)
        rest.push_back(
            {tasks[i].design, tasks[i].key, tally::without(tasks[i].todo, done[i].finished)});
    return rest;
}

}  // namespace

TEST_CASE("Snapshots hold what their ledger says while the workers go on", "[threads]") {
    const std::vector<CellTask> tasks{
        {trial_of({5, 5}, {0.5, 0.5}), random::stream_key(5), {{0, 6 * count_block}}},
        {trial_of({9, 5}, {0.5, 0.2}), random::stream_key(5), {{7, 4 * count_block}}}};
    for (const unsigned threads : {1, 2, 3}) {
        int snapshots = 0;
        std::int64_t latest = 0;
        bool is_consistent = true;
        engine::SimulationOptions options;
        options.threads = threads;
        options.beside = [&](engine::RunningSimulation& running, const std::stop_token& ended) {
            while (!ended.stop_requested() || snapshots == 0) {
                std::int64_t done = 0;
                for (const CellTotals& cell : running.snapshot()) {
                    const auto finished = tally::replicates_in(cell.finished);
                    is_consistent = is_consistent && tally::trials_in(cell.tables) == finished;
                    done += finished;
                }
                is_consistent = is_consistent && done >= latest;
                latest = done;
                ++snapshots;
            }
        };
        const auto totals = engine::simulate(tasks, options);
        CHECK(is_consistent);
        CHECK(snapshots > 0);
        CHECK(are_same(totals, run(tasks, 1)));
    }
}

TEST_CASE("A simulation goes on from a snapshot to the totals of a whole one", "[threads]") {
    const auto tasks = some_tasks();
    std::vector<CellTotals> part;
    engine::SimulationOptions options;
    options.threads = 2;
    options.beside = [&](engine::RunningSimulation& running, const std::stop_token&) {
        while (running.finished() == 0)
            std::this_thread::yield();
        part = running.snapshot();
        CHECK(running.finished_by_cell().size() == tasks.size());
    };
    engine::simulate(tasks, options);
    const auto rest = rest_of(tasks, part);
    CHECK(are_same(engine::simulate(rest, {2}, part), run(tasks, 1)));
}

TEST_CASE("An exception from the thread beside stops the workers and reaches the caller",
          "[threads]") {
    const std::vector<CellTask> tasks{
        {trial_of({5, 5}, {0.5, 0.5}), random::stream_key(5), {{0, 1'000'000 * count_block}}}};
    engine::SimulationOptions options;
    options.threads = 2;
    options.beside = [](engine::RunningSimulation&, const std::stop_token&) {
        throw std::runtime_error("the disk is gone");
    };
    CHECK_THROWS_WITH(engine::simulate(tasks, options), "the disk is gone");
}

TEST_CASE("Totals of other tasks are refused", "[exact]") {
    CHECK_THROWS_AS(engine::simulate(some_tasks(), {}, std::vector<CellTotals>(2)),
                    std::invalid_argument);
}
