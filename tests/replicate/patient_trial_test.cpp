#include "one_woman.hpp"
#include "women.hpp"

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <hwy/targets.h>

#include <rsasim/digest/sha256.hpp>

using namespace rsasim;
using replicate::PatientTrial;

namespace {

const random::StreamKey key = random::stream_key(20230313);
constexpr std::int64_t beyond_32_bits = (std::int64_t{1} << 32) - 3;

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
    REQUIRE(a.size() == b.size());
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
}

std::vector<double> first_of(const std::vector<double>& numbers, std::size_t count) {
    return {numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace

TEST_CASE("Women are those of their addresses, drawn one by one", "[exact]") {
    for (const auto& model : {whole_model(), plain_model()}) {
        const PatientTrial trial(women_of(model, {70, 70}), key);
        for (const std::int64_t first : {std::int64_t{0}, beyond_32_bits}) {
            const auto drawn = trials_of(trial, first);
            for (std::size_t lane = 0; lane < drawn.size(); ++lane) {
                const OneTrial& found = drawn[lane];
                const OneTrial expected = drawn_one_by_one(
                    model, key, first + static_cast<std::int64_t>(lane), found.treated);
                CHECK(found.adherent == expected.adherent);
                CHECK(found.passed == expected.passed);
                CHECK(found.outcome == expected.outcome);
                CHECK(found.observed == expected.observed);
                CHECK(found.screened == expected.screened);
                CHECK(found.correct_guesses == expected.correct_guesses);
                for (std::size_t c = 0; c < model.covariates.size(); ++c) {
                    INFO(model.covariates[c].name);
                    const bool is_discrete =
                        design::is_discrete(model.covariates[c].distribution.family);
                    const double error =
                        largest_difference(found.covariates[c], expected.covariates[c]);
                    CHECK(error <= (is_discrete ? 0 : 5e-7));
                }
                for (std::size_t k = 0; k < model.biomarkers.size(); ++k)
                    CHECK(largest_difference(found.biomarkers[k], expected.biomarkers[k]) < 2e-7);
            }
        }
    }
}

TEST_CASE("A trial is the same alone and in any lane", "[property]") {
    const PatientTrial trial(women_of(whole_model(), {41, 41}), key);
    for (const std::int64_t first : {std::int64_t{5}, beyond_32_bits}) {
        const auto batch = trials_of(trial, first);
        for (std::size_t lane = 0; lane < batch.size(); ++lane) {
            const auto replicate = first + static_cast<std::int64_t>(lane);
            CHECK(trials_of(trial, replicate, 1)[0] == batch[lane]);
            CHECK(trials_of(trial, replicate - 3, 5)[3] == batch[lane]);
        }
    }
}

TEST_CASE("A batch that is used again holds nothing of the trials before", "[property]") {
    const PatientTrial trial(women_of(whole_model(), {41, 41}), key);
    const auto batch = trial.make_batch();
    trial.fill(1000, 8, *batch);
    trial.fill(2000, 3, *batch);
    const design::TrialBatch& again = trial.fill(24, 8, *batch);
    const auto fresh = trials_of(trial, 24);
    for (std::size_t lane = 0; lane < design::lanes; ++lane)
        CHECK(trial_in(again, lane) == fresh[lane]);
}

TEST_CASE("The first women of a larger trial are those of the smaller one", "[property]") {
    design::PatientModel model = whole_model();
    model.time_trend = 0;  // says how late a woman enters among all
    const auto small = trials_of(PatientTrial(women_of(model, {20, 20}), key), 0);
    const auto large = trials_of(PatientTrial(women_of(model, {90, 90}), key), 0);
    for (std::size_t lane = 0; lane < design::lanes; ++lane) {
        for (std::size_t c = 0; c < model.covariates.size(); ++c)
            CHECK(first_of(large[lane].covariates[c], 40) == small[lane].covariates[c]);
        CHECK(first_of(large[lane].treated, 40) == small[lane].treated);
        CHECK(first_of(large[lane].passed, 40) == small[lane].passed);
        CHECK(first_of(large[lane].observed, 40) == small[lane].observed);
        CHECK(first_of(large[lane].biomarkers[0], 40) == small[lane].biomarkers[0]);
    }
}

TEST_CASE("A covariate or a biomarker added at the end changes nothing before it", "[property]") {
    const design::PatientModel model = whole_model();
    design::PatientModel longer = model;
    longer.covariates.push_back(covariate("weight", design::Family::gamma, 3, 0.05));
    longer.biomarkers.push_back({"later", 9, 0.3, 0, 1, 0, 0});
    const std::size_t n = model.covariates.size(), m = n + 1;
    longer.correlation.assign(m * m, 0);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            longer.correlation[i * m + j] = model.correlation[i * n + j];
    longer.correlation[m * m - 1] = 1;
    longer.correlation[n * m + 1] = longer.correlation[m + n] = 0.5;  // with il33
    const auto before = trials_of(PatientTrial(women_of(model, {41, 41}), key), 0);
    const auto after = trials_of(PatientTrial(women_of(longer, {41, 41}), key), 0);
    for (std::size_t lane = 0; lane < design::lanes; ++lane) {
        OneTrial shortened = after[lane];
        shortened.covariates.pop_back();
        shortened.biomarkers.pop_back();
        CHECK(shortened == before[lane]);
    }
}

TEST_CASE("What nobody reads is not drawn, and the rest stays", "[property]") {
    const design::PatientModel model = whole_model();
    replicate::PatientColumnsNeeded needed;
    needed.covariates.assign(model.covariates.size(), false);
    needed.biomarkers = {false, true};
    const auto all = trials_of(PatientTrial(women_of(model, {41, 41}), key), 0);
    const auto some = trials_of(PatientTrial(women_of(model, {41, 41}), key, needed), 0);
    CHECK(some[0].covariates[6].empty());
    CHECK(some[0].biomarkers[0].empty());
    for (std::size_t lane = 0; lane < design::lanes; ++lane) {
        CHECK(some[lane].passed == all[lane].passed);
        CHECK(some[lane].observed == all[lane].observed);
        CHECK(some[lane].covariates[1] == all[lane].covariates[1]);
        CHECK(some[lane].biomarkers[1] == all[lane].biomarkers[1]);
    }
}

TEST_CASE("Trials of women are the same bits with every instruction set", "[property]") {
    const PatientTrial trial(women_of(whole_model(), {71, 71}), key);
    const auto expected = trials_of(trial, 3);
    for (std::int64_t rest = hwy::SupportedTargets(); rest != 0; rest &= rest - 1) {
        INFO(hwy::TargetName(rest & -rest));
        hwy::SetSupportedTargetsForTest(rest & -rest);
        const auto found = trials_of(trial, 3);
        hwy::SetSupportedTargetsForTest(0);
        CHECK(found == expected);
    }
}

TEST_CASE("A woman has the same chances in either arm", "[property]") {
    design::PatientModel helps = plain_model(), harms = plain_model();
    helps.stages[0].treatment = 1;
    harms.stages[0].treatment = -1;
    const auto better = trials_of(PatientTrial(women_of(helps, {60, 60}), key), 0);
    const auto worse = trials_of(PatientTrial(women_of(harms, {60, 60}), key), 0);
    for (std::size_t lane = 0; lane < design::lanes; ++lane) {
        for (std::size_t woman = 0; woman < 120; ++woman) {
            const double a = better[lane].outcome[woman], b = worse[lane].outcome[woman];
            CHECK((better[lane].treated[woman] == 1 ? a >= b : a == b));
        }
    }
}

TEST_CASE("Rules that nobody meets end in an error, not in an endless search", "[exact]") {
    design::PatientModel model = plain_model();
    model.covariates = {covariate("smoker", design::Family::binary, 0.3)};
    model.eligibility.clauses = {{where(0, design::Comparison::above, 1)}};
    const PatientTrial trial(women_of(model, {1, 1}), key);
    const auto batch = trial.make_batch();
    CHECK_THROWS_AS(trial.fill(0, 8, *batch), std::runtime_error);
}

TEST_CASE("The first women of seed 20230313 are unchanged", "[golden]") {
    const PatientTrial trial(women_of(whole_model(), {41, 41}), key);
    std::string text;
    for (const OneTrial& one : trials_of(trial, 0)) {
        for (std::size_t woman = 0; woman < 82; ++woman) {
            text += fmt::format("{} {} {} {}", one.treated[woman], one.adherent[woman],
                                one.passed[woman], one.observed[woman]);
            for (const auto& values : one.covariates)
                text += fmt::format(" {:.6f}", values[woman]);
            text += fmt::format(" {:.6f}\n", one.biomarkers[0][woman]);
        }
    }
    CHECK(text.substr(0, text.find('\n')) ==
          "0 1 0 1 41.618836 1.837180 4.000000 0.000000 1.313596 0.120652 0.000000 2.000000 "
          "-0.631126 2.149219");
    CHECK(digest::to_hex(digest::sha256(text)) ==
          "d38bbc383bd7aa36d57954931d514c9285f844781c3a5e71ce7088ede2cea7db");
}
