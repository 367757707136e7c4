#include "truth/eligible_women.hpp"
#include "truth/estimands.hpp"
#include "truth/lattice_population.hpp"
#include "truth_models.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::truth_models;

namespace {

/// A normal and a log-normal covariate with correlated scores; either of them may qualify a woman.
design::PatientModel any_of_two() {
    auto m = model({standard_normal(), covariate(distribution(Family::log_normal, 0, 0.5))},
                   {stage(0.4, 0.8, {{value_of(0), 0.7}, {value_of(1, 1), -0.5}})});
    m.correlation = {1, 0.6, 0.6, 1};
    m.eligibility.clauses = {{where(0, Comparison::above, 0.3), where(1, Comparison::above, 1.5)}};
    return m;
}

/// Exchangeable standard normal covariates with the same effect 0.3.
design::PatientModel exchangeable(std::size_t count, double correlation) {
    design::Stage one = stage(0.2, 0.7);
    std::vector<design::Covariate> covariates;
    std::vector<double> matrix;
    for (std::size_t i = 0; i < count; ++i) {
        covariates.push_back(standard_normal());
        one.effects.push_back({value_of(i), 0.3});
        for (std::size_t j = 0; j < count; ++j)
            matrix.push_back(i == j ? 1 : correlation);
    }
    auto m = model(covariates, {one});
    m.correlation = matrix;
    return m;
}

}  // namespace

TEST_CASE("Eligibility by any of two correlated covariates selects as R integrates",
          "[reference]") {
    // R 4.2: nested integrate() of dnorm(z1) dnorm(z2, 0.6 z1, 0.8) over the eligible range; the
    // regression by glm(y ~ g + z1) on a product of Gauss-Legendre panels cut at both thresholds.
    auto p = plan({{"logistic", Measure::conditional_odds_ratio}});
    p.adjust = {value_of(0)};
    const auto truth = analysis::truth_of(any_of_two(), published, p);
    CHECK(truth.eligible == Approx(0.438230509584366).epsilon(1e-9));
    CHECK(truth.rates.treated == Approx(0.809067282555278).epsilon(1e-9));
    CHECK(truth.rates.control == Approx(0.665249612346135).epsilon(1e-9));
    CHECK(truth.methods[0].value == Approx(2.18500395289546).epsilon(1e-8));
    CHECK(truth.methods[0].standard_error == 0);
}

TEST_CASE("A count correlated with a normal covariate is summed as R does", "[reference]") {
    // R 4.2: sum over counts from 4 of integrate(dnorm(z) P(count | z) plogis(0.2 + 0.6 z - 0.3
    // (count - 3) + 0.8 g)); the share is ppois(0, 1.2, lower = FALSE).
    auto losses = distribution(Family::poisson, 1.2);
    losses.shift = 3;
    auto m = model({covariate(losses), standard_normal()},
                   {stage(0.2, 0.8, {{value_of(1), 0.6}, {value_of(0, 3), -0.3}})});
    m.correlation = {1, -0.5, -0.5, 1};
    m.eligibility.clauses = {{where(0, Comparison::at_least, 4)}};
    const auto truth = analysis::truth_of(m, published, plan());
    CHECK(truth.eligible == Approx(0.698805788087798).epsilon(1e-9));
    CHECK(truth.rates.treated == Approx(0.576556586257177).epsilon(1e-9));
    CHECK(truth.rates.control == Approx(0.398343309286589).epsilon(1e-9));
}

TEST_CASE("The orthant of two correlated scores has Sheppard's probability", "[exact]") {
    // Sheppard 1899: P(Z1 > 0, Z2 > 0) = 1/4 + asin(r) / (2 pi).
    for (const double r : {-0.9, -0.3, 0.5, 0.95}) {
        auto m = model({standard_normal(), standard_normal()}, {stage(0, 1)});
        m.correlation = {1, r, r, 1};
        m.eligibility.clauses = {{where(0, Comparison::above, 0)},
                                 {where(1, Comparison::above, 0)}};
        CHECK(analysis::truth_of(m, published, plan()).eligible ==
              Approx(0.25 + std::asin(r) / (2 * std::acos(-1.0))).epsilon(1e-9));
    }
}

