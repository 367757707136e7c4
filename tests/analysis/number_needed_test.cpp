#include <catch2/catch.hpp>

#include <rsasim/analysis/number_needed.hpp>

using namespace rsasim::analysis;
using rsasim::design::Direction;

TEST_CASE("The number needed to treat of Altman's example passes through infinity", "[reference]") {
    // Altman 1998, doi:10.1136/bmj.317.7168.1309: 10 % (-5 % to 25 %) gives NNTB 10, NNTH 20 to
    // infinity to NNTB 4.
    const auto estimate = number_needed({0.10, 0.10}, Direction::higher_is_better);
    REQUIRE(estimate.benefit);
    CHECK(estimate.benefit->from == Approx(10));
    CHECK(estimate.benefit->to == Approx(10));
    CHECK_FALSE(estimate.harm);
    const auto interval = number_needed({-0.05, 0.25}, Direction::higher_is_better);
    REQUIRE((interval.benefit && interval.harm));
    CHECK(interval.benefit->from == Approx(4));
    CHECK(interval.benefit->to == infinity);
    CHECK(interval.harm->from == Approx(20));
    CHECK(interval.harm->to == infinity);
}

TEST_CASE("A significant difference has the published finite interval", "[reference]") {
    // Barrowman 2002, CMAJ 166:1676: 0.9 % to 32.2 % gives 3.1 to 111.1.
    const auto interval = number_needed({0.009, 0.322}, Direction::higher_is_better);
    REQUIRE(interval.benefit);
    CHECK(interval.benefit->from == Approx(3.1).margin(0.05));
    CHECK(interval.benefit->to == Approx(111.1).margin(0.05));
    CHECK_FALSE(interval.harm);
}

TEST_CASE("Which side benefits is a matter of the direction", "[property]") {
    for (const Interval& limits :
         {Interval{-0.5, 0.25}, Interval{-0.5, -0.125}, Interval{0, 0.5}}) {
        const auto higher = number_needed(limits, Direction::higher_is_better);
        const auto lower = number_needed(limits, Direction::lower_is_better);
        CHECK(higher == NumberNeeded{lower.harm, lower.benefit});
        CHECK(number_needed({-limits.upper, -limits.lower}, Direction::lower_is_better) == higher);
    }
}

TEST_CASE("A limit at no difference is an infinite number", "[exact]") {
    const auto touching = number_needed({0, 0.5}, Direction::higher_is_better);
    CHECK(touching == NumberNeeded{NumberRange{2, infinity}, std::nullopt});
    CHECK(number_needed({0, 0}, Direction::higher_is_better) == NumberNeeded{});
    CHECK(number_needed({}, Direction::higher_is_better) == NumberNeeded{});
}
