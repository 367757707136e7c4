#include "patient/trial_data.hpp"

#include <array>
#include <cmath>

#include <catch2/catch.hpp>
#include <hwy/targets.h>

#include <rsasim/analysis/catalogue.hpp>

using namespace rsasim;
using analysis::Status;
using patient::TrialData;

namespace {

using enum design::Measure;
constexpr auto family = analysis::PatientFamily::maximum_likelihood;
const patient::Asked logistic{"logistic", conditional_odds_ratio};

const std::vector<patient::Asked>& everything() {
    static const std::vector<patient::Asked> all{{"logistic", conditional_odds_ratio},
                                                 {"logistic-lr", {}},
                                                 {"logistic-score", {}},
                                                 {"logistic-robust", conditional_odds_ratio},
                                                 {"g-computation", risk_difference},
                                                 {"g-computation", risk_ratio},
                                                 {"g-computation", odds_ratio},
                                                 {"g-computation-ge", risk_difference},
                                                 {"g-computation-ge", risk_ratio},
                                                 {"g-computation-ge", odds_ratio}};
    return all;
}

analysis::Finding of_table(analysis::Role role, const std::string& id,
                           const design::Table2x2& table) {
    const analysis::Setting setting{{table.treated.n, table.control.n}};
    return analysis::prepare(role, odds_ratio, {id, {}}, setting)(table);
}

bool same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

bool same(const analysis::Finding& a, const analysis::Finding& b) {
    return a.status == b.status && same(a.statistic, b.statistic) && same(a.estimate, b.estimate) &&
           same(a.standard_error, b.standard_error) && same(a.interval.lower, b.interval.lower) &&
           same(a.interval.upper, b.interval.upper) &&
           same(a.p_value.two_sided, b.p_value.two_sided) &&
           same(a.p_value.greater, b.p_value.greater) && same(a.p_value.less, b.p_value.less);
}

void check_statuses(const TrialData& trial, Status expected) {
    const auto all = patient::find_all(family, everything(), {trial});
    for (const auto& found : all[0]) {
        CHECK(found.status == expected);
        CHECK(std::isnan(found.p_value.two_sided));
        CHECK(std::isnan(found.estimate));
        CHECK(std::isnan(found.interval.lower));
    }
}

}  // namespace

TEST_CASE("Without covariates the regression's tests are those of the table", "[exact]") {
    for (const auto& [a, b, c, d] : {std::array{60, 15, 47, 27}, {3, 9, 7, 2}, {1, 40, 1, 30}}) {
        const design::Table2x2 table{{a, a + b}, {c, c + d}};
        const auto found = patient::find_all(family, everything(), {patient::trial_of(a, b, c, d)});
        const auto& wald = found[0][0];
        const auto test = of_table(analysis::Role::test, "wald", table);
        const auto woolf = of_table(analysis::Role::interval, "woolf", table);
        CHECK(wald.estimate == Approx(double(a * d) / (b * c)).epsilon(1e-9));
        CHECK(wald.p_value.two_sided == Approx(test.p_value.two_sided).epsilon(1e-7));
        CHECK(wald.p_value.greater == Approx(test.p_value.greater).epsilon(1e-7));
        CHECK(wald.interval.lower == Approx(woolf.interval.lower).epsilon(1e-7));
        CHECK(wald.interval.upper == Approx(woolf.interval.upper).epsilon(1e-7));
        const auto ratio = of_table(analysis::Role::test, "likelihood-ratio", table);
        CHECK(found[0][1].statistic == Approx(ratio.statistic).epsilon(1e-7));
        CHECK(found[0][1].p_value.less == Approx(ratio.p_value.less).epsilon(1e-7));
        const auto pearson = of_table(analysis::Role::test, "pearson", table);
        CHECK(found[0][2].statistic == Approx(pearson.statistic).epsilon(1e-7));
        CHECK(found[0][2].p_value.greater == Approx(pearson.p_value.greater).epsilon(1e-7));
        CHECK(found[0][3].standard_error == Approx(wald.standard_error).epsilon(1e-6));
    }
}

TEST_CASE("A test of a margin is shifted by the margin's logarithm", "[exact]") {
    const TrialData trial = patient::random_trial(3, 80);
    const auto plain = patient::find(family, logistic, trial);
    const auto shifted = patient::find(family, logistic, trial, {conditional_odds_ratio, 0.7});
    CHECK(shifted.statistic ==
          Approx((std::log(plain.estimate) - std::log(0.7)) / plain.standard_error).epsilon(1e-12));
    CHECK(same(patient::find(family, logistic, trial, {odds_ratio, 0.7}), plain));
}

