#include "women.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <numbers>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <catch2/catch.hpp>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/quantiles.hpp>
#include <rsasim/replicate/screening_limit.hpp>

using namespace rsasim;
using design::Comparison;
using design::Family;
using replicate::PatientTrial;

// Statements of chance hold at 4.5 standard errors (level 7e-6 each) or at a chi-square level of
// 1e-5, on fixed seeds.

namespace {

PatientTrial trial_of(const design::PatientModel& model, std::uint64_t seed,
                      design::ArmSizes sizes = {50, 50}) {
    return {women_of(model, sizes), random::stream_key(seed)};
}

double chi_square_tail(double statistic, double degrees) {
    return boost::math::cdf(complement(boost::math::chi_squared(degrees), statistic));
}

double logistic(double eta) {
    return 1 / (1 + std::exp(-eta));
}

/// The mean of f(z) over a standard normal z, by sums at steps of 1/100.
double normal_mean(const std::function<double(double)>& f) {
    double sum = 0;
    for (int i = -900; i <= 900; ++i) {
        const double z = i / 100.0;
        sum += f(z) * std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi) / 100;
    }
    return sum;
}

/// Counts events and says how far their share lies from a rate, in standard errors.
struct Share {
    double events = 0, all = 0;
    void add(bool event) {
        events += event ? 1 : 0;
        all += 1;
    }
    [[nodiscard]] double z(double rate) const {
        return (events - all * rate) / std::sqrt(all * rate * (1 - rate));
    }
};

template <class Take>
void for_women(const PatientTrial& trial, std::int64_t replicates, Take take) {
    for_batches(trial, replicates, [&](const design::TrialBatch& batch) {
        for (std::size_t i = 0; i < batch.women * design::lanes; ++i)
            take(batch, i);
    });
}

}  // namespace

TEST_CASE("Continuous covariates have their distribution functions", "[statistical]") {
    design::PatientModel model = plain_model();
    model.covariates = {covariate("normal", Family::normal, 3, 2),
                        covariate("log-normal", Family::log_normal, 1, 0.5),
                        covariate("gamma", Family::gamma, 0.8, 2),
                        covariate("beta", Family::beta, 2, 0.7),
                        covariate("uniform", Family::uniform, 2, 5),
                        covariate("cut", Family::normal, 0, 1)};
    model.covariates[5].distribution.lower = 1;
    const std::vector<std::function<double(double)>> cdf{
        [](double x) { return math::normal_cdf((x - 3) / 2); },
        [](double x) { return math::normal_cdf((std::log(x) - 1) / 0.5); },
        [](double x) { return math::gamma_cdf(2 * x, 0.8); },
        [](double x) { return math::beta_cdf(x, 2, 0.7); },
        [](double x) { return (x - 2) / 3; },
        [](double x) { return 1 - math::normal_upper_tail(x) / math::normal_upper_tail(1); }};
    std::vector<std::vector<double>> counts(cdf.size(), std::vector<double>(20));
    double all = 0;
    for_women(trial_of(model, 401), 400, [&](const design::TrialBatch& batch, std::size_t i) {
        for (std::size_t c = 0; c < cdf.size(); ++c)
            counts[c][static_cast<std::size_t>(20 * cdf[c](batch.covariates[c][i]))] += 1;
        all += 1;
    });
    for (std::size_t c = 0; c < cdf.size(); ++c) {
        INFO(model.covariates[c].name);
        double chi_square = 0;
        for (const double count : counts[c])
            chi_square += std::pow(count - all / 20, 2) / (all / 20);
        CHECK(chi_square_tail(chi_square, 19) > 1e-5);
    }
}

