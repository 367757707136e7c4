#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/math/normal.hpp>
#include <rsasim/planning/probit_curve.hpp>

using namespace rsasim::planning;
using rsasim::math::normal_quantile;

TEST_CASE("Through two points the probit curve is the line of their probits", "[closed-form]") {
    const std::vector<PowerLook> looks{{10, 10'000, 7000}, {12, 40'000, 34'000}};
    const auto curve = ProbitCurve::fit(looks);
    REQUIRE(curve);
    CHECK(curve->power(10) == Approx(0.7).epsilon(1e-12));
    CHECK(curve->power(12) == Approx(0.85).epsilon(1e-12));
    CHECK(curve->power_error(10) == Approx(std::sqrt(0.7 * 0.3 / 10'000)).epsilon(1e-9));
    CHECK(curve->power_error(12) == Approx(std::sqrt(0.85 * 0.15 / 40'000)).epsilon(1e-9));
    // The crossing solves z(0.7) + (x - 10) (z(0.85) - z(0.7)) / 2 = z(0.8).
    const double low = normal_quantile(0.7), high = normal_quantile(0.85);
    const double x = 10 + 2 * (normal_quantile(0.8) - low) / (high - low);
    const auto crossing = curve->crossing(0.8, 0.99);
    REQUIRE(crossing);
    CHECK(crossing->at == Approx(x).epsilon(1e-10));
    CHECK(crossing->lower < crossing->at);
    CHECK(crossing->upper > crossing->at);
    // At the limits of Fieller's interval the curve is as far from the target as it may be.
    const double quantile = rsasim::math::two_sided_normal_quantile(0.99);
    for (const double at : {crossing->lower, crossing->upper}) {
        const double z = normal_quantile(curve->power(at));
        const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::acos(-1.0));
        CHECK(std::abs(z - normal_quantile(0.8)) ==
              Approx(quantile * curve->power_error(at) / density).epsilon(1e-6));
    }
}

TEST_CASE("Without two points, or where power falls, there is no crossing", "[exact]") {
    CHECK_FALSE(ProbitCurve::fit(std::vector<PowerLook>{{10, 100, 70}}));
    const std::vector<PowerLook> falling{{10, 10'000, 8000}, {12, 10'000, 7000}};
    const auto curve = ProbitCurve::fit(falling);
    REQUIRE(curve);
    CHECK_FALSE(curve->crossing(0.75, 0.99));
}