TEST_CASE("Findings do not depend on the origin and unit of covariates", "[property]") {
    for (unsigned seed = 1; seed <= 10; ++seed) {
        const TrialData trial = patient::random_trial(seed, 120);
        TrialData moved = trial;
        for (double& x : moved.adjust[0])
            x = 1e6 + 1e-3 * x;
        for (double& x : moved.adjust[1])
            x = -1e5 * x;
        const auto a = patient::find_all(family, everything(), {trial})[0];
        const auto b = patient::find_all(family, everything(), {moved})[0];
        for (std::size_t k = 0; k < a.size(); ++k) {
            REQUIRE(a[k].status == Status::ok);
            CHECK(b[k].statistic == Approx(a[k].statistic).epsilon(1e-6).margin(1e-8));
            if (!std::isnan(a[k].standard_error))
                CHECK(b[k].standard_error == Approx(a[k].standard_error).epsilon(1e-6));
        }
    }
}

TEST_CASE("Swapping arms or outcomes turns every finding over", "[property]") {
    for (unsigned seed = 11; seed <= 20; ++seed) {
        const TrialData trial = patient::random_trial(seed, 90);
        TrialData arms = trial, outcomes = trial;
        for (double& x : arms.treated)
            x = 1 - x;
        for (double& x : outcomes.outcome)
            x = 1 - x;
        const auto f = patient::find_all(family, everything(), {trial})[0];
        const auto by_arms = patient::find_all(family, everything(), {arms})[0];
        const auto by_outcomes = patient::find_all(family, everything(), {outcomes})[0];
        for (std::size_t k = 0; k < f.size(); ++k) {
            INFO(everything()[k].id << " seed " << seed);
            REQUIRE(f[k].status == Status::ok);
            CHECK(by_arms[k].p_value.greater == Approx(f[k].p_value.less).epsilon(1e-6));
            if (everything()[k].measure != risk_ratio)
                CHECK(by_outcomes[k].p_value.greater == Approx(f[k].p_value.less).epsilon(1e-6));
            if (everything()[k].measure && design::is_ratio(*everything()[k].measure))
                CHECK(by_arms[k].interval.lower == Approx(1 / f[k].interval.upper).epsilon(1e-6));
        }
    }
}

TEST_CASE("Weights of 0 leave women out, whatever they hold", "[property]") {
    const TrialData shorter = patient::random_trial(5, 60), longer = patient::random_trial(6, 100);
    const auto alone = patient::find_all(family, everything(), {shorter})[0];
    const auto together = patient::find_all(family, everything(), {longer, shorter})[1];
    for (std::size_t k = 0; k < alone.size(); ++k) {
        CHECK(together[k].status == Status::ok);
        CHECK(together[k].statistic == Approx(alone[k].statistic).epsilon(1e-9));
        if (everything()[k].measure)
            CHECK(together[k].estimate == Approx(alone[k].estimate).epsilon(1e-9).margin(1e-12));
    }
}

TEST_CASE("A trial's findings have the same bits beside any others", "[property]") {
    std::vector<TrialData> trials;
    for (unsigned seed = 30; seed < 36; ++seed)
        trials.push_back(patient::random_trial(seed, 50));
    TrialData separated = trials[0];
    separated.adjust[1] = separated.outcome;
    trials.push_back(separated);
    const auto together = patient::find_all(family, everything(), trials);
    for (std::size_t lane = 0; lane < trials.size(); ++lane) {
        const auto alone = patient::find_all(family, everything(), {trials[lane]})[0];
        for (std::size_t k = 0; k < alone.size(); ++k)
            CHECK(same(alone[k], together[lane][k]));
    }
}

