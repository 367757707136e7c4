#include <cmath>
#include <cstddef>
#include <numeric>
#include <stdexcept>

#include <boost/math/special_functions/beta.hpp>
#include <catch2/catch.hpp>

#include <rsasim/math/binomial.hpp>

namespace math = rsasim::math;

TEST_CASE("A rate of 0 or 1 puts all mass on one count", "[exact]") {
    CHECK(math::binomial_probabilities(3, 0) == std::vector<double>{1, 0, 0, 0});
    CHECK(math::binomial_probabilities(3, 1) == std::vector<double>{0, 0, 0, 1});
    CHECK(math::binomial_probabilities(0, 0.3) == std::vector<double>(1, 1.0));
    CHECK(math::binomial_cdf(0, 3, 0) == 1);
    CHECK(math::binomial_cdf(2, 3, 1) == 0);
    CHECK(math::binomial_upper_tail(2, 3, 1) == 1);
    CHECK(math::binomial_upper_tail(0, 3, 0) == 0);
}

TEST_CASE("Binomial arguments outside their range are refused", "[exact]") {
    CHECK_THROWS_AS(math::binomial_probabilities(-1, 0.5), std::invalid_argument);
    CHECK_THROWS_AS(math::binomial_probabilities(3, 1.5), std::invalid_argument);
    CHECK_THROWS_AS(math::binomial_probabilities(3, std::nan("")), std::invalid_argument);
    CHECK_THROWS_AS(math::binomial_probabilities(3, 0.5, 2, 1), std::invalid_argument);
    CHECK_THROWS_AS(math::binomial_probabilities(3, 0.5, -1, 1), std::invalid_argument);
    CHECK_THROWS_AS(math::binomial_probabilities(3, 0.5, 0, 4), std::invalid_argument);
}

TEST_CASE("Ten fair coins have binomial coefficients over 1024", "[exact]") {
    const std::vector<double> coefficients{1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1};
    const std::vector<double> probabilities = math::binomial_probabilities(10, 0.5);
    for (std::size_t x = 0; x < coefficients.size(); ++x) {
        CHECK(probabilities[x] == Approx(coefficients[x] / 1024).epsilon(1e-14));
    }
}

TEST_CASE("Binomial probabilities agree with rational arithmetic", "[reference]") {
    // Integer fractions (n <= 1,000) and Stirling's series in 60 digits, of the doubles named here.
    CHECK(math::binomial_probability(60, 75, 0.8) == Approx(0.1144949727399132341).epsilon(2e-14));
    CHECK(math::binomial_probability(47, 74, 0.6351) ==
          Approx(0.09597844923416423767).epsilon(2e-14));
    CHECK(math::binomial_probability(0, 1000, 0.01) ==
          Approx(4.317124741065824119e-5).epsilon(5e-14));
    CHECK(math::binomial_probability(700, 1000, 0.6351) ==
          Approx(2.378470512212405230e-6).epsilon(5e-14));
    CHECK(math::binomial_probability(10500, 100000, 0.1) ==
          Approx(4.674059326772001526e-9).epsilon(5e-14));
    CHECK(math::binomial_probability(50000000, 100000000, 0.5) ==
          Approx(7.978845588081539564e-5).epsilon(1e-14));
    CHECK(math::binomial_probability(49990000, 100000000, 0.5) ==
          Approx(1.079819334763008315e-5).epsilon(2e-14));
    CHECK(math::binomial_upper_tail(60, 75, 0.5) == Approx(1.903852042044991836e-8).epsilon(1e-13));
    CHECK(math::binomial_cdf(2, 1000, 0.1) == Approx(1.097449517373274696e-42).epsilon(1e-12));
}

TEST_CASE("Binomial probabilities add to 1 and to their tails", "[property]") {
    for (const std::int64_t n : {1, 2, 75, 1000}) {
        for (const double rate : {1e-9, 0.01, 0.5, 0.6351, 0.999}) {
            const std::vector<double> all = math::binomial_probabilities(n, rate);
            CHECK(std::accumulate(all.begin(), all.end(), 0.0) == Approx(1).epsilon(1e-12));
            const std::int64_t x = n / 2;
            const double lower = std::accumulate(all.begin(), all.begin() + x + 1, 0.0);
            const double upper = std::accumulate(all.begin() + x + 1, all.end(), 0.0);
            CHECK(std::abs(math::binomial_cdf(x, n, rate) - lower) <= 1e-12 * lower + 1e-300);
            CHECK(std::abs(math::binomial_upper_tail(x, n, rate) - upper) <=
                  1e-12 * upper + 1e-300);
        }
    }
}

TEST_CASE("Binomial probabilities agree with the incomplete beta function's derivative",
          "[exact]") {
    // A different formula: Boost.Math, whose own error grows to 1e-13 here.
    for (const std::int64_t n : {1, 2, 3, 15, 16, 17, 33, 74, 75, 400}) {
        for (const double rate : {1e-12, 0.003, 0.25, 0.5, 0.6351, 0.8, 0.9999}) {
            for (std::int64_t x = 0; x <= n; ++x) {
                const double derivative = boost::math::ibeta_derivative(
                    static_cast<double>(x + 1), static_cast<double>(n - x + 1), rate);
                const double expected = derivative / static_cast<double>(n + 1);
                const double actual = math::binomial_probability(x, n, rate);
                if (expected > 1e-280) CHECK(std::abs(actual / expected - 1) < 2e-12);
            }
        }
    }
}

TEST_CASE("A range of counts is a slice of all counts", "[property]") {
    const std::vector<double> all = math::binomial_probabilities(40, 0.3);
    const std::vector<double> some = math::binomial_probabilities(40, 0.3, 7, 21);
    CHECK(some == std::vector<double>(all.begin() + 7, all.begin() + 22));
}
