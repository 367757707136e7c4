#include "dataset.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

using rsasim::report::rounded;

TEST_CASE("Numbers for pictures have six significant digits at every size of a double", "[exact]") {
    CHECK(rounded(2.0 / 3).get<double>() == 0.666667);
    CHECK(rounded(-123456789.0, 3).get<double>() == -123000000.0);
    CHECK(rounded(1.23456789e-310).get<double>() == 1.23457e-310);
    CHECK(rounded(std::numeric_limits<double>::denorm_min()).get<double>() ==
          std::numeric_limits<double>::denorm_min());
    CHECK(rounded(0.0).get<double>() == 0);
    // 1.8e308 is beyond the doubles.
    CHECK(rounded(std::numeric_limits<double>::max(), 2).get<double>() ==
          std::numeric_limits<double>::max());
}

TEST_CASE("Numbers that are not finite are null in pictures", "[exact]") {
    CHECK(rounded(std::nan("")).is_null());
    CHECK(rounded(-std::numeric_limits<double>::infinity()).is_null());
}
