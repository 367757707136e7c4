#include <cmath>

#include <catch2/catch.hpp>

#include <rsasim/summary/tipping_points.hpp>

namespace {

using namespace rsasim::summary;

/// Verdicts of tests on a few trials, and the counts that a summary holds of them.
CellSummary summary_of(const std::vector<std::vector<int>>& rejects) {
    CellSummary summary;
    const auto trials = static_cast<double>(rejects.front().size());
    for (const auto& test : rejects) {
        TestSummary one;
        for (const int verdict : test)
            one.n_reject += verdict;
        one.power.value = static_cast<double>(one.n_reject) / trials;
        summary.tests.push_back(one);
    }
    for (std::size_t a = 0; a < rejects.size(); ++a) {
        for (std::size_t b = a + 1; b < rejects.size(); ++b) {
            TestPairSummary pair;
            for (std::size_t i = 0; i < rejects[a].size(); ++i) {
                pair.n_a_not_b += rejects[a][i] == 1 && rejects[b][i] == 0 ? 1 : 0;
                pair.n_b_not_a += rejects[a][i] == 0 && rejects[b][i] == 1 ? 1 : 0;
            }
            summary.test_pairs.push_back(pair);
        }
    }
    return summary;
}

}  // namespace

TEST_CASE("The tipping point is the nearest delta at which half of the significant trials are lost",
          "[exact]") {
    const std::vector<std::string> tests{
        "pearson", "logistic@delta-treated = -1", "logistic@multiple-imputation",
        "logistic@delta-treated = -0.5", "logistic@delta-treated = 0.5"};
    const auto summary = summary_of({{1, 1, 1, 0, 0, 0, 0, 0},
                                     {1, 0, 0, 0, 0, 0, 0, 0},
                                     {1, 1, 1, 1, 0, 0, 0, 0},
                                     {1, 1, 1, 0, 0, 0, 0, 0},
                                     {1, 1, 1, 1, 1, 0, 0, 0}});
    const auto curves = tipping_curves(tests, summary);
    REQUIRE(curves.size() == 1);
    const auto& curve = curves.front();
    CHECK(curve.test == "logistic@multiple-imputation");
    CHECK(curve.arm == "treated");
    REQUIRE(curve.steps.size() == 4);
    const double deltas[] = {-1, -0.5, 0, 0.5}, still[] = {0.25, 0.75, 1, 1};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(curve.steps[i].delta == deltas[i]);
        CHECK(curve.steps[i].still_significant.value == still[i]);
    }
    CHECK(curve.steps[0].still_significant.mcse == Approx(std::sqrt(0.25 * 0.75 / 4)));
    CHECK(curve.steps[3].power.value == 5.0 / 8);
    CHECK(curve.tips_below == -1);
    CHECK_FALSE(curve.tips_above);
}

TEST_CASE("Tests of other sets, and of the other arm's delta, have curves of their own",
          "[exact]") {
    const std::vector<std::string> tests{"wald@multiple-imputation",
                                         "wald@delta-control = 1",
                                         "wald@multiple-imputation+per-protocol",
                                         "wald@per-protocol+delta-treated = -2",
                                         "logistic@delta-treated = -2",
                                         "wald@delta-treated = -2+delta-control = 1"};
    const auto summary = summary_of({{1, 1}, {0, 0}, {1, 0}, {0, 0}, {1, 1}, {0, 1}});
    const auto curves = tipping_curves(tests, summary);
    REQUIRE(curves.size() == 3);
    CHECK(curves[0].test == "wald@delta-control = 1");
    CHECK(curves[0].arm == "treated");
    CHECK(std::isnan(curves[0].steps[0].still_significant.value));
    CHECK_FALSE(curves[0].tips_below);
    CHECK(curves[1].test == "wald@multiple-imputation+per-protocol");
    CHECK(curves[1].tips_below == -2);
    CHECK(curves[2].test == "wald@multiple-imputation");
    CHECK(curves[2].arm == "control");
    CHECK(curves[2].tips_above == 1);
}

TEST_CASE("Where nothing is imputed there is no tipping point", "[exact]") {
    const auto summary = summary_of({{1, 1}, {0, 1}});
    CHECK(tipping_curves({"pearson", "logistic@complete-case"}, summary).empty());
}
