#include "published_trial.hpp"

#include "judging.hpp"

#include <array>
#include <cmath>
#include <string>

#include <catch2/catch.hpp>

namespace published_trial {

namespace {

using enum rsasim::design::Measure;

constexpr double six_decimals = 1e-6;
constexpr double four_decimals = 1e-4;

constexpr std::array all_p_values{
    PValue{"likelihood-ratio", 0.024577, six_decimals},
    PValue{"pearson", 0.025325, six_decimals},
    PValue{"pearson-n1", 0.025821, six_decimals},
    PValue{"score", 0.025325, six_decimals},
    PValue{"score-n1", 0.025821, six_decimals},
    PValue{"wald", 0.0271, 0.51e-4},
    PValue{"wald-gart", 0.028456, six_decimals},
    PValue{"z-unpooled", 0.023079, six_decimals},
    PValue{"yates", 0.039945, six_decimals},
    PValue{"beta-binomial", 0.024733, six_decimals},
};

constexpr std::array all_limits{
    Limits{odds_ratio, "woolf", 1.098924, 4.804899},
    Limits{odds_ratio, "gart", 1.089751, 4.685956},
    Limits{odds_ratio, "agresti", 1.092425, 4.723484},
    Limits{odds_ratio, "inverse-sinh", 1.116398, 4.729690},
    Limits{odds_ratio, "inverse-sinh-adjusted", 1.104042, 4.640475},
    Limits{odds_ratio, "score", 1.106217, 4.768062},
    Limits{odds_ratio, "miettinen-nurminen", 1.103540, 4.779559},
    Limits{odds_ratio, "scas", 1.103946, 4.840236},
    Limits{odds_ratio, "profile-likelihood", 1.111283, 4.894996},
    Limits{odds_ratio, "mover-wilson", 1.110922, 4.778888},
    Limits{odds_ratio, "beta", 1.109902, 4.858915},
    Limits{odds_ratio, "blaker", 1.0889, 5.0153, four_decimals},
    Limits{risk_difference, "wald", 0.022650, 0.307080},
    Limits{risk_difference, "wald-cc", 0.009227, 0.320503},
    Limits{risk_difference, "agresti-caffo", 0.019300, 0.301957},
    Limits{risk_difference, "newcombe", 0.020174, 0.301104},
    Limits{risk_difference, "score", 0.020649, 0.304525},
    Limits{risk_difference, "miettinen-nurminen", 0.020156, 0.304985},
    Limits{risk_difference, "scas", 0.020186, 0.306085},
    Limits{risk_ratio, "katz", 1.024610, 1.548421},
    Limits{risk_ratio, "katz-adjusted", 1.024111, 1.542392},
    Limits{risk_ratio, "score", 1.029328, 1.570082},
    Limits{risk_ratio, "miettinen-nurminen", 1.028621, 1.571333},
    Limits{risk_ratio, "scas", 1.028492, 1.571785},
    Limits{risk_ratio, "mover-wilson", 1.028598, 1.563559},
};

constexpr rsasim::design::Table2x2 trial{{60, 75}, {47, 74}};

}  // namespace

std::span<const PValue> p_values() {
    return all_p_values;
}

std::span<const Limits> limits() {
    return all_limits;
}

}  // namespace published_trial

TEST_CASE("P-values of the published trial agree with independent programs", "[reference]") {
    for (const auto& expected : published_trial::p_values()) {
        const auto finding = judging::test(std::string(expected.test), published_trial::trial);
        INFO(expected.test << ": " << finding.p_value.two_sided);
        CHECK(std::abs(finding.p_value.two_sided - expected.two_sided) < expected.tolerance);
        CHECK(finding.p_value.greater < 0.5);
        CHECK(finding.p_value.less > 0.5);
    }
}

TEST_CASE("Intervals of the published trial agree with independent programs", "[reference]") {
    for (const auto& expected : published_trial::limits()) {
        const auto finding = judging::interval(expected.measure, std::string(expected.interval),
                                               published_trial::trial);
        INFO(expected.interval << ": " << finding.interval.lower << " to "
                               << finding.interval.upper);
        CHECK(std::abs(finding.interval.lower - expected.lower) < expected.tolerance);
        CHECK(std::abs(finding.interval.upper - expected.upper) < expected.tolerance);
    }
}

TEST_CASE("Estimates of the published trial are the fractions of its counts", "[exact]") {
    using enum rsasim::design::Measure;
    const auto sample = judging::estimate(odds_ratio, "sample", published_trial::trial);
    CHECK(sample.estimate == Approx(1620.0 / 705).epsilon(1e-15));
    CHECK(sample.standard_error ==
          Approx(std::sqrt(1 / 60.0 + 1 / 15.0 + 1 / 47.0 + 1 / 27.0)).epsilon(1e-15));
    const auto gart = judging::estimate(odds_ratio, "gart", published_trial::trial);
    CHECK(gart.estimate == Approx(121.0 * 55 / (31.0 * 95)).epsilon(1e-15));
    CHECK(gart.standard_error ==
          Approx(std::sqrt(2 / 121.0 + 2 / 31.0 + 2 / 95.0 + 2 / 55.0)).epsilon(1e-15));
    const auto difference = judging::estimate(risk_difference, "sample", published_trial::trial);
    CHECK(difference.estimate == Approx(915.0 / 5550).epsilon(1e-15));
    CHECK(difference.standard_error ==
          Approx(std::sqrt(0.8 * 0.2 / 75 + 47.0 * 27 / (74.0 * 74 * 74))).epsilon(1e-15));
    const auto ratio = judging::estimate(risk_ratio, "sample", published_trial::trial);
    CHECK(ratio.estimate == Approx(0.8 * 74 / 47).epsilon(1e-15));
    CHECK(ratio.standard_error ==
          Approx(std::sqrt(1 / 60.0 - 1 / 75.0 + 1 / 47.0 - 1 / 74.0)).epsilon(1e-14));
}
