#include "small_trial.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

namespace {

using small_trial::Trial;
using small_trial::Weighted;

/// Twelve replicates of 4 v 4 women, small enough to do every sum with pen and paper. Pearson's
/// chi-square is 8 (P = 0.0047) for 4/4 v 0/4 and 2 (P = 0.157) for 3/4 v 1/4.
const std::vector<Weighted<std::int64_t>> twelve{
    {0, 0, 2}, {0, 4, 1}, {2, 2, 4}, {3, 1, 2}, {4, 0, 3}};

/// Odds ratio 81: log 81 = 2 log 9.
constexpr rsasim::design::Rates odds_ratio_81{0.9, 0.1};

const double log_9 = std::log(9.0);
const double z = 1.959963984540054;  // 97.5 % point of the normal distribution

}  // namespace

TEST_CASE("Tests of twelve replicates have the power counted by hand", "[exact]") {
    const auto summary = Trial(4, 4).summarise(odds_ratio_81, twelve);
    const auto& pearson = summary.tests.at(0);
    CHECK(pearson.n_reject == 4);
    CHECK(pearson.n_reject_favourable == 3);
    CHECK(pearson.n_evaluable == 10);
    CHECK(pearson.power.value == Approx(4.0 / 12));
    CHECK(pearson.power.mcse == Approx(std::sqrt(4.0 / 12 * 8 / 12 / 12)));
    CHECK(pearson.power_favourable.value == Approx(3.0 / 12));
    CHECK(pearson.evaluable.value == Approx(10.0 / 12));
    CHECK(pearson.evaluable.mcse == Approx(std::sqrt(10.0 / 12 * 2 / 12 / 12)));
    const auto& wald = summary.tests.at(1);
    CHECK(wald.n_reject == 0);
    CHECK(wald.n_evaluable == 6);
    CHECK(wald.power.value == 0);
    CHECK(wald.power.mcse == 0);
}

TEST_CASE("Two tests on twelve replicates differ by the discordant ones", "[exact]") {
    const auto summary = Trial(4, 4).summarise(odds_ratio_81, twelve);
    REQUIRE(summary.test_pairs.size() == 6);
    const auto& pearson_wald = summary.test_pairs.at(0);
    CHECK(pearson_wald.n_a_not_b == 4);
    CHECK(pearson_wald.n_b_not_a == 0);
    CHECK(pearson_wald.power_difference.value == Approx(1.0 / 3));
    CHECK(pearson_wald.power_difference.mcse == Approx(std::sqrt((1.0 / 3 - 1.0 / 9) / 12)));
}

TEST_CASE("Woolf intervals of twelve replicates cover and miss as counted by hand", "[exact]") {
    const auto summary = Trial(4, 4).summarise(odds_ratio_81, twelve);
    const auto& woolf = summary.intervals.at(0);
    CHECK(woolf.truth == Approx(81));
    CHECK(woolf.n_cover == 8);
    CHECK(woolf.n_miss_below == 4);
    CHECK(woolf.n_miss_above == 0);
    CHECK(woolf.n_infinite == 6);
    CHECK(woolf.n_undefined == 0);
    CHECK(woolf.coverage.value == Approx(8.0 / 12));
    CHECK(woolf.miss_below.value == Approx(4.0 / 12));
    CHECK(woolf.infinite.value == Approx(6.0 / 12));
}

TEST_CASE("Widths of twelve Woolf intervals have the mean and quantiles found by hand", "[exact]") {
    const auto summary = Trial(4, 4).summarise(odds_ratio_81, twelve);
    const auto& woolf = summary.intervals.at(0);
    // In order: four of 2/4 v 2/4, two of 3/4 v 1/4, six unbounded.
    const double narrow = 2 * z * std::sqrt(2.0);
    const double wide = 2 * z * std::sqrt(8.0 / 3);
    CHECK(woolf.mean_log_width.value == Approx((4 * narrow + 2 * wide) / 6));
    const double sd = (wide - narrow) * std::sqrt((4.0 / 9 * 2 + 1.0 / 9 * 4) / 5);
    CHECK(woolf.mean_log_width.mcse == Approx(sd / std::sqrt(6.0)));
    CHECK(std::isnan(woolf.mean_width.value));
    CHECK(std::isnan(woolf.mean_width.mcse));
    CHECK(woolf.width_q05.value == Approx(narrow));
    CHECK(woolf.width_q25.value == Approx(narrow));
    CHECK(woolf.width_q25.mcse == Approx((wide - narrow) / 2));  // ranks 2 and 5
    CHECK(woolf.width_q50.value == Approx(wide));
    CHECK(std::isnan(woolf.width_q50.mcse));  // ranks 5 and 8, the latter unbounded
    CHECK(woolf.width_q75.value == std::numeric_limits<double>::infinity());
    const auto& difference = summary.intervals.at(2);
    CHECK(std::isnan(difference.mean_log_width.value));
    CHECK(difference.width_q05.value == 0);  // no events: [0, 0]
    CHECK(difference.n_infinite == 0);
}

