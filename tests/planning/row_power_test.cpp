#include "planned.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/planning/regions.hpp>
#include <rsasim/planning/size_goal.hpp>

namespace {

using namespace rsasim;
using planned::AnalysisPlan;
using planned::ArmSizes;
using planned::Rates;

struct Case {
    std::string name;
    AnalysisPlan plan;
};

AnalysisPlan one_sided(AnalysisPlan plan, design::Effect null = {}) {
    plan.sides = design::Sides::one;
    plan.null = null;
    return plan;
}

AnalysisPlan equivalence(AnalysisPlan plan, const design::Equivalence& margins) {
    plan.sides = design::Sides::one;
    plan.equivalence = margins;
    return plan;
}

/// Tests of every family, sides, margins and levels.
std::vector<Case> cases() {
    using enum design::Measure;
    std::vector<Case> list;
    for (const auto* id :
         {"fisher", "fisher-midp", "fisher-central", "fisher-blaker", "pearson", "yates", "wald",
          "z-unpooled", "likelihood-ratio", "boschloo", "z-pooled-exact"})
        list.push_back({id, planned::plan_with(id)});
    auto low = planned::plan_with("fisher");
    low.direction = design::Direction::lower_is_better;
    list.push_back({"fisher, lower is better", one_sided(low)});
    list.push_back({"pearson, alpha 0.6", planned::plan_with("pearson", 0.6)});
    list.push_back(
        {"pearson, one-sided, alpha 0.5", one_sided(planned::plan_with("pearson", 0.5))});
    list.push_back(
        {"score, margin", one_sided(planned::plan_with("score"), {risk_difference, -0.1})});
    list.push_back({"score, ratio", one_sided(planned::plan_with("score"), {risk_ratio, 0.8})});
    list.push_back({"score, odds", one_sided(planned::plan_with("score"), {odds_ratio, 0.5})});
    list.push_back(
        {"equivalence", equivalence(planned::plan_with("score"), {risk_difference, -0.25, 0.25})});
    return list;
}

}  // namespace

TEST_CASE("Following the edges of a region gives the power of all its tables", "[exact]") {
    for (const auto& [name, plan] : cases()) {
        const auto shared = std::make_shared<const AnalysisPlan>(plan);
        for (const auto& sizes : {ArmSizes{41, 41}, ArmSizes{60, 45}, ArmSizes{42, 84}}) {
            const auto region = planning::rejection_region(planned::design_of(sizes, plan), 0, 2);
            for (const auto& rates : {Rates{0.8, 0.6351}, Rates{0.05, 0.02}, Rates{0.3, 0.95},
                                      Rates{1, 0.4}, Rates{0.5, 0}}) {
                if (plan.has_in_null(rates)) continue;
                INFO(name << ", " << sizes.treated << " v " << sizes.control << ", "
                          << rates.treated << " v " << rates.control);
                const auto goal = planning::power_goal(shared, 0, rates);
                const double expected = planned::probability(sizes, region, rates);
                CHECK(goal->at(sizes) == Approx(expected).margin(1e-11));
                CHECK(goal->by_every_table(sizes) == Approx(expected).margin(1e-11));
                CHECK(goal->is_reached(sizes, expected - 1e-9));
                CHECK_FALSE(goal->is_reached(sizes, expected + 1e-9));
            }
        }
    }
}
