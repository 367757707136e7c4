#include <algorithm>
#include <random>
#include <stdexcept>

#include <catch2/catch.hpp>

#include <rsasim/tally/replicate_ranges.hpp>

using namespace rsasim::tally;

TEST_CASE("No ranges hold no replicates", "[exact]") {
    CHECK(replicates_in({}) == 0);
    ReplicateRanges ranges;
    add_range(ranges, {7, 7});
    CHECK(ranges.empty());
}

TEST_CASE("A range joins the neighbours it touches", "[exact]") {
    ReplicateRanges ranges;
    add_range(ranges, {10, 20});
    add_range(ranges, {30, 40});
    CHECK(ranges == ReplicateRanges{{10, 20}, {30, 40}});
    add_range(ranges, {5, 10});
    CHECK(ranges == ReplicateRanges{{5, 20}, {30, 40}});
    add_range(ranges, {40, 41});
    CHECK(ranges == ReplicateRanges{{5, 20}, {30, 41}});
    add_range(ranges, {0, 1});
    CHECK(ranges == ReplicateRanges{{0, 1}, {5, 20}, {30, 41}});
    add_range(ranges, {20, 30});
    CHECK(ranges == ReplicateRanges{{0, 1}, {5, 41}});
    CHECK(replicates_in(ranges) == 37);
}

TEST_CASE("Overlapping and impossible ranges are refused and change nothing", "[exact]") {
    const ReplicateRanges before{{10, 20}, {30, 40}};
    ReplicateRanges ranges = before;
    for (const ReplicateRange range : {ReplicateRange{10, 20},
                                       {5, 11},
                                       {19, 21},
                                       {12, 13},
                                       {0, 100},
                                       {29, 31},
                                       {39, 41},
                                       {5, 4},
                                       {-1, 3}}) {
        CHECK_THROWS_AS(add_range(ranges, range), std::logic_error);
        CHECK(ranges == before);
    }
}

TEST_CASE("Ranges added in any order become one", "[property]") {
    std::mt19937 order(1);
    ReplicateRanges pieces;
    for (std::int64_t first = 0, last = 1; first < 10'000; first = last, last += first % 37 + 1) {
        pieces.push_back({first, last});
    }
    for (int repeat = 0; repeat < 20; ++repeat) {
        std::shuffle(pieces.begin(), pieces.end(), order);
        ReplicateRanges ranges;
        std::int64_t sum = 0;
        for (const ReplicateRange& piece : pieces) {
            add_range(ranges, piece);
            sum += piece.last - piece.first;
            REQUIRE(replicates_in(ranges) == sum);
        }
        CHECK(ranges.size() == 1);
    }
}
