#include <algorithm>
#include <random>
#include <stdexcept>
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

std::int64_t largest_block(const std::vector<CellWork>& cells) {
    std::int64_t cost = 0;
    for (const auto& cell : cells)
        cost = std::max(cost, std::min(cell.block, cell.replicates) * cell.cost);
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

/// What is wrong with cutting the cells into `count` shards; empty where nothing is.
std::string fault_of(const std::vector<CellWork>& cells, std::int64_t count) {
    std::vector<tally::ReplicateRanges> all(cells.size());
    const double share = static_cast<double>(whole_cost(cells)) / static_cast<double>(count);
    for (std::int64_t i = 0; i < count; ++i) {
        const auto ranges = ranges_of_shard(cells, {i, count});
        std::int64_t cost = 0;
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            cost += tally::replicates_in(ranges[cell]) * cells[cell].cost;
            for (const auto& range : ranges[cell]) {
                if (range.first % cells[cell].block != 0) return "a range begins within a block";
                tally::add_range(all[cell], range);  // throws where two shards overlap
            }
        }
        const double excess = std::abs(static_cast<double>(cost) - share);
        if (excess > static_cast<double>(largest_block(cells))) return "a shard is out of balance";
    }
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        if (all[cell] != tally::ReplicateRanges{{0, cells[cell].replicates}}) return "a gap";
    }
    return "";
}

}  // namespace

TEST_CASE("Shards are disjoint, together everything, and even but for one block", "[property]") {
    std::mt19937_64 random(20230313);
    for (int trial = 0; trial < 30; ++trial) {
        const auto cells = random_cells(random, 40);
        for (const std::int64_t count : {1, 2, 3, 7, 64, 100, 1000}) {
            CHECK(fault_of(cells, count).empty());
        }
    }
}

TEST_CASE("Shards outnumber blocks, and cells outnumber shards, by thousands", "[property]") {
    CHECK(fault_of({{1, 4096, 5}}, 10'000).empty());
    CHECK(fault_of({{1'000'000'000, 1 << 20, 1}, {3, 1 << 20, 7}}, 10'000).empty());
    std::mt19937_64 random(7);
    std::vector<CellWork> many;
    for (int i = 0; i < 20'000; ++i)
        many.push_back({static_cast<std::int64_t>(random() % 10'000 + 1), 4096, 100});
    CHECK(fault_of(many, 3).empty());
    CHECK(fault_of(many, 64).empty());
}

TEST_CASE("Two shards of four even blocks have two blocks each", "[exact]") {
    const std::vector<CellWork> cells{{20, 10, 3}, {20, 10, 3}};
    CHECK(ranges_of_shard(cells, {0, 2}) ==
          std::vector<tally::ReplicateRanges>{{{0, 20}}, tally::ReplicateRanges{}});
    CHECK(ranges_of_shard(cells, {1, 2}) ==
          std::vector<tally::ReplicateRanges>{tally::ReplicateRanges{}, {{0, 20}}});
}

TEST_CASE("A block whose middle is the boundary goes to the later shard", "[exact]") {
    const std::vector<CellWork> cells{{30, 10, 1}};
    CHECK(ranges_of_shard(cells, {0, 2})[0] == tally::ReplicateRanges{{0, 10}});
    CHECK(ranges_of_shard(cells, {1, 2})[0] == tally::ReplicateRanges{{10, 30}});
}

TEST_CASE("Costs of the largest sweep do not overflow", "[exact]") {
    const std::int64_t most = std::int64_t{1} << 62;
    const std::vector<CellWork> cells{{most, 1 << 20, engine::largest_cost}};
    std::int64_t next = 0;
    for (std::int64_t i = 0; i < 10'000; ++i) {
        const auto ranges = ranges_of_shard(cells, {i, 10'000})[0];
        REQUIRE(ranges.size() == 1);
        REQUIRE(ranges[0].first == next);
        next = ranges[0].last;
    }
    CHECK(next == most);
}

TEST_CASE("A shard that is none of its count is refused", "[exact]") {
    const std::vector<CellWork> cells{{20, 10, 3}};
    for (const Shard& shard : {Shard{-1, 2}, Shard{2, 2}, Shard{0, 0}}) {
        CHECK_THROWS_AS(ranges_of_shard(cells, shard), std::invalid_argument);
    }
    CHECK_THROWS_AS(ranges_of_shard(std::vector<CellWork>{{1, 0, 1}}, {0, 1}),
                    std::invalid_argument);
}
