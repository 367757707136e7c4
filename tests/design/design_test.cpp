#include <charconv>
#include <limits>
#include <random>

#include <catch2/catch.hpp>

#include <rsasim/design/design.hpp>
#include <rsasim/design/table.hpp>

using namespace rsasim::design;

namespace {

std::shared_ptr<const AnalysisPlan> plan() {
    return std::make_shared<const AnalysisPlan>();
}

}  // namespace

TEST_CASE("A design of impossible sizes or rates is refused", "[exact]") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(Design({0, 1}, {0.5, 0.5}, plan()), std::invalid_argument);
    CHECK_THROWS_AS(Design({1, 0}, {0.5, 0.5}, plan()), std::invalid_argument);
    CHECK_THROWS_AS(Design({-1, 1}, {0.5, 0.5}, plan()), std::invalid_argument);
    CHECK_THROWS_AS(Design({Design::largest_arm + 1, 1}, {0.5, 0.5}, plan()),
                    std::invalid_argument);
    CHECK_THROWS_AS(Design({1, 1}, {-0.1, 0.5}, plan()), std::invalid_argument);
    CHECK_THROWS_AS(Design({1, 1}, {0.5, 1.1}, plan()), std::invalid_argument);
    CHECK_THROWS_AS(Design({1, 1}, {nan, 0.5}, plan()), std::invalid_argument);
    CHECK_THROWS_AS(Design({1, 1}, {0.5, 0.5}, nullptr), std::invalid_argument);
}

TEST_CASE("A design takes the smallest and largest arms and the rates 0 and 1", "[exact]") {
    const Design design({1, Design::largest_arm}, {0, 1}, plan());
    CHECK(design.sizes().control == Design::largest_arm);
    CHECK_FALSE(design.is_null());
    CHECK(Design({1, 1}, {0.3, 0.3}, plan()).is_null());
    CHECK(design.truth(Measure::risk_difference) == -1);
}

TEST_CASE("The text of a model names sizes and rates and nothing else", "[golden]") {
    CHECK(
        Design({75, 74}, {0.8, 0.6351}, plan()).model_text() ==
        "arms.n.treated=75\narms.n.control=74\narms.rate.treated=0.8\narms.rate.control=0.6351\n");
    AnalysisPlan other;
    other.alpha = 0.01;
    CHECK(
        Design({75, 74}, {0.8, 0.6351}, std::make_shared<const AnalysisPlan>(other)).model_text() ==
        Design({75, 74}, {0.8, 0.6351}, plan()).model_text());
}

TEST_CASE("Canonical decimals read back as the same double and are short", "[property]") {
    std::mt19937_64 bits(1);
    for (int i = 0; i < 2000; ++i) {
        const double value = static_cast<double>(bits() >> 11U) * 0x1p-53;
        const std::string text = canonical_decimal(value);
        double back = -1;
        std::from_chars(text.data(), text.data() + text.size(), back);
        CHECK(back == value);
        CHECK(text.size() <= 24);
    }
    CHECK(canonical_decimal(0.1) == "0.1");
    CHECK(canonical_decimal(1) == "1");
    CHECK(canonical_decimal(1e-7) == "1e-07");
}

TEST_CASE("The side of a table is exact for arms of any size", "[exact]") {
    const auto n = Design::largest_arm;
    CHECK(side_of({{n - 1, n}, {n - 2, n - 1}}) == 1);
    CHECK(side_of({{n - 2, n - 1}, {n - 1, n}}) == -1);
    CHECK(side_of({{1, 2}, {2, 4}}) == 0);
    CHECK(side_of({{0, 1}, {0, 9}}) == 0);
}
