#include "truth_models.hpp"

#include <cmath>

#include <catch2/catch.hpp>

using namespace rsasim;
using namespace rsasim::truth_models;
using design::AnalysisSet;
using design::Handling;

namespace {

// R 4.2: integrate() over the standard normal density of
//   policy: a(x) q(x, 1) + (1 - a(x)) q(x, 0), q(x, g) = plogis(0.4 + 0.5 x + 0.9 g), a the
//   probability plogis(2 - 0.4 x) or plogis(3 - 0.4 x) to take one's own arm's treatment;
//   composite: that times 1 - plogis(-2 + 0.6 + 0.3 x), or 1 - plogis(-1.5 - 0.5 + 0.3 x).
constexpr design::Rates policy{0.753175783871672, 0.601940945860072};
constexpr design::Rates composite{0.597241927559908, 0.524374086818804};
constexpr design::Rates subgroup_policy{0.852198283521735, 0.754925743075459};
constexpr design::Rates takes_treatment{0.874474761117165, 0.0507535894601526};

design::PatientModel with_conduct() {
    auto m = model({standard_normal()}, {stage(0.4, 0.9, {{value_of(0), 0.5}})});
    m.dropout = design::Dropout{{-2, 0.6}, {-1.5, -0.5}, {{value_of(0), 0.3}}};
    m.adherence = design::Adherence{2, 3, {{value_of(0), -0.4}}};
    return m;
}

design::Rates rates_of(const AnalysisSet& set) {
    auto p = plan();
    p.sets = {set};
    return analysis::truth_of(with_conduct(), published, p).rates;
}

AnalysisSet handled(Handling handling) {
    AnalysisSet set;
    set.handling = handling;
    return set;
}

void check_equal(const design::Rates& found, const design::Rates& expected) {
    CHECK(found.treated == Approx(expected.treated).epsilon(1e-9));
    CHECK(found.control == Approx(expected.control).epsilon(1e-9));
}

}  // namespace

TEST_CASE("Missing as failure is judged by the composite rates", "[reference]") {
    check_equal(rates_of(handled(Handling::failure)), composite);
}

TEST_CASE("Every other handling is judged by the rates nobody is missing from", "[reference]") {
    for (const Handling handling : {Handling::complete_case, Handling::worst_case,
                                    Handling::best_case, Handling::multiple_imputation})
        check_equal(rates_of(handled(handling)), policy);
}

TEST_CASE("The per-protocol set is judged by the treatment-policy effect", "[reference]") {
    AnalysisSet set = handled(Handling::complete_case);
    set.population = design::Population::per_protocol;
    check_equal(rates_of(set), policy);
}

TEST_CASE("A subgroup has its own rates", "[reference]") {
    AnalysisSet set = handled(Handling::complete_case);
    set.subgroup = where(0, Comparison::above, 0.8);
    check_equal(rates_of(set), subgroup_policy);
}

TEST_CASE("Each method is judged in its own set", "[reference]") {
    auto p = plan({{"woolf", Measure::odds_ratio}, {"woolf", Measure::odds_ratio}});
    p.sets.push_back(handled(Handling::complete_case));
    p.methods[1].set = 1;
    const auto truth = analysis::truth_of(with_conduct(), published, p);
    check_equal(truth.rates, composite);
    CHECK(truth.methods[0].value ==
          Approx(odds_ratio(composite.treated, composite.control)).epsilon(1e-9));
    CHECK(truth.methods[1].value ==
          Approx(odds_ratio(policy.treated, policy.control)).epsilon(1e-9));
}

TEST_CASE("Biomarkers shift by who takes the treatment and by who succeeds", "[reference]") {
    auto m = with_conduct();
    design::Biomarker marker;
    marker.name = "il33";
    marker.baseline = 0;
    marker.correlation = 0.6;
    marker.treatment_shift = -1.5;
    marker.outcome_shift = 0.4;
    m.biomarkers = {marker};
    auto p = plan({{"welch", Measure::mean_difference}, {"ancova", Measure::mean_difference}});
    for (auto& method : p.methods)
        method.endpoint = 0;
    const double expected = -1.5 * (takes_treatment.treated - takes_treatment.control) +
                            0.4 * (policy.treated - policy.control);
    for (const auto& method : analysis::truth_of(m, published, p).methods)
        CHECK(method.value == Approx(expected).epsilon(1e-9));
    m.adherence.reset();
    m.biomarkers[0].outcome_shift = 0;
    CHECK(first_method(m, p) == Approx(-1.5).epsilon(1e-14));
}

TEST_CASE("Centres and the time trend are averaged over", "[reference]") {
    // R 4.2: mean over entries of integrate(dnorm(u) plogis(0.3 + 0.6 u + t + 0.7 g) plogis(1.2 +
    // 0.6 u + t + 0.2 g)), t = 1.5 (entry / (n - 1) - 1/2).
    auto m =
        model({covariate(distribution(Family::binary, 0.5))}, {stage(0.3, 0.7), stage(1.2, 0.2)});
    m.centres = design::Centres{0, 0.6};
    m.time_trend = 1.5;
    check_equal(analysis::truth_of(m, published, plan()).rates,
                {0.569656678568695, 0.443496557787491});
    check_equal(analysis::truth_of(m, {3, 2}, plan()).rates,
                {0.567464627824987, 0.443900471137002});
}

TEST_CASE("The bias of an investigator who selects is no part of the truth", "[property]") {
    auto m = with_conduct();
    const auto honest = analysis::truth_of(m, published, plan()).rates;
    m.selection_bias = 0.8;
    const auto selected = analysis::truth_of(m, published, plan()).rates;
    CHECK(honest.treated == selected.treated);
    CHECK(honest.control == selected.control);
}

TEST_CASE("A subgroup without women is impossible", "[exact]") {
    auto p = plan();
    p.sets[0].subgroup = where(0, Comparison::above, 9);
    CHECK_THROWS_AS(analysis::truth_of(with_conduct(), published, p), analysis::ImpossibleModel);
}
