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

TEST_CASE("Firth answers where small data are separated, as R's maximiser does", "[reference]") {
    // A simulated trial of 20 women. R 4.2.2: nlminb on the penalised likelihood, uniroot on its
    // profile.
    const patient::TrialData trial{
        {1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1},
        {1, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1},
        {{-0.5144962385120039, -0.18978259859544325,  -0.5887415783710156,  0.15454508526696756,
          0.35556484645111125, -0.024831472326900632, -2.0370219923970807,  0.9223327379465958,
          0.9047980317199726,  -1.2469069632112473,   -0.5854950255067332,  -0.3856372115553602,
          0.05450817102521539, 1.087313330109671,     -1.6408819553948484,  -0.252341552522216,
          -0.3695986151151736, 0.28761710824222037,   -0.44337103342729206, -0.2135874435800382},
         {0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0},
         {1.9884727649552758,  1.6703532038014928, 5.7268113232539966, 5.094831529175727,
          0.35598232275597147, 3.6230508757003914, 3.983112726524918,  5.1274917945162,
          1.807847629312751,   1.0053524393152269, 1.424597720409033,  3.8519382496075827,
          0.6384225733328955,  0.8394926334715813, 2.4699784774593243, 0.3747559666317707,
          2.5482254030488822,  2.677805912557887,  0.6400997731462438, 0.5866689425102697}}};
    const auto found = patient::find(family, firth, trial);
    REQUIRE(found.status == analysis::Status::ok);
    CHECK(std::log(found.estimate) == Approx(1.2659248606).epsilon(1e-6));
    CHECK(found.standard_error == Approx(1.5223141981).epsilon(1e-5));
    CHECK(found.p_value.two_sided == Approx(0.369815356738).epsilon(1e-6));
    CHECK(std::log(found.interval.lower) == Approx(-2.069533633).epsilon(1e-5));
    CHECK(std::log(found.interval.upper) == Approx(11.08977265).epsilon(1e-5));
}

TEST_CASE("Firth's P-value is there whether or not its interval is asked for", "[property]") {
    int separated = 0;
    for (unsigned seed = 1; seed <= 200; ++seed) {
        patient::TrialData trial = patient::random_trial(seed, 18);
        for (std::size_t i = 0; i < trial.outcome.size(); ++i)
            trial.outcome[i] = trial.adjust[0][i] > 32 ? 1 : 0;
        const patient::Batch batch({trial});
        design::PatientChoice both, alone;
        both.id = alone.id = firth.id;
        both.measure = alone.measure = firth.measure;
        alone.reports_interval = false;
        analysis::PatientSetting setting;
        setting.women = batch.columns().women;
        setting.adjusting = batch.adjusting();
        std::vector<analysis::Finding> with(design::lanes), without(design::lanes);
        analysis::prepare_family(family, {&both, 1}, setting)->analyse(batch.columns(), with);
        analysis::prepare_family(family, {&alone, 1}, setting)->analyse(batch.columns(), without);
        INFO("seed " << seed);
        CHECK(with[0].status == without[0].status);
        if (with[0].status != analysis::Status::ok) continue;
        ++separated;
        CHECK(with[0].p_value.two_sided == without[0].p_value.two_sided);
        CHECK(with[0].interval.lower < with[0].estimate);
        CHECK(with[0].estimate < with[0].interval.upper);
    }
    CHECK(separated > 100);
}
