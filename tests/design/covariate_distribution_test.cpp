#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/design/covariate_distribution.hpp>
#include <rsasim/math/normal.hpp>

using namespace rsasim;
using design::Distribution;
using design::Family;

namespace {

const std::vector<double> scores{-6, -1.3, 0, 2.1, 6};

Distribution of(Family family, double first, double second) {
    Distribution distribution;
    distribution.family = family;
    distribution.first = first;
    distribution.second = second;
    return distribution;
}

void check_values(const Distribution& distribution, const std::vector<double>& expected) {
    for (std::size_t i = 0; i < scores.size(); ++i) {
        CAPTURE(scores[i]);
        CHECK(design::value_at_score(distribution, scores[i]) ==
              Approx(expected[i]).epsilon(1e-10));
    }
}

}  // namespace

// Sources of the numbers: R 4.2 qnorm, qgamma, qbeta, ppois and pnbinom at pnorm(score), from the
// smaller tail.

TEST_CASE("Values at a normal score are R's quantiles in both tails", "[reference]") {
    check_values(of(Family::gamma, 2.5, 0.7),
                 {0.000577081080589295, 1.13129710667879, 3.10818585078252, 9.7625888518711,
                  36.2291633191397});
    check_values(of(Family::beta, 0.5, 2), {4.32602302818235e-19, 0.00417621187796497,
                                            0.120614758428183, 0.789944119026907, 0.9999487081351});
    check_values(of(Family::log_normal, 0.2, 0.6),
                 {0.0333732699603261, 0.559898366565402, 1.22140275816017, 4.30595952834521,
                  44.7011844933008});
    auto truncated = of(Family::normal, 32, 4.5);
    truncated.lower = 18;
    truncated.upper = 45;
    check_values(truncated, {18.0000014026933, 26.1671466419123, 31.9943538567301, 41.2655799639212,
                             44.999999279833});
}

TEST_CASE("Counts step where R's distribution function does", "[reference]") {
    auto losses = of(Family::poisson, 1.2, 0);
    losses.shift = 3;
    check_values(losses, {3, 3, 4, 7, 15});
    const auto poisson = design::discrete_steps(losses);
    const std::vector<double> of_poisson{-0.52096891819478, 0.419644099326242, 1.17242665664885,
                                         1.82807739909858, 2.42067838178068};
    const auto counts = design::discrete_steps(of(Family::negative_binomial, 1.5, 0.8));
    const std::vector<double> of_counts{-0.177328523260114, 0.395539029718794, 0.790373187240866,
                                        1.10504390934059, 1.37250835277583};
    for (std::size_t i = 0; i < of_poisson.size(); ++i) {
        CHECK(poisson.values[i] == 3.0 + static_cast<double>(i));
        CHECK(poisson.scores[i] == Approx(of_poisson[i]).epsilon(1e-12));
        CHECK(counts.values[i] == static_cast<double>(i));
        CHECK(counts.scores[i] == Approx(of_counts[i]).epsilon(1e-12));
    }
    CHECK(std::isinf(poisson.scores.back()));
}

TEST_CASE("A truncated count keeps the ratios of its probabilities", "[exact]") {
    auto losses = of(Family::poisson, 2, 0);
    losses.lower = 1;
    losses.upper = 3;
    const auto steps = design::discrete_steps(losses);
    REQUIRE(steps.values == std::vector<double>{1, 2, 3});
    // Poisson(2) at 1, 2, 3 is in the ratio 2 : 2 : 4/3.
    CHECK(math::normal_cdf(steps.scores[0]) == Approx(2 / (2 + 2 + 4.0 / 3)));
    CHECK(math::normal_cdf(steps.scores[1]) == Approx(4 / (2 + 2 + 4.0 / 3)));
}

TEST_CASE("Levels have their probabilities, and those of probability 0 do not occur", "[exact]") {
    Distribution race = of(Family::categorical, 0, 0);
    race.probabilities = {0.2, 0, 0.5, 0.3};
    const auto steps = design::discrete_steps(race);
    REQUIRE(steps.values == std::vector<double>{0, 2, 3});
    CHECK(math::normal_cdf(steps.scores[0]) == Approx(0.2));
    CHECK(math::normal_upper_tail(steps.scores[1]) == Approx(0.3));
    const auto positive = design::discrete_steps(of(Family::binary, 0.25, 0));
    REQUIRE(positive.values == std::vector<double>{0, 1});
    CHECK(math::normal_upper_tail(positive.scores[0]) == Approx(0.25));
}

TEST_CASE("The score of a value at a score is that score", "[property]") {
    auto truncated = of(Family::gamma, 3, 2);
    truncated.lower = 0.5;
    for (const auto& distribution :
         {of(Family::normal, 3, 2), of(Family::log_normal, 1, 0.5), of(Family::gamma, 0.7, 3),
          of(Family::beta, 2, 5), of(Family::uniform, -1, 4), truncated}) {
        for (const double z : {-5.0, -2.0, -0.1, 0.0, 1.0, 4.5}) {
            CAPTURE(static_cast<int>(distribution.family), z);
            CHECK(design::score_of(distribution, design::value_at_score(distribution, z)) ==
                  Approx(z).margin(1e-6));
        }
    }
}
