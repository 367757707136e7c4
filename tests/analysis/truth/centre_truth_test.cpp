#include "truth_models.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::truth_models;

namespace {

constexpr auto conditional = Measure::conditional_odds_ratio;
constexpr design::ArmSizes three_to_two{60, 40};

design::Covariate centres(std::vector<double> shares) {
    design::Distribution d;
    d.family = Family::categorical;
    d.probabilities = std::move(shares);
    return covariate(d);
}

Feature is_centre(std::size_t covariate, double centre) {
    return where(covariate, Comparison::equal, centre);
}

design::PatientPlan conditional_plan() {
    return plan({{"logistic", conditional},
                 {"firth", conditional},
                 {"mantel-haenszel", conditional},
                 {"exact-conditional", conditional}});
}

/// A binary covariate, three unlike centres with effects of spread 0.8 on both of two stages, and
/// an interaction: no model with one odds ratio is true.
design::PatientModel two_stages_in_centres() {
    auto m = model(
        {covariate(distribution(Family::binary, 0.4)), centres({0.2, 0.3, 0.5})},
        {stage(1, 0.5, {{value_of(0), 0.8}}),
         stage(0.5, 0.9, {{value_of(0), -0.6}, {is_centre(1, 2), 0.4}}, {{value_of(0), 0.7}})});
    m.centres = design::Centres{1, 0.8};
    return m;
}

}  // namespace

TEST_CASE("Given the centres a true model has its own odds ratio, whatever their spread",
          "[exact]") {
    for (const double sd : {0.3, 1.0, 3.0}) {
        auto m = model({centres({0.2, 0.3, 0.5}), standard_normal()},
                       {stage(std::log(7.0 / 3), std::log(2), {{value_of(1), 0.5}})});
        m.centres = design::Centres{0, sd};
        auto p = plan({{"logistic", conditional}, {"firth", conditional}});
        p.adjust = {is_centre(0, 1), is_centre(0, 2), value_of(1)};
        for (const auto& method : analysis::truth_of(m, three_to_two, p).methods)
            CHECK(method.value == Approx(2).epsilon(1e-9));
        m.stages[0].effects.clear();
        p = plan({{"mantel-haenszel", conditional}, {"exact-conditional", conditional}});
        p.strata = {{0, {1, 2}, "centre"}};
        for (const auto& method : analysis::truth_of(m, three_to_two, p).methods)
            CHECK(method.value == Approx(2).epsilon(1e-12));
    }
}

TEST_CASE("Where no model is true, centres are averaged over as R does with an intercept for each",
          "[reference]") {
    // R 4.2: glm(y ~ g + x + class) with expected outcomes y on centres x 73 equidistant effects
    // within 9 spreads, `class` telling centre and effect apart; sums over strata of the same.
    const auto m = two_stages_in_centres();
    auto p = conditional_plan();
    p.adjust = {value_of(0), is_centre(1, 1), is_centre(1, 2)};
    p.strata = {{0, {1}, "x"}, {1, {1, 2}, "centre"}};
    const auto truth = analysis::truth_of(m, three_to_two, p);
    CHECK(truth.methods[0].value == Approx(2.856160170316).epsilon(1e-9));
    CHECK(truth.methods[1].value == truth.methods[0].value);
    CHECK(truth.methods[2].value == Approx(2.846138167107).epsilon(1e-10));
    CHECK(truth.methods[3].value == Approx(2.857173362383).epsilon(1e-8));
    p.adjust = {is_centre(1, 1), is_centre(1, 2)};
    CHECK(first_method(m, p, three_to_two) == Approx(2.850244446822).epsilon(1e-9));
}

TEST_CASE("Centres that an analysis does not tell apart are averaged over together",
          "[reference]") {
    // The same in R, where centres 0 and 2 share one class whatever their effects.
    auto p = conditional_plan();
    p.adjust = {value_of(0), is_centre(1, 1)};
    p.strata = {{0, {1}, "x"}, {1, {1, 2}, "centre"}};
    CHECK(first_method(two_stages_in_centres(), p, three_to_two) ==
          Approx(2.550968887599).epsilon(1e-9));
}

TEST_CASE("Unadjusted and standardised effects average over the centres' effects", "[reference]") {
    // The marginal odds ratio of the same expected outcomes.
    const auto m = two_stages_in_centres();
    auto p = plan({{"woolf", Measure::odds_ratio},
                   {"g-computation-ye", Measure::odds_ratio},
                   {"logistic", conditional}});
    CHECK(first_method(m, p, three_to_two) == Approx(2.441087119762).epsilon(1e-10));
    CHECK(analysis::truth_of(m, three_to_two, p).methods[2].value ==
          Approx(2.441087119762).epsilon(1e-10));
    p.adjust = {is_centre(1, 1), is_centre(1, 2)};
    CHECK(first_method(m, p, three_to_two) == Approx(2.441087119762).epsilon(1e-10));
    CHECK(analysis::truth_of(m, three_to_two, p).methods[1].value ==
          Approx(2.441087119762).epsilon(1e-10));
}

TEST_CASE("Centres without random effects are covariates like others", "[property]") {
    auto m = two_stages_in_centres();
    m.centres->sd = 0;
    auto p = conditional_plan();
    p.adjust = {value_of(0), is_centre(1, 1), is_centre(1, 2)};
    p.strata = {{0, {1}, "x"}, {1, {1, 2}, "centre"}};
    const auto with = analysis::truth_of(m, three_to_two, p);
    m.centres.reset();
    const auto without = analysis::truth_of(m, three_to_two, p);
    for (std::size_t k = 0; k < p.methods.size(); ++k)
        CHECK(with.methods[k].value == without.methods[k].value);
}
