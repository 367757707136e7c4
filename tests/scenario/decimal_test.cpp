#include "decimal.hpp"

#include <catch2/catch.hpp>

using namespace rsasim::scenario;

namespace {

std::vector<double> range(double from, double to, double step) {
    const auto result = decimal_range(decimal_of(from), decimal_of(to), decimal_of(step));
    std::vector<double> values;
    for (const Decimal& decimal : std::get<0>(result))
        values.push_back(double_of(decimal));
    return values;
}

std::string problem(double from, double to, double step) {
    const auto result = decimal_range(decimal_of(from), decimal_of(to), decimal_of(step));
    return std::get<std::string>(result);
}

}  // namespace

TEST_CASE("A double and its decimal are the same number", "[property]") {
    for (const double value : {0.0, 1.0, -1.0, 0.1, 0.3, 1e-300, 1.7976931348623157e308, 5e-324,
                               123456789.125, -0.6351, 1e22, 9007199254740993.0}) {
        CHECK(double_of(decimal_of(value)) == value);
    }
}

TEST_CASE("A range is computed in decimal and hits its end", "[exact]") {
    CHECK(range(0.3, 0.7, 0.2) == std::vector{0.3, 0.5, 0.7});
    CHECK(range(100, 300, 100) == std::vector{100.0, 200.0, 300.0});
    CHECK(range(0.1, 0.5, 0.1) == std::vector{0.1, 0.2, 0.3, 0.4, 0.5});
    CHECK(range(0.7, 0.3, -0.2) == std::vector{0.7, 0.5, 0.3});
    CHECK(range(0, 1, 0.25) == std::vector{0.0, 0.25, 0.5, 0.75, 1.0});
    CHECK(range(-0.1, 0.1, 0.1) == std::vector{-0.1, 0.0, 0.1});
    CHECK(range(2, 2, 5) == std::vector{2.0});
    CHECK(range(1e-9, 3e-9, 1e-9) == std::vector{1e-9, 2e-9, 3e-9});
    CHECK(range(1000, 3000, 1e3) == std::vector{1000.0, 2000.0, 3000.0});
}

TEST_CASE("A range that cannot be walked is refused with the reason", "[exact]") {
    using Catch::Matchers::Contains;
    CHECK_THAT(problem(0.3, 0.75, 0.2), Contains("end at 0.7 and do not hit 0.75"));
    CHECK_THAT(problem(0, 1, 0), Contains("step is 0"));
    CHECK_THAT(problem(0, 1, -0.1), Contains("leads away"));
    CHECK_THAT(problem(1, 0, 0.1), Contains("leads away"));
    CHECK_THAT(problem(0, 1e9, 1), Contains("more than 10000000 values"));
    CHECK_THAT(problem(0, 1e300, 1e-300), Contains("too far apart"));
    CHECK_THAT(problem(-9.2e18, 9.2e18, 1), Contains("too far apart"));
}
