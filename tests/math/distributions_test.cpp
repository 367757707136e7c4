#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include <rsasim/math/chi_square.hpp>
#include <rsasim/math/normal.hpp>

namespace math = rsasim::math;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

// Expected numbers: R 4.2, pnorm, qnorm and pchisq.

TEST_CASE("Normal tails agree with R, 37 standard deviations out included", "[reference]") {
    CHECK(math::normal_upper_tail(1.5) == Approx(0.066807201268858071).epsilon(1e-14));
    CHECK(math::normal_upper_tail(10) == Approx(7.6198530241605269e-24).epsilon(1e-13));
    CHECK(math::normal_upper_tail(37) == Approx(5.7255712225245771e-300).epsilon(1e-12));
    CHECK(math::normal_cdf(-5) == Approx(2.8665157187919391e-07).epsilon(1e-14));
    CHECK(math::normal_two_sided_tail(-5) == Approx(2 * 2.8665157187919391e-07).epsilon(1e-14));
}

TEST_CASE("Normal quantiles agree with R for tails down to 1e-300", "[reference]") {
    CHECK(math::normal_quantile(0.975) == Approx(1.9599639845400536).epsilon(1e-14));
    CHECK(math::normal_quantile(0.3) == Approx(-0.52440051270804067).epsilon(1e-14));
    CHECK(math::normal_upper_quantile(1e-10) == Approx(6.3613409024040557).epsilon(1e-14));
    CHECK(math::normal_upper_quantile(1e-300) == Approx(37.047096299361201).epsilon(1e-13));
    CHECK(math::two_sided_normal_quantile(0.95) == Approx(1.9599639845400536).epsilon(1e-14));
}

TEST_CASE("Normal functions reach the ends of the scale without NaN", "[exact]") {
    CHECK(math::normal_upper_tail(infinity) == 0);
    CHECK(math::normal_upper_tail(-infinity) == 1);
    CHECK(math::normal_two_sided_tail(0) == 1);
    CHECK(math::normal_two_sided_tail(-infinity) == 0);
    CHECK(math::normal_quantile(0) == -infinity);
    CHECK(math::normal_quantile(1) == infinity);
    CHECK(math::normal_quantile(0.5) == 0);
    CHECK(std::isnan(math::normal_quantile(-0.1)));
    CHECK(std::isnan(math::normal_quantile(1.1)));
    CHECK(std::isnan(math::normal_quantile(std::numeric_limits<double>::quiet_NaN())));
}

TEST_CASE("The normal quantile undoes the normal tail", "[property]") {
    for (double z = -8; z <= 37; z += 0.25) {
        const double tail = math::normal_upper_tail(z);
        // Where the tail is close to 1, its own rounding decides the quantile.
        const double lost = 1e-16 / (std::exp(-z * z / 2) * 0.3989 + 1e-300);
        CHECK(std::abs(math::normal_upper_quantile(tail) - z) <=
              1e-13 * (1 + std::abs(z)) + (z < 0 ? 2 * lost : 0));
    }
}

TEST_CASE("Chi-square tails agree with R", "[reference]") {
    CHECK(math::chi_square_upper_tail(3.841458820694124, 1) ==
          Approx(0.049999999999999975).epsilon(1e-13));
    CHECK(math::chi_square_upper_tail(50, 3) == Approx(7.9891792449514704e-11).epsilon(1e-13));
    CHECK(math::chi_square_upper_tail(1000, 10) == Approx(1.8702907209159495e-208).epsilon(1e-12));
    CHECK(math::chi_square_upper_tail(0.5, 2) == Approx(std::exp(-0.25)).epsilon(1e-14));
}

TEST_CASE("Chi-square tails are 1 at 0 and 0 at infinity", "[exact]") {
    CHECK(math::chi_square_upper_tail(0, 1) == 1);
    CHECK(math::chi_square_upper_tail(-1, 1) == 1);
    CHECK(math::chi_square_upper_tail(infinity, 4) == 0);
}
