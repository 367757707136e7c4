#include "small_trial.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

namespace {

using rsasim::design::Rates;
using rsasim::summary::Figure;
using small_trial::Trial;
using small_trial::Weighted;

bool is_undefined(const Figure& figure) {
    return std::isnan(figure.value) && std::isnan(figure.mcse);
}

}  // namespace

TEST_CASE("A cell without replicates has no figures", "[exact]") {
    const auto summary =
        Trial(4, 4).summarise(Rates{0.7, 0.5}, std::vector<Weighted<std::int64_t>>{});
    CHECK(summary.tests[0].n_reject == 0);
    CHECK(is_undefined(summary.tests[0].power));
    CHECK(is_undefined(summary.intervals[0].coverage));
    CHECK(is_undefined(summary.intervals[0].mean_log_width));
    CHECK(is_undefined(summary.intervals[0].width_q50));
    CHECK(is_undefined(summary.estimators[0].mean));
    CHECK(is_undefined(summary.estimators[0].finite));
    CHECK(is_undefined(summary.pairs[0].reject_but_covers_null));
    CHECK(is_undefined(summary.test_pairs[0].power_difference));
}

TEST_CASE("Trials without a single event reject nothing and estimate no odds ratio", "[exact]") {
    const std::vector<Weighted<std::int64_t>> no_event{{0, 0, 10}};
    const auto summary = Trial(4, 4).summarise(Rates{0.1, 0.1}, no_event);
    CHECK(summary.tests[0].n_evaluable == 0);
    CHECK(summary.tests[0].power.value == 0);
    CHECK(summary.tests[0].power.mcse == 0);
    CHECK(summary.tests[0].evaluable.value == 0);
    CHECK(summary.intervals[0].coverage.value == 1);
    CHECK(summary.intervals[0].infinite.value == 1);
    CHECK(is_undefined(summary.intervals[0].mean_log_width));
    CHECK(summary.intervals[0].width_q50.value == std::numeric_limits<double>::infinity());
    CHECK(std::isnan(summary.intervals[0].width_q50.mcse));
    CHECK(summary.estimators[0].n_undefined == 10);
    CHECK(summary.estimators[0].finite.value == 0);
    CHECK(is_undefined(summary.estimators[0].bias));
    CHECK(is_undefined(summary.estimators[0].model_se_error));
    // The risk difference is 0 every time: no spread, hence no relative error.
    CHECK(summary.estimators[1].n_finite == 10);
    CHECK(summary.estimators[1].bias.value == 0);
    CHECK(summary.estimators[1].empirical_se.value == 0);
    CHECK(is_undefined(summary.estimators[1].model_se_error));
}

TEST_CASE("A single replicate has values but no Monte Carlo errors", "[exact]") {
    const std::vector<Weighted<std::int64_t>> one{{3, 1, 1}};
    const auto summary = Trial(4, 4).summarise(Rates{0.5, 0.5}, one);
    CHECK(summary.tests[0].power.value == 0);
    CHECK(std::isnan(summary.tests[0].power.mcse));
    CHECK(summary.intervals[0].coverage.value == 1);
    CHECK(std::isnan(summary.intervals[0].coverage.mcse));
    CHECK(summary.intervals[0].mean_log_width.value > 0);
    CHECK(std::isnan(summary.intervals[0].mean_log_width.mcse));
    CHECK(summary.intervals[0].width_q50.value ==
          Approx(summary.intervals[0].mean_log_width.value));
    CHECK(std::isnan(summary.intervals[0].width_q50.mcse));
    const auto& sample = summary.estimators[0];
    CHECK(sample.mean.value == Approx(std::log(9.0)));
    CHECK(std::isnan(sample.mean.mcse));
    CHECK(is_undefined(sample.empirical_se));
    CHECK(is_undefined(sample.model_se_error));
    CHECK(sample.model_se.value == Approx(std::sqrt(8.0 / 3)));
    CHECK(std::isnan(sample.model_se.mcse));
    CHECK(sample.mse.value == Approx(std::log(9.0) * std::log(9.0)));
    CHECK(std::isnan(sample.mse.mcse));
    CHECK(std::isnan(summary.test_pairs[0].power_difference.mcse));
}

