#include "truth_models.hpp"

#include <array>
#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::truth_models;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct FamilyCase {
    std::string name;
    design::Covariate covariate;
    Feature feature;
    double log_odds;
    design::Rates rates;
};

design::Distribution truncated_normal() {
    auto d = distribution(Family::normal, 32, 4.5);
    d.lower = 18;
    d.upper = 42;
    return d;
}

design::Distribution losses() {
    auto d = distribution(Family::poisson, 1.7);
    d.shift = 3;
    return d;
}

// R 4.2: integrate(density(x) plogis(0.3 + log_odds (x - centre) / unit + 0.7 g)) in pieces, on the
// value's own scale, or sum() over the counts.
const std::vector<FamilyCase>& families() {
    static const std::vector<FamilyCase> cases{
        {"normal",
         covariate(distribution(Family::normal, 32, 4.5)),
         value_of(0, 32, 5),
         -0.4,
         {0.725417933915256, 0.572220115393149}},
        {"truncated normal",
         covariate(truncated_normal()),
         value_of(0, 32, 5),
         -0.4,
         {0.728007143868605, 0.574960010733613}},
        {"log-normal",
         covariate(distribution(Family::log_normal, 0.2, 0.8)),
         value_of(0, 1),
         0.9,
         {0.778970219554932, 0.653565297314944}},
        {"gamma",
         covariate(distribution(Family::gamma, 2.5, 0.7)),
         value_of(0, 3),
         0.5,
         {0.735320438993157, 0.603927575103797}},
        {"beta",
         covariate(distribution(Family::beta, 2, 3.5)),
         value_of(0, 0.4),
         3,
         {0.695909221399837, 0.543069462762908}},
        {"uniform",
         covariate(distribution(Family::uniform, 1, 5)),
         value_of(0, 3),
         1.1,
         {0.676516105869182, 0.554432494547634}},
        {"Poisson",
         covariate(losses()),
         value_of(0, 3),
         -0.35,
         {0.596471047302093, 0.43130496362641}},
        {"negative binomial",
         covariate(distribution(Family::negative_binomial, 30, 1.3)),
         value_of(0),
         -0.06,
         {0.386702556406067, 0.263272726685785}},
        {"threshold",
         covariate(distribution(Family::normal, 32, 4.5)),
         where(0, Comparison::at_least, 35),
         -1.1,
         {0.666410953357312, 0.507679198031433}},
    };
    return cases;
}

}  // namespace

TEST_CASE("Marginal rates equal R's integrals for every family of covariates", "[reference]") {
    for (const FamilyCase& c : families()) {
        INFO(c.name);
        const auto m = model({c.covariate}, {stage(0.3, 0.7, {{c.feature, c.log_odds}})});
        const auto truth = analysis::truth_of(m, published,
                                              plan({{"woolf", Measure::odds_ratio},
                                                    {"g-computation", Measure::risk_difference},
                                                    {"g-computation-ge", Measure::risk_ratio}}));
        CHECK(truth.rates.treated == Approx(c.rates.treated).epsilon(1e-9));
        CHECK(truth.rates.control == Approx(c.rates.control).epsilon(1e-9));
        CHECK(truth.rates_standard_error == 0);
        CHECK(truth.eligible == 1);
        CHECK(truth.methods[0].value ==
              Approx(odds_ratio(c.rates.treated, c.rates.control)).epsilon(1e-8));
        CHECK(truth.methods[1].value == Approx(c.rates.treated - c.rates.control).epsilon(1e-8));
        CHECK(truth.methods[2].value == Approx(c.rates.treated / c.rates.control).epsilon(1e-8));
    }
}

TEST_CASE("A binary covariate mixes two rates by hand", "[exact]") {
    // Odds 1/4 and 4 in control, times 3: rates 1/5 and 4/5, 3/7 and 12/13; weights 0.7 and 0.3.
    const auto m = model({covariate(distribution(Family::binary, 0.3))},
                         {stage(std::log(0.25), std::log(3), {{value_of(0), std::log(16)}})});
    const auto truth = analysis::truth_of(m, published, plan());
    CHECK(truth.rates.control == Approx(0.7 / 5 + 0.3 * 4 / 5).epsilon(1e-14));
    CHECK(truth.rates.treated == Approx(0.7 * 3 / 7 + 0.3 * 12 / 13).epsilon(1e-14));
}

TEST_CASE("A probit-like mixture reproduces the symmetry of the logistic-normal", "[exact]") {
    // By symmetry E plogis(b Z) = 1/2 for any b, and rates at +-a sum to 1.
    for (const double slope : {0.1, 1.0, 3.0, 10.0}) {
        const auto m = model({standard_normal()}, {stage(-0.8, 1.6, {{value_of(0), slope}})});
        const auto truth = analysis::truth_of(m, published, plan());
        CHECK(truth.rates.control + truth.rates.treated == Approx(1).epsilon(1e-10));
    }
}

TEST_CASE("Covariates that nothing reads change no truth", "[property]") {
    const auto methods = plan({{"logistic", Measure::conditional_odds_ratio}});
    const auto with = [&](const std::vector<design::Covariate>& covariates) {
        return analysis::truth_of(model(covariates, {stage(0.2, 0.5, {{value_of(0), 0.9}})}),
                                  published, methods);
    };
    const auto one = with({standard_normal()});
    const auto more =
        with({standard_normal(), covariate(distribution(Family::gamma, 2, 1)), standard_normal()});
    CHECK(one.rates.treated == more.rates.treated);
    CHECK(one.methods[0].value == more.methods[0].value);
}

TEST_CASE("Without covariate effects conditional and marginal odds ratios agree", "[exact]") {
    auto p = plan({{"logistic", Measure::conditional_odds_ratio},
                   {"firth", Measure::conditional_odds_ratio},
                   {"mantel-haenszel", Measure::conditional_odds_ratio},
                   {"exact-conditional", Measure::conditional_odds_ratio},
                   {"gart", Measure::odds_ratio}});
    p.adjust = {value_of(0)};
    p.strata = {{0, {0}, "x"}};
    const auto truth =
        analysis::truth_of(model({standard_normal()}, {stage(0.2, 0.9)}), published, p);
    for (const auto& method : truth.methods)
        CHECK(method.value == Approx(std::exp(0.9)).epsilon(1e-10));
}

TEST_CASE("Rates of 0 and 1 have the truths of their table", "[exact]") {
    auto p = plan({{"woolf", Measure::odds_ratio},
                   {"logistic", Measure::conditional_odds_ratio},
                   {"exact-conditional", Measure::conditional_odds_ratio}});
    const auto all = analysis::truth_of(model({}, {stage(0, infinity)}), published, p);
    CHECK(all.rates.treated == 1);
    for (const auto& method : all.methods)
        CHECK(method.value == infinity);
    const auto none = analysis::truth_of(model({}, {stage(-infinity, 0)}), published, p);
    CHECK(none.rates.control == 0);
    for (const auto& method : none.methods)
        CHECK(std::isnan(method.value));
}

TEST_CASE("Tests alone have no truth", "[exact]") {
    const auto truth = analysis::truth_of(model({}, {stage(0, 1)}), published,
                                          plan({{"logistic-lr", {}}, {"mann-whitney", {}}}));
    CHECK(std::isnan(truth.methods[0].value));
    CHECK(std::isnan(truth.methods[1].value));
}
