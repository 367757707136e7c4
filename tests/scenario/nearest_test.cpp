#include <array>
#include <string>

#include <catch2/catch.hpp>

#include <rsasim/scenario/scenario.hpp>

using rsasim::scenario::nearest;

TEST_CASE("A mistyped word finds its neighbour", "[exact]") {
    constexpr std::array<std::string_view, 5> known{"pearson", "fisher", "fisher-midp", "boschloo",
                                                    "wald"};
    CHECK(nearest("boschlo", known) == "boschloo");
    CHECK(nearest("fihser", known) == "fisher");
    CHECK(nearest("FISHER", known) == "fisher");
    CHECK(nearest("fisher_midp", known) == "fisher-midp");
    CHECK(nearest("wlad", known) == "wald");
    CHECK(nearest("pearson", known) == "pearson");
}

TEST_CASE("A word without a neighbour finds none", "[exact]") {
    constexpr std::array<std::string_view, 2> known{"pearson", "wald"};
    CHECK(nearest("", known).empty());
    CHECK(nearest("chi-square", known).empty());
    CHECK(nearest("w", known).empty());
    CHECK(nearest(std::string(1 << 20, 'p'), known).empty());
    CHECK(nearest("wald", {}).empty());
}
