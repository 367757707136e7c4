#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/design/covariate_distribution.hpp>
#include <rsasim/math/normal.hpp>

using namespace rsasim;
using design::Distribution;
using design::Family;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::array<double, 7> scores{-6, -3.5, -1, 0, 0.7, 2.5, 6};

struct Case {
    std::string name;
    Distribution distribution;
    std::array<double, 7> values;  ///< at the scores
};

// R 4.2: q...(pnorm(z)) below 0, q...(pnorm(z, lower.tail = FALSE), lower.tail = FALSE) above; the
// truncated ones by q...(p(lower) + mass * pnorm(z)) from the smaller tail.
const std::vector<Case> continuous{
    {"gamma",
     {Family::gamma, 2.5, 0.7},
     {0.000577081080589295, 0.0826733870725539, 1.4685644780437, 3.10818585078252, 4.80308395590468,
      11.5949255506781, 36.2291633191397}},
    {"gamma of small shape",
     {Family::gamma, 0.3, 2},
     {3.33290680391687e-31, 2.69929861989959e-13, 0.000754611094221321, 0.0365655679334759,
      0.17965600804074, 1.51861732748558, 8.79823673384168}},
    {"beta",
     {Family::beta, 2, 5},
     {8.11011295525034e-06, 0.00395895651475226, 0.121398111462614, 0.26444998329566,
      0.394479853834073, 0.734085310196717, 0.988933721272234}},
    {"beta of small shapes",
     {Family::beta, 0.5, 0.8},
     {1.28646516430129e-18, 7.15244758903492e-08, 0.0331204801063639, 0.315181720282838,
      0.672563801735426, 0.996269742887818, 0.999999999988155}},
    {"log-normal",
     {Family::log_normal, 1, 0.4},
     {0.246596963941606, 0.670320046035639, 1.82211880039051, 2.71828182845905, 3.59663972556928,
      7.38905609893065, 29.964100047397}},
    {"normal cut on both sides",
     {Family::normal, 33, 4.5, 18, 45},
     {18.0000028663616, 18.5491871512382, 28.4954092911169, 32.9808167895898, 36.1097773776118,
      43.4662711866091, 44.9999996120798}},
    {"normal cut far above",
     {Family::normal, 0, 1, 5, 7},
     {5.00000000019022, 5.00004485760173, 5.03320533459869, 5.13201749191684, 5.26693477899992,
      5.90332085765409, 6.99996904393521}},
    {"normal cut far below",
     {Family::normal, 0, 1, -9, -8},
     {-8.99999940306147, -8.90896742210248, -8.22353715363413, -8.08488889901817, -8.03403308176506,
      -8.00076681687485, -8.00000000012146}},
    {"gamma cut on both sides",
     {Family::gamma, 2, 1, 3, 20},
     {3.00000000131545, 3.00031020411184, 3.22824682092375, 3.89508404812827, 4.78855549769179,
      8.99767133180783, 19.995244563329}},
    {"log-normal cut below",
     {Family::log_normal, 0, 1, 1, infinity},
     {1.0000000012365, 1.0002915998246, 1.22161491734749, 1.96303108415826, 3.22229144040886,
      15.4328706290746, 451.04407491567}}};

const std::vector<Case> counts{
    {"Poisson", {Family::poisson, 3.7}, {0, 0, 2, 4, 5, 9, 20}},
    {"Poisson of large mean", {Family::poisson, 120}, {60, 84, 109, 120, 128, 148, 191}},
    {"negative binomial", {Family::negative_binomial, 1.2, 0.8}, {0, 0, 0, 1, 2, 9, 39}},
    {"negative binomial of large mean",
     {Family::negative_binomial, 40, 2},
     {0, 0, 14, 33, 55, 146, 490}},
    {"Poisson cut on both sides", {Family::poisson, 2, 1, 1, 6}, {1, 1, 1, 2, 3, 6, 6}},
    {"negative binomial cut below",
     {Family::negative_binomial, 3, 1.5, 2, infinity},
     {2, 2, 2, 4, 6, 16, 56}},
    {"shifted Poisson", {Family::poisson, 3.7, 1, -infinity, infinity, 3}, {3, 3, 5, 7, 8, 12, 23}},
};

}  // namespace

TEST_CASE("Continuous quantiles agree with R in both tails", "[reference]") {
    for (const Case& c : continuous) {
        INFO(c.name);
        for (std::size_t i = 0; i < scores.size(); ++i) {
            INFO(scores[i]);
            CHECK(design::value_at_score(c.distribution, scores[i]) ==
                  Approx(c.values[i]).epsilon(1e-12));
        }
    }
}

TEST_CASE("Quantiles of counts agree with R in both tails", "[reference]") {
    for (const Case& c : counts) {
        INFO(c.name);
        for (std::size_t i = 0; i < scores.size(); ++i)
            CHECK(design::value_at_score(c.distribution, scores[i]) == c.values[i]);
    }
}

