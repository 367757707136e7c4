#include "missing_trials.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace missing_trials;
using analysis::Finding;
using analysis::Status;

namespace {

const auto logistic = choice("logistic", design::Measure::conditional_odds_ratio);
const auto standardised = choice("g-computation", design::Measure::risk_difference);

Trial complete(Trial trial) {
    for (Woman& woman : trial)
        woman.is_missing = false;
    return trial;
}

std::vector<Finding> plain(const Lanes& lanes, const design::PatientChoice& chosen,
                           std::size_t adjusting) {
    const auto* row = analysis::find_patient_method(chosen.id, chosen.measure);
    const auto prepared =
        analysis::prepare_family(row->family, {&chosen, 1}, setting_of(lanes, adjusting));
    std::vector<Finding> findings(design::lanes);
    prepared->analyse(columns_of(lanes, adjusting), findings);
    return findings;
}

}  // namespace

TEST_CASE("Without missing outcomes imputation is the complete analysis", "[exact]") {
    const Lanes lanes({complete(formula_trial()), formula_trial()});
    for (const auto& method : {woolf, gart, mantel_haenszel, logistic, standardised}) {
        for (const std::size_t adjusting : {std::size_t{0}, std::size_t{1}}) {
            const Finding finding = impute(lanes, method, adjusting)[0];
            const Finding expected = plain(lanes, method, adjusting)[0];
            CHECK(finding.status == Status::ok);
            CHECK(finding.estimate == expected.estimate);
            CHECK(finding.standard_error == expected.standard_error);
            CHECK(finding.interval.upper == expected.interval.upper);
            CHECK(finding.p_value.two_sided == expected.p_value.two_sided);
        }
    }
}

TEST_CASE("Missing outcomes widen the interval, whatever they hold", "[property]") {
    Trial hidden = formula_trial();
    for (Woman& woman : hidden) {
        if (woman.is_missing) woman.outcome = 1 - woman.outcome;
    }
    const Finding finding = impute(Lanes({formula_trial()}), woolf, 1)[0];
    const Finding same = impute(Lanes({hidden}), woolf, 1)[0];
    CHECK(same.estimate == finding.estimate);
    CHECK(same.p_value.two_sided == finding.p_value.two_sided);
    const Finding whole = plain(Lanes({complete(formula_trial())}), woolf, 0)[0];
    CHECK(finding.standard_error > whole.standard_error);
}

TEST_CASE("An arm of which nobody is known is drawn from Jeffreys' prior", "[exact]") {
    Trial trial = formula_trial();
    for (Woman& woman : trial)
        woman.is_missing = woman.treated == 1;
    CHECK(impute(Lanes({trial}), gart, 0)[0].status == Status::ok);
    CHECK(impute(Lanes({trial}), gart, 1)[0].status == Status::collinear);
    for (Woman& woman : trial)
        woman.is_missing = true;
    CHECK(impute(Lanes({trial}), gart, 0)[0].status == Status::ok);
}

TEST_CASE("A feature that is constant in an arm with missing women is collinear", "[exact]") {
    Trial trial = formula_trial();
    for (Woman& woman : trial) {
        if (woman.treated == 1) woman.feature = 2;
    }
    CHECK(impute(Lanes({trial}), woolf, 1)[0].status == Status::collinear);
    for (Woman& woman : trial)
        woman.is_missing = woman.is_missing && woman.treated == 0;
    CHECK(impute(Lanes({trial}), woolf, 1)[0].status == Status::ok);
}

TEST_CASE("Methods that are not pooled are not defined under imputation", "[exact]") {
    for (const auto& method : {choice("exact-conditional", design::Measure::conditional_odds_ratio),
                               choice("mantel-haenszel-corrected", std::nullopt),
                               choice("firth", design::Measure::conditional_odds_ratio)}) {
        const Finding finding = impute(Lanes({formula_trial()}), method, 0)[0];
        CHECK(finding.status == Status::not_defined);
        CHECK(std::isnan(finding.estimate));
    }
}

TEST_CASE("Choices of several families keep their places", "[exact]") {
    const Lanes lanes({formula_trial(), formula_trial()});
    const std::vector<design::PatientChoice> chosen{
        mantel_haenszel, choice("mantel-haenszel-corrected", std::nullopt), woolf, gart};
    const auto prepared = resample::prepare_imputation(chosen, setting_of(lanes, 0), {});
    std::vector<Finding> findings(chosen.size() * design::lanes);
    prepared->analyse(columns_of(lanes, 0), {rsasim::random::stream_key(11), 0}, findings);
    CHECK(findings[0].estimate == impute(lanes, mantel_haenszel, 0)[0].estimate);
    CHECK(findings[design::lanes].status == Status::not_defined);
    CHECK(findings[2 * design::lanes + 1].estimate == impute(lanes, woolf, 0)[1].estimate);
    CHECK(findings[3 * design::lanes].estimate == impute(lanes, gart, 0)[0].estimate);
}

