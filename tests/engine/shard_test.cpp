#include <algorithm>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/engine/shard.hpp>

using namespace rsasim;
using engine::CellWork;
using engine::ranges_of_shard;
using engine::Shard;

namespace {

std::int64_t whole_cost(const std::vector<CellWork>& cells) {
    std::int64_t cost = 0;
    for (const auto& cell : cells)
        cost += cell.replicates * cell.cost;
    return cost;
}

std::vector<CellWork> random_cells(std::mt19937_64& random, std::size_t most_cells) {
    const auto upto = [&](std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(1, most)(random);
    };
    std::vector<CellWork> cells(static_cast<std::size_t>(upto(static_cast<int>(most_cells))));
    const std::int64_t block = upto(5000);
    for (auto& cell : cells)
        cell = {upto(100'000), block, upto(1000)};
    return cells;
}

/// What a shard may have above its even share: 1/8 of it for whole cells, 1/32 for blocks dealt by
/// more than one, and two blocks of each of its cells.
double largest_excess(const std::vector<CellWork>& cells,
                      const std::vector<tally::ReplicateRanges>& ranges, double share) {
    double excess = share / 8 + share / 32;
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        if (ranges[cell].empty()) continue;
        excess += 2.0 * static_cast<double>(cells[cell].block * cells[cell].cost);
    }
    return excess;
}

std::int64_t cost_of(const std::vector<CellWork>& cells,
                     const std::vector<tally::ReplicateRanges>& ranges) {
    std::int64_t cost = 0;
    for (std::size_t cell = 0; cell < cells.size(); ++cell)
        cost += tally::replicates_in(ranges[cell]) * cells[cell].cost;
    return cost;
}

/// What is wrong with cutting the cells into `count` shards; empty where nothing is.
std::string fault_of(const std::vector<CellWork>& cells, std::int64_t count) {
    std::vector<tally::ReplicateRanges> all(cells.size());
    const double share = static_cast<double>(whole_cost(cells)) / static_cast<double>(count);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto ranges = ranges_of_shard(cells, {i, count});
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            for (const auto& range : ranges[cell]) {
                if (range.first % cells[cell].block != 0) return "a range begins within a block";
                tally::add_range(all[cell], range);  // throws where two shards overlap
            }
        }
        const double excess = static_cast<double>(cost_of(cells, ranges)) - share;
        if (excess > largest_excess(cells, ranges, share)) return "a shard is out of balance";
    }
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        if (all[cell] != tally::ReplicateRanges{{0, cells[cell].replicates}}) return "a gap";
    }
    return "";
}

/// The largest cost of a shard, in even shares.
double largest_share(const std::vector<CellWork>& cells, std::int64_t count) {
    std::int64_t largest = 0;
    for (std::int64_t i = 0; i < count; ++i)
        largest = std::max(largest, cost_of(cells, ranges_of_shard(cells, {i, count})));
    return static_cast<double>(largest) * static_cast<double>(count) /
           static_cast<double>(whole_cost(cells));
}

std::vector<CellWork> with_replicates_times(std::vector<CellWork> cells, std::int64_t factor) {
    for (auto& cell : cells)
        cell.replicates *= factor;
    return cells;
}