TEST_CASE("Counts and levels have their probabilities", "[statistical]") {
    design::PatientModel model = plain_model();
    model.covariates = {covariate("poisson", Family::poisson, 1.3),
                        covariate("negative binomial", Family::negative_binomial, 1.2, 0.8),
                        covariate("binary", Family::binary, 0.3),
                        covariate("categorical", Family::categorical, 0)};
    model.covariates[0].distribution.shift = 3;
    model.covariates[3].distribution.probabilities = {0.2, 0.5, 0.3};
    const boost::math::poisson poisson(1.3);
    const boost::math::negative_binomial pascal(0.8, 0.8 / (0.8 + 1.2));
    const std::vector<std::function<double(double)>> probability{
        [&](double x) { return boost::math::pdf(poisson, x - 3); },
        [&](double x) { return boost::math::pdf(pascal, x); },
        [](double x) { return x == 1 ? 0.3 : 0.7; },
        [](double x) { return x == 0   ? 0.2
                              : x == 1 ? 0.5
                                       : 0.3; }};
    std::vector<std::map<double, double>> counts(4);
    double all = 0;
    for_women(trial_of(model, 402), 400, [&](const design::TrialBatch& batch, std::size_t i) {
        for (std::size_t c = 0; c < 4; ++c)
            counts[c][batch.covariates[c][i]] += 1;
        all += 1;
    });
    for (std::size_t c = 0; c < 4; ++c) {
        INFO(model.covariates[c].name);
        double chi_square = 0, degrees = -1, rest = all, rest_expected = all;
        for (const auto& [value, count] : counts[c]) {
            const double expected = all * probability[c](value);
            if (expected < 10) continue;
            chi_square += std::pow(count - expected, 2) / expected;
            rest -= count;
            rest_expected -= expected;
            degrees += 1;
        }
        if (rest_expected > 5) {
            chi_square += std::pow(rest - rest_expected, 2) / rest_expected;
            degrees += 1;
        }
        CHECK(chi_square_tail(chi_square, degrees) > 1e-5);
    }
}

TEST_CASE("Correlated covariates meet with the orthant probabilities of their scores",
          "[statistical]") {
    constexpr double r = 0.6;
    design::PatientModel model = plain_model();
    model.covariates = {
        covariate("gamma", Family::gamma, 2, 1), covariate("free", Family::binary, 0.5),
        covariate("binary", Family::binary, 0.5), covariate("normal", Family::normal, 0, 1)};
    model.correlation = {1, 0, r, r, 0, 1, 0, 0, r, 0, 1, r, r, 0, r, 1};
    const double median = math::gamma_quantile(0.5, 2);
    // Sheppard 1899: P(both above their medians) = 1/4 + asin(r) / (2 pi).
    const double both = 0.25 + std::asin(r) / (2 * std::numbers::pi);
    Share gamma_binary, gamma_normal, binary_normal, free_normal;
    for_women(trial_of(model, 403), 800, [&](const design::TrialBatch& batch, std::size_t i) {
        const bool high = batch.covariates[0][i] > median, free = batch.covariates[1][i] == 1;
        const bool one = batch.covariates[2][i] == 1, positive = batch.covariates[3][i] > 0;
        gamma_binary.add(high && one);
        gamma_normal.add(high && positive);
        binary_normal.add(one && positive);
        free_normal.add(free && positive);
    });
    CHECK(std::abs(gamma_binary.z(both)) < 4.5);
    CHECK(std::abs(gamma_normal.z(both)) < 4.5);
    CHECK(std::abs(binary_normal.z(both)) < 4.5);
    CHECK(std::abs(free_normal.z(0.25)) < 4.5);
}