TEST_CASE("Regressions of imputed trials are pooled on their own scale", "[exact]") {
    const Lanes lanes({formula_trial()});
    const Finding ratio = impute(lanes, logistic, 1)[0];
    REQUIRE(ratio.status == Status::ok);
    // Symmetric about the estimate: on the log scale of a ratio, on its own of a difference.
    CHECK(ratio.interval.lower * ratio.interval.upper ==
          Approx(ratio.estimate * ratio.estimate).epsilon(1e-10));
    const Finding difference = impute(lanes, standardised, 1)[0];
    REQUIRE(difference.status == Status::ok);
    CHECK(difference.interval.lower + difference.interval.upper ==
          Approx(2 * difference.estimate).epsilon(1e-10));
    CHECK((ratio.estimate > 1) == (difference.estimate > 0));
    // Student's t, not the normal: wider than 1.96 standard errors.
    CHECK(difference.interval.upper - difference.estimate >
          1.9599639845400536 * difference.standard_error);
}

TEST_CASE("A replicate is imputed alike alone and among others", "[property]") {
    Trial other = formula_trial();
    for (Woman& woman : other)
        woman.outcome = woman.feature > 0 ? 1 : 0;
    const Lanes lanes({other, complete(other), formula_trial(), other, formula_trial()});
    for (const std::size_t adjusting : {std::size_t{0}, std::size_t{1}}) {
        const auto together = impute(lanes, woolf, adjusting, {}, 100);
        const Finding third = impute(Lanes({formula_trial()}), woolf, adjusting, {}, 102)[0];
        const Finding fifth = impute(Lanes({formula_trial()}), woolf, adjusting, {}, 104)[0];
        CHECK(third.estimate == together[2].estimate);
        CHECK(third.p_value.two_sided == together[2].p_value.two_sided);
        CHECK(fifth.estimate == together[4].estimate);
        CHECK(third.estimate != fifth.estimate);
    }
}

TEST_CASE("Delta moves the pooled odds ratio one way", "[property]") {
    const Lanes lanes({formula_trial(), formula_trial(), formula_trial()});
    for (const std::size_t adjusting : {std::size_t{0}, std::size_t{1}}) {
        double before = 0;
        for (const double delta : {-30.0, -2.0, -0.5, 0.0, 0.5, 2.0, 30.0}) {
            resample::ImputationPlan plan;
            plan.delta_treated = delta;
            plan.delta_control = -delta;
            const double estimate = impute(lanes, woolf, adjusting, plan)[1].estimate;
            CHECK(estimate > before);
            before = estimate;
        }
        // The largest delta is the best case: 27/40 treated against 14/44.
        CHECK(before == Approx(27.0 / 13 / (14.0 / 30)).epsilon(1e-9));
    }
}

TEST_CASE("Every finite delta imputes, the largest as if all missing outcomes were known",
          "[exact]") {
    const Lanes lanes({formula_trial()});
    for (const std::size_t adjusting : {std::size_t{0}, std::size_t{1}}) {
        for (const double delta : {100.0, 700.0, 710.0, 720.0, 746.0, 1e4, 1e300}) {
            INFO(delta << " with " << adjusting << " features");
            resample::ImputationPlan plan;
            plan.delta_treated = delta;
            plan.delta_control = -delta;
            // 19 + 8 missing of 40 treated against 14 of 44.
            CHECK(impute(lanes, woolf, adjusting, plan)[0].estimate ==
                  Approx(27.0 / 13 / (14.0 / 30)).epsilon(1e-9));
            plan.delta_treated = -delta;
            plan.delta_control = delta;
            // 19 of 40 treated against 14 + 9 missing of 44.
            CHECK(impute(lanes, woolf, adjusting, plan)[0].estimate ==
                  Approx(19.0 / 21 / (23.0 / 21)).epsilon(1e-9));
        }
    }
}

TEST_CASE("A margin moves the P-value of the pooled odds ratio", "[exact]") {
    const Lanes lanes({formula_trial()});
    auto setting = setting_of(lanes, 0);
    const Finding finding = impute(lanes, woolf, 0)[0];
    setting.null = {design::Measure::odds_ratio, finding.estimate};
    const auto prepared = resample::prepare_imputation({&woolf, 1}, setting, {});
    std::vector<Finding> findings(design::lanes);
    prepared->analyse(columns_of(lanes, 0), {rsasim::random::stream_key(11), 0}, findings);
    CHECK(findings[0].p_value.greater == Approx(0.5).epsilon(1e-9));
}

TEST_CASE("Fewer than two imputations are refused", "[exact]") {
    resample::ImputationPlan plan;
    plan.imputations = 1;
    CHECK_THROWS_AS(resample::prepare_imputation({&woolf, 1}, {}, plan), std::invalid_argument);
}