TEST_CASE("Without a true effect the coverage is undefined and widths are not", "[exact]") {
    // Both rates 0: odds ratio and risk ratio are 0/0.
    const std::vector<Weighted<double>> all{{0, 0, 1.0}};
    const auto summary = Trial(4, 4).summarise(Rates{0, 0}, all);
    CHECK(std::isnan(summary.intervals[0].truth));
    for (const auto& figure : {summary.intervals[0].coverage, summary.intervals[0].miss_below,
                               summary.intervals[0].miss_above})
        CHECK(is_undefined(figure));
    CHECK(summary.intervals[0].undefined.value == 1);
    CHECK(summary.intervals[0].infinite.value == 1);
    CHECK(summary.intervals[2].truth == 0);
    CHECK(summary.intervals[2].coverage.value == 1);
    CHECK(summary.intervals[2].mean_width.value == 0);
    CHECK(summary.intervals[2].mean_width.mcse == 0);
}

TEST_CASE("An infinite true odds ratio is covered by unbounded intervals only", "[exact]") {
    // No event in the control arm.
    const std::vector<Weighted<std::int64_t>> counts{{0, 0, 3}, {3, 0, 7}};
    const auto summary = Trial(4, 4).summarise(Rates{0.5, 0}, counts);
    const auto& woolf = summary.intervals[0];
    CHECK(woolf.truth == std::numeric_limits<double>::infinity());
    CHECK(woolf.n_cover == 10);
    const auto& gart = summary.intervals[1];
    CHECK(gart.n_cover + gart.n_miss_below == 10);
    CHECK(gart.n_miss_below >= 7);
    CHECK(summary.estimators[0].n_infinite == 7);
    CHECK(summary.estimators[0].n_undefined == 3);
    CHECK(is_undefined(summary.estimators[0].bias));
    CHECK(is_undefined(summary.estimators[0].mse));
    CHECK(summary.estimators[1].bias.value == Approx(0.7 * 0.75 - 0.5));
}

TEST_CASE("A true odds ratio of zero leaves bias undefined and the mean defined", "[exact]") {
    const std::vector<Weighted<std::int64_t>> counts{{1, 2, 5}, {2, 2, 5}};
    const auto summary = Trial(4, 4).summarise(Rates{0, 0.5}, counts);
    CHECK(summary.estimators[0].truth == 0);
    CHECK(is_undefined(summary.estimators[0].bias));
    CHECK(is_undefined(summary.estimators[0].mse));
    CHECK(summary.estimators[0].mean.value == Approx(0.5 * std::log(1.0 / 3)));
    CHECK(summary.intervals[0].n_miss_above == 10);
}

TEST_CASE("Arms of one woman give counts that add up", "[property]") {
    const std::vector<Weighted<std::int64_t>> counts{{0, 0, 1}, {0, 1, 2}, {1, 0, 3}, {1, 1, 4}};
    const auto summary = Trial(1, 1).summarise(Rates{0.5, 0.5}, counts);
    for (const auto& interval : summary.intervals) {
        CHECK(interval.n_cover + interval.n_miss_below + interval.n_miss_above +
                  interval.n_undefined ==
              10);
    }
    for (const auto& estimator : summary.estimators)
        CHECK(estimator.n_finite + estimator.n_infinite + estimator.n_undefined == 10);
}

TEST_CASE("A plan without tests, intervals, estimates and pairs has an empty summary", "[exact]") {
    const Trial trial(4, 4, rsasim::design::AnalysisPlan{});
    const auto summary =
        trial.summarise(Rates{0.5, 0.5}, std::vector<Weighted<std::int64_t>>{{1, 1, 5}});
    CHECK(summary.tests.empty());
    CHECK(summary.intervals.empty());
    CHECK(summary.estimators.empty());
    CHECK(summary.pairs.empty());
    CHECK(summary.test_pairs.empty());
}
