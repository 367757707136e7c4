#include <cstdint>
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
