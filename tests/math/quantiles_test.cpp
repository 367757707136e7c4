#include <cmath>

#include <catch2/catch.hpp>

#include <rsasim/math/quantiles.hpp>

namespace math = rsasim::math;

// R 4.2: pgamma, pbeta, ppois and pnbinom, with lower.tail = FALSE for upper tails.
TEST_CASE("Tails of gamma, beta, Poisson and negative binomial agree with R", "[reference]") {
    CHECK(math::gamma_cdf(0.01, 2.5) == Approx(2.98760153190659e-06).epsilon(1e-13));
    CHECK(math::gamma_upper_tail(30, 2.5) == Approx(1.2154569777183e-11).epsilon(1e-13));
    CHECK(math::beta_upper_tail(0.99, 2, 5) == Approx(5.95e-10).epsilon(1e-12));
    CHECK(math::poisson_cdf(2, 20) == Approx(4.55514950558921e-07).epsilon(1e-13));
    CHECK(math::poisson_upper_tail(60, 20) == Approx(1.37743561886352e-13).epsilon(1e-12));
    CHECK(math::negative_binomial_cdf(0, 40, 2) == Approx(0.00226757369614512).epsilon(1e-13));
    CHECK(math::negative_binomial_upper_tail(900, 40, 2) ==
          Approx(3.5559296822749e-18).epsilon(1e-11));
}

TEST_CASE("Quantiles bring the probability of either tail back", "[property]") {
    for (const double p : {1e-12, 1e-5, 0.2, 0.5}) {
        for (const double shape : {0.4, 1.0, 30.0}) {
            CHECK(math::gamma_cdf(math::gamma_quantile(p, shape), shape) ==
                  Approx(p).epsilon(1e-10));
            CHECK(math::gamma_upper_tail(math::gamma_upper_quantile(p, shape), shape) ==
                  Approx(p).epsilon(1e-10));
        }
        CHECK(math::beta_cdf(math::beta_quantile(p, 2, 5), 2, 5) == Approx(p).epsilon(1e-10));
        CHECK(math::beta_upper_tail(math::beta_upper_quantile(p, 2, 3), 2, 3) ==
              Approx(p).epsilon(1e-10));
    }
}

TEST_CASE("Quantiles of 0 and 1 are the ends of the support", "[exact]") {
    CHECK(math::gamma_quantile(0, 2) == 0);
    CHECK(std::isinf(math::gamma_quantile(1, 2)));
    CHECK(std::isinf(math::gamma_upper_quantile(0, 2)));
    CHECK(math::gamma_upper_quantile(1, 2) == 0);
    CHECK(math::beta_quantile(1, 2, 3) == 1);
    CHECK(math::beta_upper_quantile(1, 2, 3) == 0);
    CHECK(math::gamma_cdf(-1, 2) == 0);
    CHECK(math::gamma_upper_tail(-1, 2) == 1);
    CHECK(math::poisson_cdf(-1, 2) == 0);
    CHECK(math::negative_binomial_upper_tail(-1, 2, 2) == 1);
}