/// Every replicate that a shard of the cells has, it has of `factor` times the replicates too.
bool keeps_what_it_has(const std::vector<CellWork>& cells, std::int64_t factor, Shard shard) {
    const auto before = ranges_of_shard(cells, shard);
    const auto after = ranges_of_shard(with_replicates_times(cells, factor), shard);
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        if (!tally::without(before[cell], after[cell]).empty()) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("Shards are disjoint, together everything, and even", "[property]") {
    std::mt19937_64 random(20230313);
    for (int trial = 0; trial < 30; ++trial) {
        const auto cells = random_cells(random, 40);
        for (const std::int64_t count : {1, 2, 3, 7, 64, 100, 1000})
            CHECK(fault_of(cells, count) == "");
    }
}

TEST_CASE("Shards outnumber blocks, and cells outnumber shards, by thousands", "[property]") {
    CHECK(fault_of({{1, 4096, 5}}, 10'000) == "");
    CHECK(fault_of({{1'000'000'000, 1 << 20, 1}, {3, 1 << 20, 7}}, 10'000) == "");
    std::mt19937_64 random(7);
    std::vector<CellWork> many;
    for (int i = 0; i < 20'000; ++i)
        many.push_back({static_cast<std::int64_t>(random() % 10'000 + 1), 4096, 100});
    CHECK(fault_of(many, 3) == "");
    CHECK(fault_of(many, 64) == "");
}

TEST_CASE("Replicates that are added later move none to another shard", "[property]") {
    std::mt19937_64 random(5);
    for (int trial = 0; trial < 30; ++trial) {
        const auto cells = random_cells(random, 40);
        for (const std::int64_t count : {2, 3, 7, 64}) {
            for (const std::int64_t factor : {2, 3, 100}) {
                bool keeps_all = true;
                for (std::int64_t i = 0; i < count; ++i)
                    keeps_all = keeps_all && keeps_what_it_has(cells, factor, {i, count});
                CHECK(keeps_all);
            }
        }
    }
}

TEST_CASE("Blocks of one cell are shared out evenly but for one", "[exact]") {
    for (const std::int64_t count : {2, 7, 64, 100}) {
        for (const std::int64_t blocks :
             {count / 2, count, 3 * count + 1, 60 * count + count / 2}) {
            const std::vector<CellWork> cells{{blocks * 4096, 4096, 9}};
            for (std::int64_t i = 0; i < count; ++i) {
                const auto own = tally::replicates_in(ranges_of_shard(cells, {i, count})[0]) / 4096;
                REQUIRE((own == blocks / count || own == blocks / count + 1));
            }
        }
    }
}

TEST_CASE("A ledger of many blocks stays short, and its shards within 1/32", "[property]") {
    const std::vector<CellWork> cells{{std::int64_t{10'000'000'000}, 4096, 9}};
    CHECK(largest_share(cells, 100) <= 1 + 1.0 / 32);
    for (std::int64_t i = 0; i < 100; ++i)
        CHECK(ranges_of_shard(cells, {i, 100})[0].size() <= 64 * 9);  // 24,415 blocks a shard
}

TEST_CASE("Twenty uneven cells and a thousand even ones give shards of like cost", "[property]") {
    std::vector<CellWork> uneven;
    for (std::int64_t i = 1; i <= 20; ++i)
        uneven.push_back({1'000'000, 4096, i * i});
    CHECK(largest_share(uneven, 8) < 1.03);
    CHECK(largest_share(uneven, 64) < 1.15);
    const std::vector<CellWork> even(1000, {1'000'000, 1 << 20, 1});
    CHECK(largest_share(even, 8) == 1);
    CHECK(largest_share(even, 64) <= 16 / 15.625);
}

TEST_CASE("Cells of one block each go to the shards of their middles", "[exact]") {
    const std::vector<CellWork> cells(100, {1'000'000, 1 << 20, 1});
    for (std::int64_t cell = 0; cell < 100; ++cell) {
        const std::int64_t owner = (2 * cell + 1) * 63 / 200;
        CHECK(!ranges_of_shard(cells, {owner, 63})[static_cast<std::size_t>(cell)].empty());
    }
}

TEST_CASE("Two shards of four even blocks have two blocks each", "[exact]") {
    const std::vector<CellWork> cells{{20, 10, 3}, {20, 10, 3}};
    CHECK(ranges_of_shard(cells, {0, 2}) ==
          std::vector<tally::ReplicateRanges>{{{0, 20}}, tally::ReplicateRanges{}});
    CHECK(ranges_of_shard(cells, {1, 2}) ==
          std::vector<tally::ReplicateRanges>{tally::ReplicateRanges{}, {{0, 20}}});
}

TEST_CASE("Blocks of one cell are dealt round from the shard of its middle on", "[exact]") {
    const std::vector<CellWork> cells{{50, 10, 1}};
    CHECK(ranges_of_shard(cells, {0, 3})[0] == tally::ReplicateRanges{{20, 30}});
    CHECK(ranges_of_shard(cells, {1, 3})[0] == tally::ReplicateRanges{{0, 10}, {30, 40}});
    CHECK(ranges_of_shard(cells, {2, 3})[0] == tally::ReplicateRanges{{10, 20}, {40, 50}});
}

TEST_CASE("A cell over one and a half shards gives the half one every second round", "[exact]") {
    // The line is 3 shards long, and the cells' stretches 1.5 each.
    const std::vector<CellWork> cells{{60, 10, 1}, {60, 10, 1}};
    const auto middle = ranges_of_shard(cells, {1, 3});
    CHECK(tally::replicates_in(middle[0]) == 20);
    CHECK(tally::replicates_in(middle[1]) == 20);
    CHECK(tally::replicates_in(ranges_of_shard(cells, {0, 3})[0]) == 40);
    CHECK(tally::replicates_in(ranges_of_shard(cells, {2, 3})[1]) == 40);
}

TEST_CASE("Costs of the largest sweep do not overflow", "[exact]") {
    const std::int64_t most = std::int64_t{1} << 62;
    const std::vector<CellWork> cells{{most, 1 << 20, engine::largest_cost}};
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < 1000; ++i) {
        const auto ranges = ranges_of_shard(cells, {i, 1000})[0];
        REQUIRE(ranges.size() < 64 * 40);
        sum += tally::replicates_in(ranges);
    }
    CHECK(sum == most);
    const std::vector<CellWork> many(100'000, cells.front());
    CHECK(tally::replicates_in(ranges_of_shard(many, {999'999, 1'000'000})[99'999]) > 0);
}

TEST_CASE("A shard that is none of its count is refused", "[exact]") {
    const std::vector<CellWork> cells{{20, 10, 3}};
    for (const Shard& shard : {Shard{-1, 2}, Shard{2, 2}, Shard{0, 0}}) {
        CHECK_THROWS_AS(ranges_of_shard(cells, shard), std::invalid_argument);
    }
    CHECK_THROWS_AS(ranges_of_shard(std::vector<CellWork>{{1, 0, 1}}, {0, 1}),
                    std::invalid_argument);
}
