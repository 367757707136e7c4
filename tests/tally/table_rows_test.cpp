#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/tally/table_rows.hpp>

using namespace rsasim::tally;

namespace {

using Key = std::array<std::int32_t, 4>;
using CountMap = std::map<Key, std::int64_t>;

TableCounts rows_of(const CountMap& counts) {
    TableCounts rows;
    for (const auto& [key, count] : counts) {
        rows.push_back({key[2], key[0], key[3], key[1], count});
    }
    return rows;
}

CountMap map_of(const TableCounts& rows) {
    CountMap counts;
    for (const auto& row : rows) {
        counts[{row.n_treated, row.n_control, row.x_treated, row.x_control}] += row.weight;
    }
    return counts;
}

CountMap random_counts(std::mt19937& random, int tables) {
    std::uniform_int_distribution<std::int32_t> size(1, 3);
    std::uniform_int_distribution<std::int32_t> events(0, 9);
    CountMap counts;
    for (int i = 0; i < tables; ++i) {
        counts[{size(random), size(random), events(random), events(random)}] += i + 1;
    }
    return counts;
}

bool is_sorted_and_distinct(const TableCounts& rows) {
    return std::adjacent_find(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
               return !comes_before(a, b);
           }) == rows.end();
}

}  // namespace

TEST_CASE("Adding nothing changes nothing", "[exact]") {
    TableCounts total;
    add_rows(total, {});
    CHECK(total.empty());
    CHECK(trials_in(total) == 0);

    const TableCounts rows{{1, 5, 2, 4, 3}, {2, 5, 0, 4, 1}};
    add_rows(total, rows);
    add_rows(total, {});
    CHECK(map_of(total) == map_of(rows));
    CHECK(trials_in(total) == 4);
}

TEST_CASE("Rows sort by arm sizes first and then by events", "[exact]") {
    TableCounts total;
    add_rows(total, TableCounts{{9, 9, 0, 1, 1}});
    add_rows(total, TableCounts{{0, 9, 1, 1, 1}});
    add_rows(total, TableCounts{{5, 8, 3, 7, 1}});
    add_rows(total, TableCounts{{5, 8, 0, 9, 1}});
    REQUIRE(total.size() == 4);
    CHECK(total[0].n_control == 7);
    CHECK(total[1].n_control == 9);
    CHECK(total[2].x_treated == 0);
    CHECK(total[3].x_treated == 9);
}

TEST_CASE("Rows added in any order and any grouping give the same totals", "[property]") {
    std::mt19937 random(2);
    for (int repeat = 0; repeat < 200; ++repeat) {
        std::vector<CountMap> parts;
        CountMap expected;
        for (int part = 0; part < 6; ++part) {
            parts.push_back(random_counts(random, repeat % 40));
            for (const auto& [key, count] : parts.back()) {
                expected[key] += count;
            }
        }
        std::shuffle(parts.begin(), parts.end(), random);
        TableCounts in_turn, first_half, second_half;
        for (std::size_t part = 0; part < parts.size(); ++part) {
            add_rows(in_turn, rows_of(parts[part]));
            add_rows(part < 3 ? first_half : second_half, rows_of(parts[part]));
        }
        add_rows(first_half, second_half);
        REQUIRE(is_sorted_and_distinct(in_turn));
        CHECK(map_of(in_turn) == expected);
        CHECK(is_sorted_and_distinct(first_half));
        CHECK(map_of(first_half) == expected);
    }
}