TEST_CASE("Screening sees as many women as the rules ask, and leaves the rest as they are",
          "[statistical]") {
    design::PatientModel model = plain_model();
    model.covariates = {covariate("losses", Family::poisson, 1.3),
                        covariate("il33", Family::normal, 0, 1),
                        covariate("ratio", Family::binary, 0.2)};
    model.eligibility.clauses = {{where(0, Comparison::at_least, 2)},
                                 {where(1, Comparison::above, 1), value_of(2)}};
    const double some_losses = 1 - std::exp(-1.3) * (1 + 1.3);
    const double high = math::normal_upper_tail(1), marked = high + 0.2 - 0.2 * high;
    const double p = some_losses * marked;
    double screened = 0, women = 0;
    Share ratio;
    for_batches(trial_of(model, 404), 400, [&](const design::TrialBatch& batch) {
        for (std::size_t lane = 0; lane < design::lanes; ++lane)
            screened += batch.screened[lane];
        women += static_cast<double>(batch.women * design::lanes);
        for (std::size_t i = 0; i < batch.women * design::lanes; ++i) {
            REQUIRE(batch.covariates[0][i] >= 2);
            REQUIRE((batch.covariates[1][i] > 1 || batch.covariates[2][i] == 1));
            ratio.add(batch.covariates[2][i] == 1);
        }
    });
    CHECK(std::abs(screened - women / p) / std::sqrt(women * (1 - p)) * p < 4.5);
    CHECK(std::abs(ratio.z(0.2 / marked)) < 4.5);
}

TEST_CASE("At the least share of eligible women screening never fails", "[exact]") {
    // Geometric: (1 - share)^most_screened for a place, 1e10 places.
    CHECK(1e10 * std::exp(replicate::most_screened * std::log1p(-replicate::least_eligible)) <
          1e-12);
}

TEST_CASE("One eligible woman in 50,000 is found", "[statistical]") {
    // 128 places: 2^16 women are too few for one at least, with a probability of 1 - 3e-18.
    constexpr double share = 2e-5;
    design::PatientModel model = plain_model();
    model.covariates = {covariate("rare", Family::binary, share)};
    model.eligibility.clauses = {{value_of(0)}};
    double screened = 0;
    for_batches(trial_of(model, 407, {8, 8}), design::lanes, [&](const design::TrialBatch& batch) {
        for (std::size_t lane = 0; lane < design::lanes; ++lane)
            screened += batch.screened[lane];
        for (std::size_t i = 0; i < batch.women * design::lanes; ++i)
            REQUIRE(batch.covariates[0][i] == 1);
    });
    const double places = 16 * design::lanes;
    CHECK(std::abs(screened * share - places) / std::sqrt(places) < 4.5);
}

TEST_CASE("Stages are passed at the rates that integration gives", "[statistical]") {
    design::PatientModel model = plain_model();
    model.covariates = {covariate("z", Family::normal, 30, 4)};
    model.stages = {{"first", 0.8, 0.5, {{value_of(0, 30, 4), 1.2}}, {}},
                    {"second", 0.3, -0.2, {{where(0, Comparison::above, 30), 0.9}}, {}}};
    model.stages[1].interactions = {{value_of(0, 30, 4), 0.7}};
    const auto rates = [](double g, double z, bool both) {
        const double first = logistic(0.8 + 1.2 * z + 0.5 * g);
        const double second = logistic(0.3 + (z > 0 ? 0.9 : 0) + g * (-0.2 + 0.7 * z));
        return both ? first * second : first;
    };
    Share passed[2][2];
    for_women(trial_of(model, 405), 800, [&](const design::TrialBatch& batch, std::size_t i) {
        auto& arm = passed[batch.treated[i] == 1 ? 1 : 0];
        arm[0].add(batch.passed[i] >= 1);
        arm[1].add(batch.outcome[i] == 1);
    });
    for (const int g : {0, 1}) {
        for (const bool both : {false, true}) {
            // Halved at 0, where the second stage jumps.
            const double rate = normal_mean([&](double z) { return rates(g, z, both); }) +
                                (both ? 0.5 * (rates(g, 1e-12, true) - rates(g, 0, true)) / 100 /
                                            std::sqrt(2 * std::numbers::pi)
                                      : 0);
            CHECK(std::abs(passed[g][both ? 1 : 0].z(rate)) < 4.5);
        }
    }
}

