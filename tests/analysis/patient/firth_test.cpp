#include "patient/trial_data.hpp"
#include "support/reference.hpp"

#include <array>
#include <cmath>

#include <catch2/catch.hpp>

using namespace rsasim;

namespace {

constexpr auto family = analysis::PatientFamily::firth;
const patient::Asked firth{"firth", design::Measure::conditional_odds_ratio};

void check(const analysis::Finding& found, const reference::Json& entry, std::size_t j) {
    const auto& expected = entry.at("expected");
    const auto& tolerance = entry.at("tolerance");
    INFO(entry.at("id") << " " << expected.at("names").at(j));
    REQUIRE(found.status == analysis::Status::ok);
    CHECK(reference::agrees(std::log(found.estimate), expected.at("coef").at(j), tolerance));
    CHECK(reference::agrees(found.standard_error, expected.at("se_inverse_information").at(j),
                            tolerance));
    CHECK(reference::agrees(std::log(found.interval.lower),
                            expected.at("profile_penalized_ci").at(j).at(0), tolerance));
    CHECK(reference::agrees(std::log(found.interval.upper),
                            expected.at("profile_penalized_ci").at(j).at(1), tolerance));
    CHECK(
        reference::agrees(found.p_value.two_sided, expected.at("p_penalized_lr").at(j), tolerance));
}

/// Column `j` of the covariates stands in the place of the arm.
patient::TrialData in_place_of_arm(const std::vector<patient::Numbers>& columns, std::size_t j) {
    patient::TrialData trial{columns[j], columns[0]};
    for (std::size_t k = 1; k < columns.size(); ++k) {
        if (k != j) trial.adjust.push_back(columns[k]);
    }
    return trial;
}

}  // namespace

TEST_CASE("Firth's estimates, profile limits and P-values are those of logistf", "[reference]") {
    for (const auto& entry : reference::entries("logistic_firth")) {
        if (entry.at("input").contains("table")) {
            const auto t = reference::table(entry.at("input").at("table"));
            const auto trial = patient::trial_of(
                static_cast<int>(t.treated.events), static_cast<int>(t.treated.non_events()),
                static_cast<int>(t.control.events), static_cast<int>(t.control.non_events()));
            check(patient::find(family, firth, trial), entry, 1);
            continue;
        }
        const bool is_births = entry.at("input").at("dataset") == "birthwt";
        const auto columns =
            is_births ? patient::data_columns("birthwt", {"low", "smoke", "age", "lwt"})
                      : patient::data_columns("sex2.csv",
                                              {"case", "age", "oc", "vic", "vicl", "vis", "dia"});
        for (std::size_t j = 1; j < columns.size(); ++j)
            check(patient::find(family, firth, in_place_of_arm(columns, j)), entry, j);
    }
}

TEST_CASE("Firth's odds ratio of a table is the one with 1/2 in each cell", "[exact]") {
    for (const auto& [a, b, c, d] :
         {std::array{60, 15, 47, 27}, {7, 0, 3, 9}, {0, 8, 8, 0}, {0, 5, 0, 9}, {5, 0, 9, 0}}) {
        const auto found = patient::find(family, firth, patient::trial_of(a, b, c, d));
        INFO(a << " " << b << " " << c << " " << d);
        REQUIRE(found.status == analysis::Status::ok);
        const double expected = (a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5));
        CHECK(found.estimate == Approx(expected).epsilon(1e-7));
        CHECK(found.interval.lower < found.estimate);
        CHECK(found.interval.upper > found.estimate);
        CHECK(found.p_value.two_sided > 0);
    }
}

TEST_CASE("Firth answers where covariates separate the outcome", "[property]") {
    patient::TrialData trial = patient::trial_of(9, 3, 5, 7);
    trial.adjust.push_back(trial.outcome);
    for (std::size_t i = 0; i < trial.outcome.size(); ++i)
        trial.adjust[0][i] += 0.01 * static_cast<double>(i % 5);
    const auto found = patient::find(family, firth, trial);
    REQUIRE(found.status == analysis::Status::ok);
    CHECK(std::isfinite(found.estimate));
    CHECK(found.interval.lower < found.estimate);
    CHECK(found.estimate < found.interval.upper);
    CHECK(found.p_value.two_sided <= 1);
}

TEST_CASE("Firth's findings turn with arms and outcomes", "[property]") {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const patient::TrialData trial = patient::random_trial(seed, 40);
        patient::TrialData arms = trial, outcomes = trial;
        for (double& x : arms.treated)
            x = 1 - x;
        for (double& x : outcomes.outcome)
            x = 1 - x;
        for (double& x : outcomes.adjust[0])
            x = 1000 * (x - 30);
        const auto f = patient::find(family, firth, trial);
        REQUIRE(f.status == analysis::Status::ok);
        for (const auto& turned : {arms, outcomes}) {
            const auto g = patient::find(family, firth, turned);
            REQUIRE(g.status == analysis::Status::ok);
            CHECK(g.estimate == Approx(1 / f.estimate).epsilon(1e-6));
            CHECK(g.interval.lower == Approx(1 / f.interval.upper).epsilon(1e-6));
            CHECK(g.interval.upper == Approx(1 / f.interval.lower).epsilon(1e-6));
            CHECK(g.p_value.two_sided == Approx(f.p_value.two_sided).epsilon(1e-6));
            CHECK(g.p_value.greater == Approx(f.p_value.less).epsilon(1e-6));
        }
    }
}
