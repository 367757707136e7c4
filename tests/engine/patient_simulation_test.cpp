#include <cstdint>
#include <memory>
#include <stop_token>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>
#include <hwy/targets.h>
#include <support/women.hpp>

#include <rsasim/engine/replay.hpp>
#include <rsasim/engine/simulate.hpp>

using namespace rsasim;

namespace {

const random::StreamKey key = random::stream_key(99);

engine::CellTotals simulated(tally::ReplicateRanges todo, unsigned threads) {
    const engine::CellTask task{test::trial_of_women(), key, std::move(todo)};
    return engine::simulate({&task, 1}, {threads, {}, {}}).front();
}

}  // namespace

TEST_CASE("Women give the same integers on 1, 2 and 5 threads and in any pieces", "[threads]") {
    const std::int64_t last = 3 * engine::patient_block + 77;
    const auto one = simulated({{0, last}}, 1);
    for (const unsigned threads : {2U, 5U}) {
        const auto many = simulated({{0, last}}, threads);
        CHECK(many.patients->words() == one.patients->words());
        CHECK(many.patients->tables().rejections == one.patients->tables().rejections);
        CHECK(many.patients->tables().pilot == one.patients->tables().pilot);
    }
    const auto pieces = simulated({{0, 13}, {13, 5000}, {5000, last}}, 2);
    CHECK(pieces.patients->words() == one.patients->words());
    CHECK(pieces.patients->tables().pilot_rejections == one.patients->tables().pilot_rejections);
}

TEST_CASE("Women give the same integers at every instruction set", "[property]") {
    const auto reference = simulated({{0, 1000}}, 1).patients->words();
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
        hwy::SetSupportedTargetsForTest(target);
        CHECK(simulated({{0, 1000}}, 1).patients->words() == reference);
    }
    hwy::SetSupportedTargetsForTest(0);
}

TEST_CASE("A replayed trial has the table and the rejection that the run counted", "[property]") {
    const auto totals = simulated({{0, 50}}, 1);
    engine::Replayer replayer(test::trial_of_women(), key);
    std::int64_t rejections = 0;
    for (std::int64_t replicate = 0; replicate < 50; ++replicate) {
        const auto trial = replayer.replay(replicate);
        REQUIRE(trial.women.size() == 40);
        rejections += trial.findings[0].p_value.two_sided <= 0.05 ? 1 : 0;
    }
    const auto& layout = totals.patients->layout();
    CHECK(totals.patients->words()[layout.both(0, 0)] == rejections);
    CHECK(tally::trials_in(totals.patients->tables().tables) == 50);
}

TEST_CASE("Women go on from stored integers to those of a whole run, from within a block",
          "[threads]") {
    const std::int64_t last = 2 * engine::patient_block + 77;
    const auto whole = simulated({{0, last}}, 1);
    const auto part = simulated({{0, 1001}, {engine::patient_block, engine::patient_block + 8}}, 2);
    engine::CellTotals stored;
    stored.patients = std::make_shared<tally::PatientTally>(part.patients->shared_layout());
    stored.patients->merge(part.patients->words(), part.patients->tables());
    stored.finished = part.finished;
    const engine::CellTask rest{test::trial_of_women(), key,
                                tally::without({{0, last}}, part.finished)};
    const auto totals = engine::simulate({&rest, 1}, {2}, {stored}).front();
    CHECK(totals.finished == whole.finished);
    CHECK(totals.patients->words() == whole.patients->words());
    CHECK(totals.patients->tables().rejections == whole.patients->tables().rejections);
    CHECK(totals.patients->tables().pilot_rejections == whole.patients->tables().pilot_rejections);
    CHECK(totals.patients->tables().pilot == whole.patients->tables().pilot);
}

TEST_CASE("A stop keeps the batches of women that are done", "[threads]") {
    const engine::CellTask task{
        test::trial_of_women(), key, {{0, 1'000'000 * engine::patient_block}}};
    std::stop_source source;
    engine::SimulationOptions options;
    options.threads = 2;
    options.stop = source.get_token();
    options.beside = [&](engine::RunningSimulation& running, const std::stop_token&) {
        while (running.finished() == 0)
            std::this_thread::yield();
        source.request_stop();
    };
    const auto totals = engine::simulate({&task, 1}, options).front();
    const std::int64_t done = tally::replicates_in(totals.finished);
    CHECK(done > 0);
    CHECK(done < task.todo.front().last);
    CHECK(done % static_cast<std::int64_t>(design::lanes) == 0);
    CHECK(tally::trials_in(totals.patients->tables().tables) == done);
    engine::CellTask again{task.design, task.key, totals.finished};
    const auto in_one_go = engine::simulate({&again, 1}, {1}).front();
    CHECK(in_one_go.patients->words() == totals.patients->words());
}
