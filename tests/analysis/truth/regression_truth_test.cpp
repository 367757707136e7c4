#include "truth_models.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::truth_models;

namespace {

constexpr auto conditional = Measure::conditional_odds_ratio;

/// Two stages of which the first and the second pull the covariate's effect in opposite directions,
/// and an interaction: no logistic model is true.
design::PatientModel two_stages() {
    const Feature positive = where(0, Comparison::above, 0.5);
    return model({standard_normal()}, {stage(1, 0.5, {{value_of(0), 0.8}}),
                                       stage(0.5, 0.9, {{value_of(0), -0.6}}, {{positive, 0.7}})});
}

constexpr design::ArmSizes three_to_two{60, 40};

}  // namespace

TEST_CASE("A true logistic model has its own coefficient as limit", "[exact]") {
    auto m = model({standard_normal(), covariate(distribution(Family::gamma, 2, 1))},
                   {stage(-0.3, 0.8, {{value_of(0), 1.1}, {value_of(1), -0.4}})});
    m.correlation = {1, 0.5, 0.5, 1};
    auto p = plan({{"logistic", conditional}, {"logistic-robust", conditional}});
    p.adjust = {value_of(0, 3, 2), value_of(1)};
    for (const auto& method : analysis::truth_of(m, {120, 40}, p).methods)
        CHECK(method.value == Approx(std::exp(0.8)).epsilon(1e-10));
}

TEST_CASE("A true interaction has its own coefficient as limit", "[exact]") {
    const auto m = model({standard_normal()},
                         {stage(0.1, 0.3, {{value_of(0), 0.7}}, {{value_of(0, 1, 2), 0.6}})});
    auto p = plan({{"interaction", conditional}});
    p.interaction = value_of(0, 1, 2);
    CHECK(first_method(m, p) == Approx(std::exp(0.6)).epsilon(1e-10));
    p.adjust = {value_of(0, 1, 2)};  // the same column twice changes nothing
    CHECK(first_method(m, p) == Approx(std::exp(0.6)).epsilon(1e-10));
}

TEST_CASE("Unadjusted regression tends to the marginal odds ratio", "[exact]") {
    // R 4.2 glm on 432 Gauss-Legendre nodes of x.
    const double limit =
        first_method(two_stages(), plan({{"logistic", conditional}}), three_to_two);
    CHECK(limit == Approx(2.6029256771381).epsilon(1e-9));
    CHECK(
        limit ==
        Approx(first_method(two_stages(), plan({{"woolf", Measure::odds_ratio}}))).epsilon(1e-10));
}

TEST_CASE("Misspecified regressions tend to what R fits to expected counts", "[reference]") {
    // R 4.2: glm(y ~ g + x), glm(y ~ x + h + g + g:h) and glm(y ~ g + stratum) with the expected
    // outcome y on 36 panels of 12 Gauss-Legendre nodes of x, weighted by density and arm.
    auto p =
        plan({{"logistic", conditional}, {"firth", conditional}, {"interaction", conditional}});
    p.adjust = {value_of(0)};
    p.interaction = where(0, Comparison::above, 0.5);
    const auto truth = analysis::truth_of(two_stages(), three_to_two, p);
    CHECK(truth.rates.treated == Approx(0.648310833538913).epsilon(1e-9));
    CHECK(truth.rates.control == Approx(0.41459214323667).epsilon(1e-9));
    CHECK(truth.methods[0].value == Approx(2.62035915731417).epsilon(1e-8));
    CHECK(truth.methods[1].value == truth.methods[0].value);
    CHECK(truth.methods[2].value == Approx(1.96102983999298).epsilon(1e-8));
}

TEST_CASE("Stratified analyses tend to what R makes of expected counts", "[reference]") {
    // R 4.2: sums over strata of the same nodes; glm(y ~ g + stratum) has the conditional limit,
    // because it too fits every stratum's margins with one odds ratio.
    auto p = plan({{"mantel-haenszel", conditional},
                   {"exact-conditional", conditional},
                   {"logistic", conditional}});
    p.strata = {{0, {-0.4, 0.5}, "x"}};
    p.adjust = {where(0, Comparison::at_least, -0.4), where(0, Comparison::at_least, 0.5)};
    const auto truth = analysis::truth_of(two_stages(), three_to_two, p);
    CHECK(truth.methods[0].value == Approx(2.60193238604671).epsilon(1e-9));
    CHECK(truth.methods[1].value == Approx(2.62019861941168).epsilon(1e-8));
    CHECK(truth.methods[2].value == Approx(truth.methods[1].value).epsilon(1e-10));
}

TEST_CASE("A common odds ratio is what every stratified analysis tends to", "[exact]") {
    const auto m = model(
        {covariate(distribution(Family::binary, 0.4)), covariate(distribution(Family::poisson, 2))},
        {stage(-1, 0.7, {{value_of(0), 2.5}})});
    auto p = plan({{"mantel-haenszel", conditional}, {"exact-conditional", conditional}});
    p.strata = {{0, {0.5}, "x"}, {1, {1, 3}, "losses"}};
    for (const auto& method : analysis::truth_of(m, three_to_two, p).methods)
        CHECK(method.value == Approx(std::exp(0.7)).epsilon(1e-12));
}

TEST_CASE("Two binary strata have the Mantel-Haenszel limit by hand", "[exact]") {
    // Control rates 1/5 and 4/5, treated 1/2 and 9/10; weights 0.7 and 0.3.
    const auto m = model({covariate(distribution(Family::binary, 0.3))},
                         {stage(std::log(0.25), std::log(4), {{value_of(0), std::log(16)}},
                                {{value_of(0), std::log(9.0 / 16)}})});
    auto p = plan({{"mantel-haenszel", conditional}});
    p.strata = {{0, {1}, "x"}};
    const double numerator = 0.7 * 0.5 * 0.8 + 0.3 * 0.9 * 0.2;
    const double denominator = 0.7 * 0.2 * 0.5 + 0.3 * 0.8 * 0.1;
    CHECK(first_method(m, p) == Approx(numerator / denominator).epsilon(1e-13));
}

TEST_CASE("Swapping arms inverts every odds ratio's limit", "[property]") {
    // With the roles of the arms exchanged: intercept + treatment, and the effects likewise.
    const auto forth = model({standard_normal()}, {stage(0.2, 0.9, {{value_of(0), 0.5}}),
                                                   stage(1.4, 0.3, {{value_of(0), -1}})});
    const auto back = model({standard_normal()}, {stage(1.1, -0.9, {{value_of(0), 0.5}}),
                                                  stage(1.7, -0.3, {{value_of(0), -1}})});
    auto p = plan({{"logistic", conditional},
                   {"mantel-haenszel", conditional},
                   {"exact-conditional", conditional},
                   {"woolf", Measure::odds_ratio}});
    p.adjust = {value_of(0)};
    p.strata = {{0, {-1, 0, 1}, "x"}};
    const auto one = analysis::truth_of(forth, {60, 40}, p);
    const auto other = analysis::truth_of(back, {40, 60}, p);
    for (std::size_t k = 0; k < p.methods.size(); ++k)
        CHECK(one.methods[k].value * other.methods[k].value == Approx(1).epsilon(1e-9));
}

TEST_CASE("A constant interaction feature has no limit", "[exact]") {
    auto p = plan({{"interaction", conditional}});
    p.interaction = where(0, Comparison::above, -100);
    CHECK(std::isnan(first_method(two_stages(), p)));
}
