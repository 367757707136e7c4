#include "analysis/patient/trial_lanes.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace patient;
using analysis::Finding;
using analysis::Status;

namespace {

const auto welch = choice("welch", design::Measure::mean_difference);
const auto mann_whitney = choice("mann-whitney", std::nullopt);
const auto ancova = choice("ancova", design::Measure::mean_difference);

/// arm = i mod 5 < 2, y = (37 i^2 mod 101) / 10, x = (53 i mod 97) / 7, i = 0, ..., 22.
Trial formula_trial() {
    Trial trial;
    for (int i = 0; i < 23; ++i) {
        Woman woman;
        woman.treated = i % 5 < 2 ? 1 : 0;
        woman.y = 37 * i * i % 101 / 10.0;
        woman.x = 53 * i % 97 / 7.0;
        trial.push_back(woman);
    }
    return trial;
}

/// Whole numbers, many of them tied.
Trial with_ties(Trial trial) {
    for (Woman& woman : trial)
        woman.y = std::floor(woman.y);
    return trial;
}

Trial without_every_fourth(Trial trial) {
    for (std::size_t i = 3; i < trial.size(); i += 4) {
        trial[i].weight = 0;
        trial[i].y = std::nan("");
    }
    return trial;
}

}  // namespace

TEST_CASE("A constant biomarker has an estimate and no test", "[exact]") {
    Trial trial = formula_trial();
    for (Woman& woman : trial)
        woman.y = woman.treated == 1 ? 0.7 : 0.1;
    for (const auto& method : {welch, ancova}) {
        const Finding finding = analyse(trial, method);
        CHECK(finding.status == Status::degenerate);
        CHECK(finding.estimate == Approx(0.6));
        CHECK(std::isnan(finding.p_value.two_sided));
        CHECK(std::isnan(finding.interval.lower));
    }
    for (Woman& woman : trial)
        woman.y = 0.3;
    CHECK(analyse(trial, mann_whitney).status == Status::degenerate);
    CHECK(analyse(trial, welch).status == Status::degenerate);
}

TEST_CASE("A biomarker that its baseline determines is degenerate under covariance", "[exact]") {
    Trial trial = formula_trial();
    for (Woman& woman : trial)
        woman.y = 3 - 0.7 * woman.x + woman.treated;
    const Finding finding = analyse(trial, ancova);
    CHECK(finding.status == Status::degenerate);
    CHECK(finding.estimate == Approx(1));
}

TEST_CASE("A constant baseline is collinear, an empty arm undefined", "[exact]") {
    Trial trial = formula_trial();
    for (Woman& woman : trial)
        woman.x = 0.1 + woman.treated;
    CHECK(analyse(trial, ancova).status == Status::collinear);
    for (Woman& woman : trial)
        woman.treated = 1;
    for (const auto& method : {welch, mann_whitney, ancova})
        CHECK(analyse(trial, method).status == Status::undefined);
    const Trial one_each{{.treated = 1, .y = 2}, {.treated = 0, .y = 1}};
    CHECK(analyse(one_each, welch).status == Status::undefined);
    CHECK(analyse(one_each, ancova).status == Status::undefined);
}

TEST_CASE("Welch's test agrees with R's t.test", "[reference]") {
    const Finding finding = analyse(formula_trial(), welch);
    CHECK(finding.status == Status::ok);
    CHECK(finding.statistic == Approx(-2.3269616046865869).epsilon(1e-12));
    CHECK(finding.estimate == Approx(-2.4207692307692312).epsilon(1e-12));
    CHECK(finding.standard_error == Approx(1.0403133536426696).epsilon(1e-12));
    CHECK(finding.interval.lower == Approx(-4.5905894544852934).epsilon(1e-11));
    CHECK(finding.interval.upper == Approx(-0.25094900705316942).epsilon(1e-10));
    CHECK(finding.p_value.two_sided == Approx(0.030566648834203416).epsilon(1e-11));
    CHECK(finding.p_value.greater == Approx(0.98471667558289822).epsilon(1e-11));
}

TEST_CASE("Covariance with a baseline agrees with R's lm", "[reference]") {
    const Finding finding = analyse(formula_trial(), ancova);
    CHECK(finding.estimate == Approx(-2.38254025674525449).epsilon(1e-11));
    CHECK(finding.standard_error == Approx(1.01154561717127600).epsilon(1e-11));
    CHECK(finding.statistic == Approx(-2.3553463297165771).epsilon(1e-11));
    CHECK(finding.p_value.two_sided == Approx(2.8826955310775865e-02).epsilon(1e-10));
    CHECK(finding.interval.lower == Approx(-4.492587439406525718).epsilon(1e-10));
    CHECK(finding.interval.upper == Approx(-0.27249307408398282).epsilon(1e-10));
}

TEST_CASE("Covariance without a baseline is R's lm on arm alone", "[reference]") {
    const Lanes lanes({formula_trial()}, false);
    const Finding finding = analyse(lanes, ancova).front();
    CHECK(finding.standard_error == Approx(1.0483728755117439).epsilon(1e-11));
    CHECK(finding.p_value.two_sided == Approx(3.1203262077980867e-02).epsilon(1e-10));
    CHECK(finding.interval.lower == Approx(-4.6009799771204207).epsilon(1e-10));
}

TEST_CASE("The rank sum agrees with R's wilcox.test, with ties and without", "[reference]") {
    const Finding untied = analyse(formula_trial(), mann_whitney);
    CHECK(untied.p_value.two_sided == Approx(0.040700016251454647).epsilon(1e-11));
    const Finding tied = analyse(with_ties(formula_trial()), mann_whitney);
    CHECK(tied.p_value.two_sided == Approx(0.031281328316189301).epsilon(1e-11));
    CHECK(tied.p_value.greater == Approx(0.98435933584190538).epsilon(1e-11));
    CHECK(tied.p_value.less == Approx(0.015640664158094651).epsilon(1e-11));
}

TEST_CASE("Women of weight 0 are left out of the biomarker tests", "[reference]") {
    const Trial trial = without_every_fourth(formula_trial());
    const Finding finding = analyse(trial, welch);
    CHECK(finding.statistic == Approx(-2.3919777683066368).epsilon(1e-11));
    CHECK(finding.p_value.two_sided == Approx(0.032686409349284296).epsilon(1e-10));
    CHECK(analyse(trial, ancova).p_value.two_sided == Approx(0.011662126729630148).epsilon(1e-10));
    CHECK(analyse(with_ties(trial), mann_whitney).p_value.two_sided ==
          Approx(0.025328177412412015).epsilon(1e-10));
}

TEST_CASE("A large constant added to a biomarker changes no test", "[property]") {
    Trial shifted = formula_trial();
    for (Woman& woman : shifted) {
        woman.y += 1e8;
        woman.x -= 1e8;
    }
    for (const auto& method : {welch, ancova, mann_whitney}) {
        CHECK(analyse(shifted, method).p_value.two_sided ==
              Approx(analyse(formula_trial(), method).p_value.two_sided).epsilon(1e-6));
    }
}
