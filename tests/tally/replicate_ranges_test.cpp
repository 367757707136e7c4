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

TEST_CASE("What is left of ranges has no replicate that was taken, and all others", "[property]") {
    std::mt19937 random(2);
    const auto some_ranges = [&] {
        ReplicateRanges ranges;
        std::int64_t place = random() % 5;
        for (int i = 0; i < 6; ++i) {
            const std::int64_t last = place + 1 + random() % 9;
            ranges.push_back({place, last});
            place = last + 1 + random() % 9;
        }
        return ranges;
    };
    const auto holds = [](const ReplicateRanges& ranges, std::int64_t replicate) {
        return std::ranges::any_of(ranges, [&](const ReplicateRange& range) {
            return range.first <= replicate && replicate < range.last;
        });
    };
    for (int repeat = 0; repeat < 200; ++repeat) {
        const auto ranges = some_ranges(), taken = some_ranges();
        const auto left = without(ranges, taken);
        for (std::int64_t i = 0; i < 130; ++i)
            REQUIRE(holds(left, i) == (holds(ranges, i) && !holds(taken, i)));
        CHECK(without(ranges, {}) == ranges);
        CHECK(without(ranges, ranges).empty());
        CHECK(without({}, ranges).empty());
    }
}
