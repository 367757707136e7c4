#include "patient/trial_data.hpp"
#include "support/reference.hpp"

#include <algorithm>
#include <cmath>

#include <catch2/catch.hpp>

using namespace rsasim;
using patient::Numbers;

namespace {

using enum design::Measure;
constexpr auto likelihood = analysis::PatientFamily::maximum_likelihood;

/// Each covariate of the model in turn stands in the place of the arm.
std::vector<patient::TrialData> in_turn(const Numbers& outcome,
                                        const std::vector<Numbers>& columns) {
    std::vector<patient::TrialData> trials;
    for (std::size_t j = 0; j < columns.size(); ++j) {
        patient::TrialData trial{columns[j], outcome};
        for (std::size_t k = 0; k < columns.size(); ++k) {
            if (k != j) trial.adjust.push_back(columns[k]);
        }
        trials.push_back(trial);
    }
    return trials;
}

Numbers indicator(const Numbers& of, double level) {
    Numbers is;
    for (const double x : of)
        is.push_back(x == level ? 1 : 0);
    return is;
}

reference::Json entry(const std::string& kind, const std::string& id) {
    for (const auto& one : reference::entries(kind)) {
        if (one.at("id") == id) return one;
    }
    throw std::runtime_error("no reference entry " + id);
}

}  // namespace

TEST_CASE("Logistic coefficients of the birth weights are R's", "[reference]") {
    const auto full = entry("logistic_ml", "logistic_ml-bw_full");
    const auto d =
        patient::data_columns("birthwt", {"low", "age", "lwt", "race", "smoke", "ptl", "ht", "ui"});
    const auto trials =
        in_turn(d[0], {d[1], d[2], indicator(d[3], 2), indicator(d[3], 3), d[4], d[5], d[6], d[7]});
    const auto expected = full.at("expected");
    for (std::size_t j = 0; j < trials.size(); ++j) {
        const auto f = patient::find(likelihood, {"logistic", conditional_odds_ratio}, trials[j]);
        INFO(expected.at("names").at(j + 1));
        REQUIRE(f.status == analysis::Status::ok);
        CHECK(reference::agrees(std::log(f.estimate), expected.at("coef").at(j + 1),
                                full.at("tolerance")));
        CHECK(
            reference::agrees(f.standard_error, expected.at("se").at(j + 1), full.at("tolerance")));
        CHECK(reference::agrees(f.statistic, expected.at("z").at(j + 1), full.at("tolerance")));
        CHECK(reference::agrees(f.p_value.two_sided, expected.at("p").at(j + 1),
                                full.at("tolerance")));
    }
}

TEST_CASE("Smoking alone and its likelihood ratio are R's", "[reference]") {
    const auto alone = entry("logistic_ml", "logistic_ml-bw_smoke");
    const auto d = patient::data_columns("birthwt", {"low", "lwt", "race", "smoke"});
    const auto f = patient::find(likelihood, {"logistic", conditional_odds_ratio}, {d[3], d[0]});
    CHECK(reference::agrees(std::log(f.estimate), alone.at("expected").at("coef").at(1),
                            alone.at("tolerance")));
    CHECK(reference::agrees(f.standard_error, alone.at("expected").at("se").at(1),
                            alone.at("tolerance")));
    const auto ratio = entry("logistic_ml", "logistic_ml-bw_lrt_smoke");
    const auto lr = patient::find(likelihood, {"logistic-lr", {}},
                                  {d[3], d[0], {d[1], indicator(d[2], 2), indicator(d[2], 3)}});
    CHECK(reference::agrees(lr.statistic, ratio.at("expected").at("lr_statistic"),
                            ratio.at("tolerance")));
    CHECK(reference::agrees(lr.p_value.two_sided, ratio.at("expected").at("p"),
                            ratio.at("tolerance")));
}

