#include "table_judge.hpp"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <support/women.hpp>

#include <rsasim/engine/replay.hpp>
#include <rsasim/engine/simulate.hpp>

using namespace rsasim;
using design::lanes;
using design::Tallying;

namespace {

const random::StreamKey key = random::stream_key(41);

design::Design large_arms(std::vector<design::MethodChoice> tests) {
    design::AnalysisPlan plan;
    plan.tests = std::move(tests);
    plan.intervals = {{design::Measure::risk_difference, {"wald", {}}}};
    return {{60'000, 50'000},
            {0.51, 0.5},
            std::make_shared<const design::AnalysisPlan>(std::move(plan))};
}

engine::CellTotals simulated(const design::Design& design, tally::ReplicateRanges todo,
                             unsigned threads) {
    const engine::CellTask task{design, key, std::move(todo)};
    return engine::simulate({&task, 1}, {threads, {}, {}}).front();
}

/// What a judge that was made for this table alone says.
std::vector<analysis::Finding> judged_alone(
    const std::shared_ptr<const tally::PatientLayout>& layout, const design::Table2x2& table) {
    std::vector<analysis::Finding> findings(layout->methods().size() * lanes);
    engine::TableJudge(layout).judge({&table, 1}, findings);
    return findings;
}

}  // namespace

TEST_CASE("Trials tallied one by one give the same integers on any threads and in any pieces",
          "[threads]") {
    const std::int64_t last = 2 * engine::patient_block + 77;
    const auto women = test::trial_of_women().with_tallying(Tallying::one_by_one);
    for (const auto& design : {large_arms({{"pearson", {}}}), women}) {
        REQUIRE(design.is_tallied_one_by_one());
        const auto one = simulated(design, {{0, last}}, 1);
        CHECK(one.tables.empty());
        CHECK(one.patients->tables().tables.empty());
        CHECK(one.patients->words()[one.patients->layout().trials()] == last);
        for (const unsigned threads : {2U, 5U})
            CHECK(simulated(design, {{0, last}}, threads).patients->words() ==
                  one.patients->words());
        const auto pieces = simulated(design, {{0, 13}, {13, 5001}, {5001, last}}, 2);
        CHECK(pieces.patients->words() == one.patients->words());
    }
}

TEST_CASE("A trial of large arms that is replayed is the one that was tallied", "[property]") {
    const auto design = large_arms({{"pearson", {}}});
    const auto layout = std::make_shared<const tally::PatientLayout>(design);
    const auto totals = simulated(design, {{0, 200}}, 1);
    engine::Replayer replayer(design, key);
    std::int64_t rejections = 0;
    for (std::int64_t replicate = 0; replicate < 200; ++replicate) {
        const auto findings = judged_alone(layout, replayer.replay(replicate).table);
        rejections += findings[0].p_value.two_sided <= 0.05 ? 1 : 0;
    }
    CHECK(rejections == totals.patients->words()[layout->both(0, 0)]);
}

TEST_CASE("A judge that forgets what it prepared for earlier sizes says the same", "[property]") {
    auto plan = test::plan_of_women();
    plan.tests = {{"boschloo", {}}, {"pearson-n1", {}}};
    const auto women = test::trial_of_women();
    const auto design =
        design::Design(women.sizes(), women.rates(),
                       std::make_shared<const design::AnalysisPlan>(plan), women.shared_patients())
            .with_tallying(Tallying::one_by_one);
    const auto layout = std::make_shared<const tally::PatientLayout>(design);
    engine::TableJudge judge(layout);
    std::vector<analysis::Finding> findings(layout->methods().size() * lanes);
    // Together more than the grids that are kept.
    const std::vector<design::Table2x2> tables{
        {{15, 20}, {8, 20}}, {{900, 1700}, {820, 1700}}, {{1, 19}, {3, 20}},
        {{0, 0}, {3, 20}},   {{800, 1600}, {820, 1700}}, {{15, 20}, {8, 20}}};
    for (int round = 0; round < 2; ++round) {
        for (const auto& table : tables) {
            judge.judge({&table, 1}, findings);
            const auto alone = judged_alone(layout, table);
            for (std::size_t test = 0; test < 2; ++test) {
                const double p = findings[test * lanes].p_value.two_sided;
                const double q = alone[test * lanes].p_value.two_sided;
                CHECK((p == q || (p != p && q != q)));
            }
        }
    }
}
