#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include <rsasim/math/roots.hpp>

namespace math = rsasim::math;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("The increasing root of x^2 - 2 is found from any start", "[exact]") {
    const auto function = [](double x) { return math::ValueAndSlope{x * x - 2, 2 * x}; };
    for (const double start : {1e-300, 1e-9, 1.0, 1.4142135623730951, 3.0, 1e9, -5.0, infinity}) {
        for (const double upper : {2.0, 1e300, infinity}) {
            const math::Root root = math::increasing_root(function, 0, upper, start);
            CHECK(root.is_converged);
            CHECK(root.value == Approx(std::sqrt(2.0)).epsilon(1e-15));
        }
    }
}

TEST_CASE("Roots far from 1 keep their relative accuracy", "[exact]") {
    for (const double target : {1e-250, 1e-12, 1e12, 1e250}) {
        const auto function = [target](double x) {
            return math::ValueAndSlope{std::log(x / target), 1 / x};
        };
        const math::Root root = math::increasing_root(function, 0, infinity, 1);
        CHECK(root.is_converged);
        CHECK(root.value == Approx(target).epsilon(1e-14));
    }
}

TEST_CASE("A flat stretch before the root does not stop the search", "[exact]") {
    const auto function = [](double x) {
        return math::ValueAndSlope{x < 10 ? -1 : x - 11, x < 10 ? 0.0 : 1.0};
    };
    const math::Root root = math::increasing_root(function, 0, infinity, 1);
    CHECK(root.is_converged);
    CHECK(root.value == Approx(11).epsilon(1e-15));
}

TEST_CASE("A function that never rises above 0 ends in bounded time, not converged", "[exact]") {
    const auto function = [](double) { return math::ValueAndSlope{-1, 0}; };
    CHECK_FALSE(math::increasing_root(function, 1, infinity, 1).is_converged);
}

TEST_CASE("A bracketed root needs no derivative and no direction", "[exact]") {
    const auto cubic = [](double x) { return (x - 0.3) * (x * x + 1); };
    const auto falling = [](double x) { return std::exp(-x) - 1e-5; };
    CHECK(math::bracketed_root(cubic, -7, 5).value == Approx(0.3).epsilon(1e-15));
    CHECK(math::bracketed_root(falling, 0, 100).value == Approx(std::log(1e5)).epsilon(1e-15));
    CHECK(math::bracketed_root(cubic, 0.3, 5).value == 0.3);
    CHECK(math::bracketed_root(cubic, -1, 0.3).value == 0.3);
}

TEST_CASE("A bracketed root converges on a jump and on a flat root", "[exact]") {
    const auto jump = [](double x) { return x < 0.7 ? -1.0 : 1.0; };
    const auto flat = [](double x) { return std::pow(x - 1, 9); };
    const math::Root at_jump = math::bracketed_root(jump, 0, 1);
    CHECK(at_jump.is_converged);
    CHECK(at_jump.value == Approx(0.7).epsilon(1e-14));
    CHECK(std::abs(math::bracketed_root(flat, 0, 3).value - 1) < 0.01);
}

TEST_CASE("A bracket without a change of sign gives no root", "[exact]") {
    const auto function = [](double x) { return x + 10; };
    const math::Root root = math::bracketed_root(function, 0, 1);
    CHECK_FALSE(root.is_converged);
    CHECK(std::isnan(root.value));
}