TEST_CASE("Standardised effects are those of beeca and RobinCar", "[reference]") {
    const auto trial01 = entry("gcomp", "gcomp-trial01");
    const auto d = patient::data_columns("trial01.csv", {"aval", "trtp", "bl_cov"});
    REQUIRE(d[0].size() == 267);
    const auto unadjusted = entry("gcomp", "gcomp-birthwt_unadjusted");
    const auto b = patient::data_columns("birthwt", {"low", "smoke"});
    const patient::TrialData adjusted{d[1], d[0], {d[2]}}, plain{b[1], b[0]};
    const auto check = [](const patient::TrialData& trial, const std::string& id,
                          design::Measure measure, const reference::Json& from,
                          const std::string& key, double slack) {
        const auto f = patient::find(likelihood, {id, measure}, trial);
        INFO(id << " " << key);
        auto tolerance = from.at("tolerance");
        tolerance["rel"] = std::max(slack, tolerance.at("rel").get<double>());
        const double estimate = design::is_ratio(measure) ? std::log(f.estimate) : f.estimate;
        CHECK(reference::agrees(estimate, from.at("expected").at(key).at(0), tolerance));
        CHECK(reference::agrees(f.standard_error, from.at("expected").at(key).at(1), tolerance));
    };
    const double fitted_less_closely = 5e-7;  // the difference between RobinCar's glm and beeca's
    check(adjusted, "g-computation", risk_difference, trial01, "diff|ye_robincar",
          fitted_less_closely);
    check(adjusted, "g-computation", risk_ratio, trial01, "logrr|ye_robincar", fitted_less_closely);
    check(adjusted, "g-computation", odds_ratio, trial01, "logor|ye_robincar", fitted_less_closely);
    check(adjusted, "g-computation-ge", risk_difference, trial01, "diff|ge_model", 0);
    check(adjusted, "g-computation-ge", risk_ratio, trial01, "logrr|ge_model", 0);
    check(adjusted, "g-computation-ge", odds_ratio, trial01, "logor|ge_model", 0);
    check(plain, "g-computation", risk_difference, unadjusted, "diff|ye", 0);
    check(plain, "g-computation", risk_ratio, unadjusted, "logrr|ye", 0);
    check(plain, "g-computation", odds_ratio, unadjusted, "logor|ye", 0);
    check(plain, "g-computation-ge", risk_difference, unadjusted, "diff|ge_model", 0);
    check(plain, "g-computation-ge", risk_ratio, unadjusted, "logrr|ge_model", 0);
    check(plain, "g-computation-ge", odds_ratio, unadjusted, "logor|ge_model", 0);
}

TEST_CASE("Rao's score, the sandwich and interactions are R's", "[reference]") {
    const auto d = patient::data_columns("birthwt", {"low", "age", "lwt", "race", "smoke"});
    const Numbers second = indicator(d[3], 2), third = indicator(d[3], 3);
    patient::TrialData trial{d[4], d[0], {d[1], d[2], second, third}};
    // R 4.2.2, glm.control(1e-15, 100): anova(without, with, test = "Rao"), and "LRT"
    const auto score = patient::find(likelihood, {"logistic-score", {}}, trial);
    CHECK(score.statistic == Approx(8.03429757475945).epsilon(1e-8));
    const auto ratio = patient::find(likelihood, {"logistic-lr", {}}, trial);
    CHECK(ratio.statistic == Approx(8.08340292105763).epsilon(1e-8));
    // R 4.2.2: A B A with A = solve(X'WX), B = X' diag((y - p)^2) X
    const auto robust =
        patient::find(likelihood, {"logistic-robust", conditional_odds_ratio}, trial);
    CHECK(robust.standard_error == Approx(0.368878578532635).epsilon(1e-7));
    // R 4.2.2: glm(low ~ age + lwt + race + smoke * age), and smoke * lwt
    trial.feature = d[1];
    const patient::Asked interaction{"interaction", conditional_odds_ratio};
    const auto by_age = patient::find(likelihood, interaction, trial);
    CHECK(std::log(by_age.estimate) == Approx(0.0395736087346074).epsilon(1e-7));
    CHECK(by_age.standard_error == Approx(0.0690378624488831).epsilon(1e-7));
    CHECK(by_age.p_value.two_sided == Approx(0.5664984388231027).epsilon(1e-7));
    trial.feature = d[2];
    const auto by_weight = patient::find(likelihood, interaction, trial);
    CHECK(std::log(by_weight.estimate) == Approx(0.0120634934621765).epsilon(1e-7));
    CHECK(by_weight.standard_error == Approx(0.0128242574783603).epsilon(1e-7));
}
