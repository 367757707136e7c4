#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include <rsasim/math/deviance.hpp>

using rsasim::math::deviance_term;

TEST_CASE("A deviance term is the expected count where nothing was observed", "[exact]") {
    CHECK(deviance_term(0, 2.5, -2.5) == 2.5);
    CHECK(deviance_term(0, 0, 0) == 0);
}

TEST_CASE("A deviance term is 0 at a perfect fit and infinite at an expected 0", "[exact]") {
    CHECK(deviance_term(7, 7, 0) == 0);
    CHECK(deviance_term(7, 0, 7) == std::numeric_limits<double>::infinity());
}

TEST_CASE("A deviance term agrees with its definition in extended precision", "[exact]") {
    for (const double observed : {1.0, 3.0, 60.0, 1e8}) {
        for (double ratio = 1e-6; ratio < 0.999; ratio *= 1.7) {
            for (const double sign : {-1.0, 1.0}) {
                const double difference = sign * ratio * observed;
                const double expected = observed - difference;
                const long double x = -static_cast<long double>(difference) / observed;
                // For tiny x the Taylor series, whose next term is below 1e-18 of the first.
                const long double exact =
                    ratio < 1e-3
                        ? observed * x * x *
                              (1 / 2.0L - x / 3 + x * x / 4 - x * x * x / 5 + x * x * x * x / 6)
                        : observed * (x - std::log1p(x));
                CHECK(deviance_term(observed, expected, difference) ==
                      Approx(static_cast<double>(exact)).epsilon(1e-13));
            }
        }
    }
}
