#include <cmath>
#include <functional>

#include <catch2/catch.hpp>

#include <rsasim/planning/shrinkage.hpp>

using namespace rsasim;
using namespace rsasim::planning;

namespace {

double normal_density(double x, double sd) {
    return std::exp(-x * x / (2 * sd * sd)) / (sd * std::sqrt(2 * 3.14159265358979323846));
}

/// van Zwet, Schwab & Senn 2021, Table 1, as a density of the signal-to-noise ratio.
double cochrane_density(double snr) {
    return 0.32 * normal_density(snr, 0.61) + 0.31 * normal_density(snr, 1.42) +
           0.30 * normal_density(snr, 2.16) + 0.07 * normal_density(snr, 5.64);
}

/// Mean and variance of the posterior of the effect, by Bayes' rule on a fine grid.
std::pair<double, double> posterior_moments(const std::function<double(double)>& prior,
                                            const LogOddsRatio& published) {
    const double z = published.estimate / published.standard_error, step = 1e-3;
    double mass = 0, first = 0, second = 0;
    for (int i = -60'000; i <= 60'000; ++i) {
        const double snr = i * step, weight = prior(snr) * normal_density(z - snr, 1);
        mass += weight;
        first += weight * snr;
        second += weight * snr * snr;
    }
    const double mean = first / mass, s = published.standard_error;
    return {mean * s, (second / mass - mean * mean) * s * s};
}

double variance_of(const NormalMixture& mixture) {
    double second = 0;
    for (const auto& [weight, mean, sd] : mixture.components)
        second += weight * (mean * mean + sd * sd);
    return second - mixture.mean() * mixture.mean();
}

}  // namespace

TEST_CASE("The published log odds ratio is Woolf's, or Gart's beside an empty cell", "[exact]") {
    const auto plain = log_odds_ratio_of({{60, 75}, {47, 74}});
    CHECK(plain.estimate == Approx(std::log(60.0 * 27 / (15 * 47))).epsilon(1e-15));
    CHECK(plain.standard_error ==
          Approx(std::sqrt(1 / 60.0 + 1 / 15.0 + 1 / 47.0 + 1 / 27.0)).epsilon(1e-15));
    const auto corrected = log_odds_ratio_of({{5, 5}, {2, 6}});
    CHECK(corrected.estimate == Approx(std::log(5.5 * 4.5 / (0.5 * 2.5))).epsilon(1e-15));
    CHECK(corrected.standard_error ==
          Approx(std::sqrt(1 / 5.5 + 2 + 1 / 2.5 + 1 / 4.5)).epsilon(1e-15));
}

TEST_CASE("The Cochrane posterior is Bayes' rule under its prior", "[exact]") {
    for (const double z : {0.1, 1.0, 1.96, 2.21, -2.21, 3.5, 8.0}) {
        const LogOddsRatio published{z * 0.376, 0.376};
        const auto posterior = cochrane_posterior(published);
        const auto [mean, variance] = posterior_moments(cochrane_density, published);
        INFO(z);
        CHECK(posterior.mean() == Approx(mean).epsilon(1e-9));
        CHECK(variance_of(posterior) == Approx(variance).epsilon(1e-9));
    }
}

TEST_CASE("A just significant trial exaggerates as much as published", "[reference]") {
    // van Zwet, Schwab & Senn 2021, abstract: at z = 1.96 by a factor of 1.7, the median of
    // |estimate / truth|, so that half of the posterior lies within 1.96/1.7 of no effect.
    const auto share_within = [](double limit) {
        double share = 0;
        for (const auto& [weight, mean, sd] : cochrane_posterior({1.96, 1}).components) {
            share += weight * 0.5 *
                     (std::erfc((-limit - mean) / sd * -std::sqrt(0.5)) * -1 +
                      std::erfc((limit - mean) / sd * -std::sqrt(0.5)));
        }
        return share;
    };
    CHECK(share_within(1.96 / 1.65) > 0.5);
    CHECK(share_within(1.96 / 1.75) < 0.5);
}

TEST_CASE("The empirical Bayes posterior is Bayes' rule under a prior of variance b^2 - s^2",
          "[exact]") {
    for (const double z : {1.2, 2.21, -3.0}) {
        const LogOddsRatio published{z * 0.5, 0.5};
        const double sd = std::sqrt(z * z - 1);
        const auto [mean, variance] =
            posterior_moments([&](double snr) { return normal_density(snr, sd); }, published);
        const auto posterior = empirical_bayes_posterior(published);
        CHECK(posterior.mean() == Approx(mean).epsilon(1e-9));
        CHECK(variance_of(posterior) == Approx(variance).epsilon(1e-9));
    }
    for (const double z : {0.0, 0.5, -1.0}) {
        const auto posterior = empirical_bayes_posterior({z, 1});
        CHECK(posterior.mean() == 0);
        CHECK(variance_of(posterior) == 0);
    }
}

TEST_CASE("Shrinkage keeps the sign and lessens the size", "[property]") {
    for (double z = -40; z <= 40; z += 0.7) {
        const LogOddsRatio published{z, 1};
        for (const auto& posterior :
             {cochrane_posterior(published), empirical_bayes_posterior(published)}) {
            CHECK(posterior.mean() * z >= 0);
            CHECK(std::abs(posterior.mean()) < std::abs(z));
        }
        CHECK(flat_posterior(published).mean() == z);
    }
}
