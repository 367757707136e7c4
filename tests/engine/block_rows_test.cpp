#include "block_rows.hpp"

#include "block_list.hpp"
#include "trials.hpp"

#include <map>

#include <catch2/catch.hpp>

using namespace rsasim;
using tally::ReplicateRange;

namespace {

const random::StreamKey key = random::stream_key(11);

tally::TableCounts one_by_one(const replicate::CountTrial& trial, ReplicateRange range) {
    std::map<design::Table2x2, std::int64_t> counts;
    for (std::int64_t replicate = range.first; replicate < range.last; ++replicate) {
        ++counts[trial.table(replicate)];
    }
    tally::TableCounts rows;
    for (const auto& [table, count] : counts) {
        rows.push_back({static_cast<std::int32_t>(table.treated.events),
                        static_cast<std::int32_t>(table.treated.n),
                        static_cast<std::int32_t>(table.control.events),
                        static_cast<std::int32_t>(table.control.n), count});
    }
    return rows;
}

}  // namespace

TEST_CASE("Rows of a block agree with one replicate at a time, dense or sorted", "[property]") {
    engine::CountScratch scratch;
    bool has_dense = false, has_sorted = false;
    for (const std::int64_t n : {1, 75, 2000, 40'000, 100'000'000}) {
        const replicate::CountTrial trial(trial_of({n, n}, {0.5, 0.4}), key);
        (trial.possible_tables() <= engine::largest_count_array ? has_dense : has_sorted) = true;
        for (const ReplicateRange range : {ReplicateRange{0, 0}, {0, 1}, {7, 8}, {3, 5000}}) {
            CHECK(same_rows(rows_of_block(trial, range, scratch), one_by_one(trial, range)));
        }
    }
    CHECK(has_dense);
    CHECK(has_sorted);
}

TEST_CASE("Blocks are cut at multiples of 2^20 replicates", "[exact]") {
    const std::int64_t block = engine::count_block;
    const auto design = trial_of({5, 5}, {0.5, 0.5});
    const std::vector<engine::CellTask> tasks{
        {design, key, {{0, 0}, {3, 4}, {block - 1, 2 * block + 1}}},
        {design, key, {}},
        {design, key, {{block, 2 * block}}},
    };
    const engine::BlockList blocks(tasks);
    const std::vector<std::pair<std::size_t, ReplicateRange>> expected{
        {0, {3, 4}},
        {0, {block - 1, block}},
        {0, {block, 2 * block}},
        {0, {2 * block, 2 * block + 1}},
        {2, {block, 2 * block}},
    };
    REQUIRE(blocks.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(blocks[i].cell == expected[i].first);
        CHECK(blocks[i].replicates == expected[i].second);
    }
}

TEST_CASE("10^12 replicates make a million blocks without a list of them", "[exact]") {
    const std::vector<engine::CellTask> tasks{
        {trial_of({5, 5}, {0.5, 0.5}), key, {{0, 1'000'000'000'000}}}};
    const engine::BlockList blocks(tasks);
    REQUIRE(blocks.size() == 953'675);
    CHECK(blocks[953'674].replicates.last == 1'000'000'000'000);
}

TEST_CASE("Replicates to do that overlap or run backwards are refused", "[exact]") {
    const auto design = trial_of({5, 5}, {0.5, 0.5});
    for (const tally::ReplicateRanges& todo :
         {tally::ReplicateRanges{{0, 5}, {4, 6}}, {{5, 4}}, {{-1, 4}}}) {
        const std::vector<engine::CellTask> tasks{{design, key, todo}};
        CHECK_THROWS_AS(engine::BlockList(tasks), std::invalid_argument);
    }
}