TEST_CASE("The score of a value brings its score back", "[property]") {
    for (const Case& c : continuous) {
        INFO(c.name);
        for (const double z : {-5.0, -2.0, -0.3, 0.0, 0.4, 1.7, 4.5}) {
            const double value = design::value_at_score(c.distribution, z);
            // A truncated value near 5 has 16 digits, its distance from the cut fewer.
            CHECK(design::score_of(c.distribution, value) == Approx(z).epsilon(1e-7).margin(1e-9));
        }
    }
    CHECK(design::score_of({Family::normal, 0, 1, -1, 1}, 2) == infinity);
    CHECK(design::score_of({Family::normal, 0, 1, -1, 1}, -2) == -infinity);
    CHECK_THROWS_AS(design::score_of({Family::poisson, 2}, 1), std::invalid_argument);
}

TEST_CASE("Values never fall as the score rises and stay within the truncation", "[property]") {
    for (const auto* list : {&continuous, &counts}) {
        for (const Case& c : *list) {
            INFO(c.name);
            const Distribution& d = c.distribution;
            double last = -infinity;
            for (double z = -7; z <= 7; z += 0.21) {
                const double value = design::value_at_score(d, z);
                REQUIRE(std::isfinite(value));
                REQUIRE(value >= last);
                REQUIRE(value - d.shift >= d.lower);
                REQUIRE(value - d.shift <= d.upper);
                last = value;
            }
        }
    }
}

TEST_CASE("A uniform covariate is a straight line in the probability", "[exact]") {
    const Distribution d{Family::uniform, 20, 40};
    CHECK(design::value_at_score(d, 0) == Approx(30));
    CHECK(design::value_at_score(d, math::normal_quantile(0.9)) == Approx(38));
    CHECK(40 - design::value_at_score(d, 6) == Approx(20 * math::normal_cdf(-6)).epsilon(1e-5));
    const Distribution cut{Family::uniform, 20, 40, 25, 35};
    CHECK(design::value_at_score(cut, math::normal_quantile(0.2)) == Approx(27));
    CHECK(design::score_of(cut, 27) == Approx(math::normal_quantile(0.2)));
}

TEST_CASE("Steps of a Poisson covariate are R's normal scores of its tails", "[reference]") {
    const auto steps = design::discrete_steps({Family::poisson, 1.3, 1, -infinity, infinity, 3});
    // qnorm(ppois(k, 1.3, FALSE), lower.tail = FALSE); ppois(13) > 2^-34 > ppois(14)
    REQUIRE(steps.values.size() == 15);
    CHECK(steps.values.front() == 3);
    CHECK(steps.values.back() == 17);
    CHECK(steps.scores[0] == Approx(-0.605173704029881).epsilon(1e-12));
    CHECK(steps.scores[4] == Approx(2.30216147699226).epsilon(1e-12));
    CHECK(steps.scores[9] == Approx(4.72117563825426).epsilon(1e-12));
    CHECK(steps.scores[13] == Approx(6.31544361094327).epsilon(1e-12));
    CHECK(steps.scores[14] == infinity);
}

TEST_CASE("A value of every step is the one at its scores", "[property]") {
    std::vector<Case> all = counts;
    all.push_back({"binary", {Family::binary, 0.3}, {}});
    Distribution centres{.family = Family::categorical};
    centres.probabilities = {0.1, 0.2, 0, 0.4, 0.3, 0};
    all.push_back({"categorical", centres, {}});
    for (const Case& c : all) {
        INFO(c.name);
        const auto steps = design::discrete_steps(c.distribution);
        REQUIRE(steps.scores.back() == infinity);
        double last = steps.scores.front() - 1e-6;
        for (std::size_t k = 0; k < steps.values.size(); ++k) {
            const bool is_last = k + 1 == steps.values.size();
            const double middle = is_last ? last + 1e-6 : (last + steps.scores[k]) / 2;
            CHECK(design::value_at_score(c.distribution, middle) == steps.values[k]);
            last = steps.scores[k];
        }
    }
}

TEST_CASE("Levels of probability 0 do not occur", "[exact]") {
    Distribution d{.family = Family::categorical};
    d.probabilities = {0, 0.25, 0, 0.75, 0};
    const auto steps = design::discrete_steps(d);
    CHECK(steps.values == std::vector<double>{1, 3});
    CHECK(steps.scores[0] == Approx(math::normal_quantile(0.25)));
    d.lower = 2;
    CHECK(design::discrete_steps(d).values == std::vector<double>{3});
    d.lower = 4;
    CHECK_THROWS_AS(design::discrete_steps(d), std::invalid_argument);
    CHECK(design::discrete_steps({Family::binary, 0}).values == std::vector<double>{0});
    CHECK(design::discrete_steps({Family::binary, 1}).values == std::vector<double>{1});
}