TEST_CASE("Every instruction set gives the same bits for every number of columns", "[property]") {
    for (std::size_t adjusting = 0; adjusting <= 8; ++adjusting) {
        std::vector<TrialData> trials;
        for (unsigned seed = 1; seed <= 8; ++seed) {
            TrialData trial = patient::random_trial(seed, 70);
            for (std::size_t j = 3; j < adjusting; ++j)
                trial.adjust.push_back(
                    patient::random_trial(100 * seed + static_cast<unsigned>(j), 70).adjust[j % 2]);
            trial.adjust.resize(adjusting);
            trials.push_back(trial);
        }
        const auto run = [&] {
            auto all = patient::find_all(family, everything(), trials);
            const auto firth = patient::find_all(analysis::PatientFamily::firth,
                                                 {{"firth", conditional_odds_ratio}}, trials);
            for (std::size_t lane = 0; lane < 8; ++lane)
                all[lane].push_back(firth[lane][0]);
            return all;
        };
        const auto expected = run();
        for (std::int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
            INFO(hwy::TargetName(rest & -rest) << ", " << adjusting << " features");
            hwy::SetSupportedTargetsForTest(rest & -rest);
            const auto found = run();
            hwy::SetSupportedTargetsForTest(0);
            bool all_same = true;
            for (std::size_t lane = 0; lane < 8; ++lane) {
                for (std::size_t k = 0; k < expected[lane].size(); ++k) {
                    REQUIRE(expected[lane][k].status == Status::ok);
                    all_same = all_same && same(found[lane][k], expected[lane][k]);
                }
            }
            CHECK(all_same);
        }
    }
}

TEST_CASE("Trials without an answer have a status and no number", "[exact]") {
    check_statuses(patient::trial_of(0, 9, 0, 8), Status::degenerate);
    check_statuses(patient::trial_of(9, 0, 8, 0), Status::degenerate);
    check_statuses(patient::trial_of(5, 4, 0, 0), Status::collinear);
    check_statuses(patient::trial_of(0, 0, 5, 4), Status::collinear);
    TrialData trial = patient::random_trial(1, 30);
    trial.weight.assign(30, 0);
    check_statuses(trial, Status::undefined);
    trial.weight.assign(30, 1);
    trial.adjust[1].assign(30, 0.1);
    check_statuses(trial, Status::collinear);
    trial.adjust[1] = trial.adjust[0];
    for (double& x : trial.adjust[1])
        x = 7 - 0.3 * x;
    check_statuses(trial, Status::collinear);
    trial.adjust[1] = trial.treated;
    check_statuses(trial, Status::collinear);
}

TEST_CASE("Barnard's table has no estimate, and a score test", "[exact]") {
    for (const auto& [a, b, c, d] : {std::array{4, 0, 3, 7}, {7, 3, 0, 4}, {0, 9, 9, 0}}) {
        const TrialData trial = patient::trial_of(a, b, c, d);
        const auto found = patient::find_all(family, everything(), {trial})[0];
        for (std::size_t k = 0; k < found.size(); ++k) {
            const bool is_score = everything()[k].id == "logistic-score";
            CHECK(found[k].status == (is_score ? Status::ok : Status::separated));
            CHECK(std::isnan(found[k].estimate));
        }
        const auto pearson = of_table(analysis::Role::test, "pearson", {{a, a + b}, {c, c + d}});
        CHECK(found[2].statistic == Approx(pearson.statistic).epsilon(1e-7));
    }
}

TEST_CASE("An interaction's ratio is that of the two tables", "[exact]") {
    TrialData trial = patient::trial_of(9, 4, 6, 8);
    const TrialData second = patient::trial_of(5, 7, 8, 3);
    trial.feature.assign(trial.treated.size(), 0);
    trial.treated.insert(trial.treated.end(), second.treated.begin(), second.treated.end());
    trial.outcome.insert(trial.outcome.end(), second.outcome.begin(), second.outcome.end());
    trial.feature.resize(trial.treated.size(), 1);
    const auto expected_error =
        std::sqrt(1. / 9 + 1. / 4 + 1. / 6 + 1. / 8 + 1. / 5 + 1. / 7 + 1. / 8 + 1. / 3);
    const double expected = (5. * 3 / (7 * 8)) / (9. * 8 / (4 * 6));
    for (const bool also_adjusts : {false, true}) {
        trial.adjust.clear();
        if (also_adjusts) trial.adjust.push_back(trial.feature);
        const auto found = patient::find(family, {"interaction", conditional_odds_ratio}, trial);
        REQUIRE(found.status == Status::ok);
        CHECK(found.estimate == Approx(expected).epsilon(1e-9));
        CHECK(found.standard_error == Approx(expected_error).epsilon(1e-7));
    }
    trial.feature.assign(trial.feature.size(), 0.3);
    trial.adjust.clear();
    CHECK(patient::find(family, {"interaction", conditional_odds_ratio}, trial).status ==
          Status::collinear);
}