TEST_CASE("The sample odds ratio of twelve replicates performs as found by hand", "[exact]") {
    const auto summary = Trial(4, 4).summarise(odds_ratio_81, twelve);
    const auto& sample = summary.estimators.at(0);
    CHECK(sample.n_finite == 6);
    CHECK(sample.n_infinite == 4);
    CHECK(sample.n_undefined == 2);
    CHECK(sample.truth == Approx(81));
    CHECK(sample.finite.value == Approx(0.5));
    CHECK(sample.finite.mcse == Approx(std::sqrt(0.25 / 12)));
    // Estimates on the log scale: log 9 twice, 0 four times; squared errors log(9)^2 and 4
    // log(9)^2.
    const double empirical_se = log_9 * std::sqrt(4.0 / 15);
    CHECK(sample.mean.value == Approx(log_9 / 3));
    CHECK(sample.bias.value == Approx(-5.0 / 3 * log_9));
    CHECK(sample.bias.mcse == Approx(empirical_se / std::sqrt(6.0)));
    CHECK(sample.empirical_se.value == Approx(empirical_se));
    CHECK(sample.empirical_se.mcse == Approx(empirical_se / std::sqrt(10.0)));
    CHECK(sample.mse.value == Approx(3 * log_9 * log_9));
    CHECK(sample.mse.mcse == Approx(log_9 * log_9 * std::sqrt(12.0 / 30)));
    // Woolf's squared errors: 8/3 twice and 2 four times.
    const double model_se = std::sqrt(20.0 / 9);
    const double variance = 48.0 / 81 / 5;
    const double relative = variance / (4 * 6 * 400.0 / 81);
    CHECK(sample.model_se.value == Approx(model_se));
    CHECK(sample.model_se.mcse == Approx(std::sqrt(variance / (4 * 6)) / model_se));
    CHECK(sample.model_se_error.value == Approx(model_se / empirical_se - 1));
    CHECK(sample.model_se_error.mcse ==
          Approx(model_se / empirical_se * std::sqrt(relative + 0.1)));
    CHECK(std::isnan(summary.estimators.at(2).model_se.value));
    CHECK(summary.estimators.at(2).mse.value > 0);
}

TEST_CASE("Pearson's test and Woolf's interval contradict each other where they should",
          "[exact]") {
    // 4/4 v 0/4 and 0/4 v 4/4: Pearson rejects, Woolf is (0, inf).
    const auto summary = Trial(4, 4).summarise(odds_ratio_81, twelve);
    const auto& pearson_woolf = summary.pairs.at(1);
    CHECK(pearson_woolf.n_reject_but_covers_null == 4);
    CHECK(pearson_woolf.n_accept_but_excludes_null == 0);
    CHECK(pearson_woolf.reject_but_covers_null.value == Approx(4.0 / 12));
    CHECK(pearson_woolf.reject_but_covers_null.mcse == Approx(std::sqrt(2.0 / 9 / 12)));
    CHECK(summary.pairs.at(0).n_reject_but_covers_null == 0);
    // The tables themselves: rows 1 and 4 of the five.
    using rsasim::analysis::Agreement;
    using rsasim::summary::Contradiction;
    REQUIRE(summary.contradictions.size() == 3);
    CHECK(summary.contradictions[0].empty());
    CHECK(summary.contradictions[1] ==
          std::vector<Contradiction>{{1, Agreement::reject_but_covers_null},
                                     {4, Agreement::reject_but_covers_null}});
}
