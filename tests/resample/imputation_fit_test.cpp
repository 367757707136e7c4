#include "missing_trials.hpp"

#include <cmath>
#include <random>

#include <catch2/catch.hpp>

using namespace missing_trials;
using analysis::Finding;
using analysis::Status;

namespace {

/// Moments of the pooled log odds ratio of one data set over many replicates' draws.
struct Moments {
    double estimate = 0;
    double estimate_error = 0;
    double variance = 0;
    double variance_error = 0;
};

Moments moments_of_pooling(std::size_t adjusting, const resample::ImputationPlan& plan) {
    constexpr int batches = 250;
    const Lanes lanes(std::vector<Trial>(design::lanes, formula_trial()));
    const auto columns = columns_of(lanes, adjusting);
    const auto prepared =
        resample::prepare_imputation({&woolf, 1}, setting_of(lanes, adjusting), plan);
    std::vector<Finding> findings(design::lanes);
    double sum = 0, squares = 0, variances = 0, squared_variances = 0;
    for (int batch = 0; batch < batches; ++batch) {
        prepared->analyse(columns,
                          {rsasim::random::stream_key(5), batch * std::int64_t{design::lanes}},
                          findings);
        for (const Finding& finding : findings) {
            REQUIRE(finding.status == Status::ok);
            const double estimate = std::log(finding.estimate);
            const double variance = finding.standard_error * finding.standard_error;
            sum += estimate;
            squares += estimate * estimate;
            variances += variance;
            squared_variances += variance * variance;
        }
    }
    constexpr double n = batches * static_cast<double>(design::lanes);
    const auto error = [](double total, double squared) {
        return std::sqrt((squared / n - total / n * (total / n)) / n);
    };
    return {sum / n, error(sum, squares), variances / n, error(variances, squared_variances)};
}

/// What R found with 400,000 imputations: mean and variance of the completed log odds ratio, and
/// its mean Woolf variance.
struct Expected {
    std::size_t adjusting;
    double delta_control, delta_treated;
    double mean, variance, within;
};

}  // namespace

TEST_CASE("Imputations have the moments that R's have", "[statistical]") {
    // 2,000 replicates of 20 imputations; R 4.2 with rbeta, and with rnorm about its own Firth fit.
    // Both errors count: 4.5 standard errors, R's being 0.0004.
    for (const Expected& expected :
         {Expected{0, 0, 0, 0.78519452726, 0.0488766160431, 0.199610169884},
          Expected{0, -0.5, 0.8, 1.02139769247, 0.0399219334047, 0.20473299325},
          Expected{1, 0, 0, 0.733382439114, 0.0434977747237, 0.198494607573},
          Expected{1, -0.5, 0.8, 0.94601054938, 0.0388806603447, 0.202810774679}}) {
        resample::ImputationPlan plan;
        plan.delta_control = expected.delta_control;
        plan.delta_treated = expected.delta_treated;
        const Moments found = moments_of_pooling(expected.adjusting, plan);
        CHECK(std::abs(found.estimate - expected.mean) <=
              4.5 * std::hypot(found.estimate_error, 0.0004));
        // Rubin's total variance: within + (1 + 1/20) between.
        CHECK(std::abs(found.variance - expected.within - 1.05 * expected.variance) <=
              4.5 * std::hypot(found.variance_error, 0.0002));
    }
}

TEST_CASE("Outcomes missing at random leave bias and coverage as they should be", "[statistical]") {
    // 4,000 trials of 80 v 80 women, rates 0.5 and 0.3, a quarter of the outcomes missing.
    constexpr int batches = 500, women = 160;
    std::mt19937_64 words(20240607);
    std::uniform_real_distribution<double> uniform;
    const double truth = std::log(0.5 / 0.5 / (0.3 / 0.7));
    Trial trial(women);
    Lanes lanes(std::vector<Trial>(design::lanes, trial));
    const auto columns = columns_of(lanes, 0);
    const auto prepared = resample::prepare_imputation({&gart, 1}, setting_of(lanes, 0), {});
    const auto complete_case =
        analysis::prepare_family(analysis::PatientFamily::table, {&gart, 1}, setting_of(lanes, 0));
    std::vector<Finding> findings(design::lanes), cases(design::lanes);
    double covered = 0, difference = 0, squares = 0, n = 0;
    for (int batch = 0; batch < batches; ++batch) {
        for (std::size_t lane = 0; lane < design::lanes; ++lane) {
            for (std::size_t i = 0; i < trial.size(); ++i) {
                trial[i].treated = i % 2 == 0 ? 1 : 0;
                trial[i].outcome = uniform(words) < (i % 2 == 0 ? 0.5 : 0.3) ? 1 : 0;
                trial[i].is_missing = uniform(words) < 0.25;
            }
            lanes.set(lane, trial);
        }
        prepared->analyse(columns,
                          {rsasim::random::stream_key(3), batch * std::int64_t{design::lanes}},
                          findings);
        complete_case->analyse(columns, cases);
        for (std::size_t lane = 0; lane < design::lanes; ++lane) {
            const Finding& finding = findings[lane];
            REQUIRE(finding.status == Status::ok);
            covered += finding.interval.lower <= std::exp(truth) &&
                               std::exp(truth) <= finding.interval.upper
                           ? 1
                           : 0;
            const double d = std::log(finding.estimate / cases[lane].estimate);
            difference += d;
            squares += d * d;
            n += 1;
        }
    }
    // Coverage between 0.94 and 0.97 is the nominal 0.95, its small-sample error, and 4.5 standard
    // errors of 0.0034.
    CHECK(covered / n > 0.94);
    CHECK(covered / n < 0.97);
    // Both estimates shrink by different parts of the 1/2 added: a few thousandths.
    CHECK(std::abs(difference / n) < 4.5 * std::sqrt(squares / n / n) + 0.005);
}