TEST_CASE("Women are lost and cross over at their rates", "[statistical]") {
    design::PatientModel model = plain_model();
    model.stages[0].treatment = 2;
    model.adherence = design::Adherence{1.0, 2.0, {}};
    model.dropout = design::Dropout{{-1.5, 1.0}, {-1.0, -0.5}, {}};
    Share adherent[2], event[2], lost[2][2];
    for_women(trial_of(model, 406), 800, [&](const design::TrialBatch& batch, std::size_t i) {
        const int arm = batch.treated[i] == 1 ? 1 : 0, outcome = batch.outcome[i] == 1 ? 1 : 0;
        adherent[arm].add(batch.adherent[i] == 1);
        event[arm].add(outcome == 1);
        lost[arm][outcome].add(batch.observed[i] == 0);
    });
    CHECK(std::abs(adherent[1].z(logistic(1))) < 4.5);
    CHECK(std::abs(adherent[0].z(logistic(2))) < 4.5);
    const double with = logistic(2.4), without = logistic(0.4);
    CHECK(std::abs(event[1].z(logistic(1) * with + logistic(-1) * without)) < 4.5);
    CHECK(std::abs(event[0].z(logistic(2) * without + logistic(-2) * with)) < 4.5);
    CHECK(std::abs(lost[1][0].z(logistic(-1.5))) < 4.5);
    CHECK(std::abs(lost[1][1].z(logistic(-0.5))) < 4.5);
    CHECK(std::abs(lost[0][0].z(logistic(-1))) < 4.5);
    CHECK(std::abs(lost[0][1].z(logistic(-1.5))) < 4.5);
}

TEST_CASE("Women of a centre share its effect, and those of different trials do not",
          "[statistical]") {
    design::PatientModel model = plain_model();
    model.stages[0].treatment = 0;
    model.covariates = {covariate("centre", Family::categorical, 0)};
    model.covariates[0].distribution.probabilities = {1};
    model.centres = design::Centres{0, 1.5};
    Share within, between;
    const auto both = [](double a, double b) { return a == 1 && b == 1; };
    for_batches(trial_of(model, 407, {1, 1}), 40'000, [&](const design::TrialBatch& batch) {
        for (std::size_t lane = 0; lane < design::lanes; ++lane)
            within.add(both(batch.outcome[lane], batch.outcome[lane + design::lanes]));
        for (std::size_t lane = 0; lane < design::lanes; lane += 2)
            between.add(both(batch.outcome[lane], batch.outcome[lane + 1]));
    });
    const double rate = normal_mean([](double z) { return logistic(0.4 + 1.5 * z); });
    const double pairs = normal_mean([](double z) { return std::pow(logistic(0.4 + 1.5 * z), 2); });
    CHECK(std::abs(within.z(pairs)) < 4.5);
    CHECK(std::abs(between.z(rate * rate)) < 4.5);
    CHECK(std::abs(within.z(rate * rate)) > 4.5);
}

TEST_CASE("Biomarkers have their mean, variance and correlation with the baseline",
          "[statistical]") {
    design::PatientModel model = plain_model();
    model.covariates = {covariate("baseline", Family::log_normal, 1, 0.5)};
    model.biomarkers = {{"later", 0, 0.7, 10, 2, -1.5, 0.8}};
    double n = 0, sum = 0, squares = 0, products = 0, fourth = 0;
    for_women(trial_of(model, 408), 800, [&](const design::TrialBatch& batch, std::size_t i) {
        const double z = (std::log(batch.covariates[0][i]) - 1) / 0.5;
        const double y =
            (batch.biomarkers[0][i] - 10 + 1.5 * batch.treated[i] - 0.8 * batch.outcome[i]) / 2;
        n += 1;
        sum += y;
        squares += y * y;
        products += y * z;
        fourth += y * y * y * y;
    });
    CHECK(std::abs(sum / std::sqrt(n)) < 4.5);
    CHECK(std::abs((squares - n) / std::sqrt(2 * n)) < 4.5);
    CHECK(std::abs((products - 0.7 * n) / std::sqrt(n * (1 + 0.7 * 0.7))) < 4.5);
    CHECK(std::abs((fourth - 3 * n) / std::sqrt(96 * n)) < 4.5);  // of a normal variate
}
