#include <cmath>

#include <catch2/catch.hpp>

#include <rsasim/math/beta_log_odds_ratio.hpp>

namespace math = rsasim::math;

namespace {

/// P(p1 > p0) for a whole a1: the sum over i < a1 of
/// B(a0 + i, b0 + b1) / ((b1 + i) B(1 + i, b1) B(a0, b0)).
double probability_of_higher(const math::BetaShape& p1, const math::BetaShape& p0) {
    const auto log_beta = [](double a, double b) {
        return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
    };
    double sum = 0;
    for (double i = 0; i < p1.a; ++i) {
        sum += std::exp(log_beta(p0.a + i, p0.b + p1.b) - std::log(p1.b + i) -
                        log_beta(1 + i, p1.b) - log_beta(p0.a, p0.b));
    }
    return sum;
}

}  // namespace

TEST_CASE("Whole shapes give the finite sum for one rate above the other", "[exact]") {
    for (const double a1 : {1.0, 2.0, 7.0, 40.0}) {
        for (const double b1 : {1.0, 3.0, 11.0}) {
            for (const double a0 : {1.0, 5.0, 23.0}) {
                const math::BetaShape treated{a1, b1}, control{a0, 4};
                const auto tails = math::BetaLogOddsRatio(treated, control).tails(0);
                INFO(a1 << ", " << b1 << " against " << a0 << ", 4");
                CHECK(tails.upper ==
                      Approx(probability_of_higher(treated, control)).epsilon(1e-11));
                CHECK(tails.lower ==
                      Approx(probability_of_higher(control, treated)).epsilon(1e-11));
            }
        }
    }
}

TEST_CASE("Two uniform rates have their odds ratio's closed form", "[exact]") {
    // P(odds ratio <= t) = t (t - 1 - log t) / (1 - t)^2.
    const math::BetaLogOddsRatio uniform({1, 1}, {1, 1});
    for (const double d : {0.5, 2.0, 5.0, 30.0, 100.0}) {
        const double t = std::exp(-d);  // of the lower tail, by symmetry
        const double upper = t * (t - 1 - std::log(t)) / ((1 - t) * (1 - t));
        INFO("d = " << d);
        CHECK(uniform.tails(d).upper == Approx(upper).epsilon(1e-10));
        CHECK(uniform.tails(-d).lower == Approx(upper).epsilon(1e-10));
        CHECK(uniform.tails(d).lower == Approx(1 - upper).epsilon(1e-13));
    }
    CHECK(uniform.tails(0).upper == Approx(0.5).epsilon(1e-14));
}

TEST_CASE("Far tails keep their relative accuracy", "[exact]") {
    const math::BetaShape high{301, 701}, low{701, 301};
    const auto tails = math::BetaLogOddsRatio(high, low).tails(0);
    CHECK(tails.upper < 1e-70);
    CHECK(tails.upper == Approx(probability_of_higher(high, low)).epsilon(1e-9));
}

TEST_CASE("A quantile is where the tail has its size", "[property]") {
    for (const double shape : {0.01, 0.5, 3.5, 1e4}) {
        const math::BetaLogOddsRatio distribution({shape, 2.5}, {20.5, shape});
        for (const double tail : {0.4999995, 0.1, 0.025, 1e-6, 1e-12}) {
            INFO("shape " << shape << ", tail " << tail);
            const double d = distribution.upper_quantile(tail);
            CHECK(distribution.tails(d).upper == Approx(tail).epsilon(1e-9));
        }
    }
}
