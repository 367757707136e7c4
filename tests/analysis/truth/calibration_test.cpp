#include "truth_models.hpp"

#include <stdexcept>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::truth_models;
using analysis::ImpossibleModel;
using design::TargetRates;

namespace {

design::PatientModel two_stages() {
    return model({standard_normal()},
                 {stage(1, 0.5, {{value_of(0), 0.8}}), stage(-2, 0.1, {{value_of(0), -0.6}})});
}

design::PatientModel calibrated(design::PatientModel model, const TargetRates& target) {
    model.targets = {target};
    return analysis::calibrated(std::move(model));
}

}  // namespace

TEST_CASE("A free stage takes the values that R solves for", "[reference]") {
    // R 4.2: uniroot() of integrate(dnorm(x) plogis(1 + 0.8 x + 0.5 g) plogis(c - 0.6 x + t g)).
    const auto m = calibrated(two_stages(), {0.45, 0.62, 1});
    CHECK(m.stages[1].intercept == Approx(0.726307726680579).epsilon(1e-8));
    CHECK(m.stages[1].treatment == Approx(0.742599937611567).epsilon(1e-8));
    CHECK(m.stages[0] == two_stages().stages[0]);
}

TEST_CASE("A calibrated model has the rates asked for", "[property]") {
    auto m = two_stages();
    m.eligibility.clauses = {{where(0, Comparison::above, 0.5)}};
    m.centres = design::Centres{0, 0.4};
    m.time_trend = 0.7;
    m = calibrated(m, {0.6351, 0.80, 1, 149});
    const auto rates = analysis::truth_of(m, published, plan()).rates;
    CHECK(rates.control == Approx(0.6351).epsilon(1e-12));
    CHECK(rates.treated == Approx(0.80).epsilon(1e-12));
}

TEST_CASE("One rate alone changes one parameter alone", "[property]") {
    const auto control = calibrated(two_stages(), {0.1, {}, 0});
    CHECK(control.stages[0].treatment == 0.5);
    CHECK(control.stages[0].intercept != 1);
    CHECK(analysis::truth_of(calibrated(two_stages(), {0.05, {}, 0}), published, plan())
              .rates.control == Approx(0.05).epsilon(1e-12));
    const auto treated = calibrated(two_stages(), {{}, 0.1, 0});
    CHECK(treated.stages[0].intercept == 1);
    CHECK(analysis::truth_of(treated, published, plan()).rates.treated ==
          Approx(0.1).epsilon(1e-12));
    CHECK(analysis::calibrated(two_stages()) == two_stages());
}

TEST_CASE("A rate beyond the other stages' is refused with the range", "[reference]") {
    // R 4.2: integrate(dnorm(x) plogis(1 + 0.8 x)) = 0.707042
    try {
        calibrated(two_stages(), {0.75, {}, 1});
        FAIL("not refused");
    } catch (const ImpossibleModel& error) {
        CHECK_THAT(error.what(), Catch::Contains("control rate of 0.75"));
        CHECK_THAT(error.what(), Catch::Contains("below 0.707042"));
    }
    CHECK_THROWS_AS(calibrated(two_stages(), {0.0, {}, 1}), ImpossibleModel);
    CHECK_THROWS_AS(calibrated(two_stages(), {1.0, {}, 1}), ImpossibleModel);
    CHECK_THROWS_AS(calibrated(two_stages(), {0.5, {}, 2}), std::out_of_range);
}

TEST_CASE("Eligibility that nobody meets is refused", "[exact]") {
    auto m = two_stages();
    m.eligibility.clauses = {{where(0, Comparison::above, 0)}, {where(0, Comparison::below, 0)}};
    CHECK_THROWS_AS(calibrated(m, {0.2, {}, 1}), ImpossibleModel);
    CHECK_THROWS_AS(analysis::truth_of(m, published, plan()), ImpossibleModel);
}

TEST_CASE("Thresholds beyond a covariate's range let everybody or nobody pass", "[exact]") {
    const auto uniform = covariate(distribution(Family::uniform, 1, 5));
    auto m = model({uniform}, {stage(0, 1)});
    m.eligibility.clauses = {{where(0, Comparison::above, 0)}};
    CHECK(analysis::truth_of(m, published, plan()).eligible == Approx(1).epsilon(1e-12));
    m.eligibility.clauses = {{where(0, Comparison::above, 7)}};
    CHECK_THROWS_AS(analysis::truth_of(m, published, plan()), ImpossibleModel);
    m.eligibility.clauses = {{where(0, Comparison::below, 2)}};
    CHECK(analysis::truth_of(m, published, plan()).eligible == Approx(0.25).epsilon(1e-12));
}

TEST_CASE("Rare eligibility keeps its accuracy", "[exact]") {
    // P(Z > 5), R 4.2: pnorm(5, lower.tail = FALSE).
    auto m = model({standard_normal()}, {stage(0, 1)});
    m.eligibility.clauses = {{where(0, Comparison::above, 5)}};
    CHECK(analysis::truth_of(m, published, plan()).eligible ==
          Approx(2.86651571879194e-07).epsilon(1e-12));
}

TEST_CASE("A model has the same text before and after it is solved for, and other rates another",
          "[property]") {
    auto m = two_stages();
    m.targets = {{0.1, {}, 0}, {{}, 0.12, 1}};
    const auto solved = analysis::calibrated(m);
    CHECK(solved.text() == m.text());
    CHECK(solved.stages[0].intercept != m.stages[0].intercept);
    auto other = m;
    other.stages[0].intercept = 7;  // free, so that it says nothing
    CHECK(other.text() == m.text());
    other.stages[0].treatment = 7;
    CHECK(other.text() != m.text());
    other = m;
    other.targets[1].treated = 0.63;
    CHECK(other.text() != m.text());
    other.targets.clear();
    CHECK(other.text() != m.text());
}