TEST_CASE("Three correlated normal covariates act as one of their sum's variance", "[exact]") {
    const double variance = 3 + 6 * 0.5;
    const auto three = analysis::truth_of(exchangeable(3, 0.5), published, plan());
    const auto one = model({covariate(distribution(Family::normal, 0, std::sqrt(variance)))},
                           {stage(0.2, 0.7, {{value_of(0), 0.3}})});
    const auto expected = analysis::truth_of(one, published, plan());
    CHECK(three.rates.treated == Approx(expected.rates.treated).epsilon(1e-9));
    CHECK(three.rates.control == Approx(expected.rates.control).epsilon(1e-9));
    CHECK(three.rates_standard_error == 0);
}

TEST_CASE("Five correlated covariates come with an error that covers R's integral", "[reference]") {
    // R 4.2: integrate(dnorm(x) plogis(0.2 + 0.3 sqrt(13) x + 0.7 g)): the sum of five normal
    // variates with correlations 0.4 has variance 13.
    auto p = plan({{"logistic", Measure::conditional_odds_ratio}});
    const auto truth = analysis::truth_of(exchangeable(5, 0.4), published, p);
    CHECK(truth.rates_standard_error > 0);
    CHECK(truth.rates_standard_error < 1e-6);
    const double slack = 4.5 * truth.rates_standard_error;
    CHECK(truth.rates.treated == Approx(0.674680435055303).margin(slack).epsilon(0));
    CHECK(truth.rates.control == Approx(0.540231304110012).margin(slack).epsilon(0));
    const double expected = odds_ratio(0.674680435055303, 0.540231304110012);
    CHECK(truth.methods[0].value ==
          Approx(expected).margin(4.5 * truth.methods[0].standard_error).epsilon(0));
}

TEST_CASE("Randomised lattices agree with quadrature within their own error", "[property]") {
    const auto m = any_of_two();
    auto p = plan({{"logistic", Measure::conditional_odds_ratio}});
    p.adjust = {value_of(0)};
    const auto exact = analysis::truth_of(m, published, p);
    std::vector<analysis::Estimands> estimates;
    for (auto& population : analysis::lattice_populations(m, analysis::covariate_uses(m, &p))) {
        analysis::keep_eligible(m.eligibility, population);
        estimates.push_back(analysis::estimands_in(population, m, published, p));
    }
    const auto check = [&](double expected, auto value) {
        const auto n = static_cast<double>(estimates.size());
        double mean = 0, square = 0;
        for (const auto& e : estimates)
            mean += value(e) / n;
        for (const auto& e : estimates)
            square += (value(e) - mean) * (value(e) - mean) / (n - 1) / n;
        CHECK(square > 0);
        CHECK(std::sqrt(square) < 1e-9);
        CHECK(std::abs(mean - expected) < 4.5 * std::sqrt(square) + 1e-10);
    };
    check(exact.eligible, [](const auto& e) { return e.eligible; });
    check(exact.rates.treated, [](const auto& e) { return e.rates.treated; });
    check(exact.methods[0].value, [](const auto& e) { return e.methods[0]; });
}

TEST_CASE("Seven correlated covariates and a threshold come with an honest error", "[exact]") {
    // The rate among women with the first covariate above 0, by symmetry of the others' sum: all
    // seven act as that covariate and one normal remainder, which quadrature integrates.
    const double r = 0.3, share = 1 + 6 * r;  // of the first covariate in the sum
    const double remainder = 6 + 30 * r - 36 * r * r;
    auto two = model(
        {standard_normal(), covariate(distribution(Family::normal, 0, 1))},
        {stage(0.2, 0.7, {{value_of(0), 0.3 * share}, {value_of(1), 0.3 * std::sqrt(remainder)}})});
    auto seven = exchangeable(7, r);
    two.eligibility.clauses = seven.eligibility.clauses = {{where(0, Comparison::above, 0)}};
    const auto expected = analysis::truth_of(two, published, plan());
    const auto found = analysis::truth_of(seven, published, plan());
    CHECK(found.eligible == Approx(0.5).epsilon(1e-6));
    CHECK(found.rates_standard_error > 0);
    CHECK(found.rates_standard_error < 2e-5);
    const double slack = 4.5 * found.rates_standard_error;
    CHECK(std::abs(found.rates.treated - expected.rates.treated) < slack);
    CHECK(std::abs(found.rates.control - expected.rates.control) < slack);
}

TEST_CASE("Truths found by lattices are the same every time", "[property]") {
    const auto m = exchangeable(5, 0.2);
    const auto once = analysis::truth_of(m, published, plan());
    const auto again = analysis::truth_of(m, published, plan());
    CHECK(once.rates.treated == again.rates.treated);
    CHECK(once.rates_standard_error == again.rates_standard_error);
}
