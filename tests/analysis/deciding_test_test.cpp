#include <array>
#include <cmath>
#include <utility>

#include <catch2/catch.hpp>

#include <rsasim/analysis/deciding_test.hpp>
#include <rsasim/analysis/judgement.hpp>

namespace {

namespace analysis = rsasim::analysis;
namespace design = rsasim::design;

const design::Table2x2 published{{60, 75}, {47, 74}};

/// Two-sided unconditional P-values of the published trial by R's package Exact 3.3.
constexpr std::array<std::pair<const char*, double>, 4> by_exact{
    {{"boschloo", 0.024510},
     {"z-pooled-exact", 0.026149},
     {"z-unpooled-exact", 0.026576},
     {"likelihood-ratio-exact", 0.043781}}};

design::AnalysisPlan plan_of_unconditional_tests() {
    design::AnalysisPlan plan;
    for (const auto& [id, p_value] : by_exact)
        plan.tests.push_back({id, {}});
    return plan;
}

}  // namespace

TEST_CASE("Deciding P-values of unconditional tests are those of R's Exact", "[reference]") {
    const auto p_values = analysis::deciding_p_values(plan_of_unconditional_tests(), published);
    REQUIRE(p_values.size() == by_exact.size());
    for (std::size_t i = 0; i < by_exact.size(); ++i) {
        INFO(by_exact[i].first);
        CHECK(std::abs(p_values[i] - by_exact[i].second) < 1e-6);
    }
}

TEST_CASE("A number that only has to lie on its side of alpha does lie there", "[property]") {
    auto plan = plan_of_unconditional_tests();
    const design::ArmSizes sizes{9, 7};
    for (const double alpha : {0.01, 0.05, 0.3}) {
        plan.alpha = alpha;
        for (std::size_t test = 0; test < plan.tests.size(); ++test) {
            const analysis::DecidingTest p_value(plan, test, sizes, analysis::Wanted::p_value);
            const analysis::DecidingTest side(plan, test, sizes, analysis::Wanted::side_of_alpha);
            for (std::int64_t x = 0; x <= sizes.treated; ++x) {
                const design::Table2x2 table{{x, sizes.treated}, {3, sizes.control}};
                CHECK((p_value(table) <= alpha) == (side(table) <= alpha));
            }
        }
    }
}

TEST_CASE("The deciding P-value of equivalence is the larger of two one-sided ones", "[property]") {
    design::AnalysisPlan plan;
    plan.tests = {{"score", {}}};
    plan.equivalence = {design::Measure::risk_difference, -0.2, 0.25};
    const auto one_sided = [&](double margin) {
        analysis::Setting setting{{75, 74}};
        setting.null = {design::Measure::risk_difference, margin};
        return analysis::prepare(analysis::Role::test, design::Measure::odds_ratio, {"score", {}},
                                 setting)(published)
            .p_value;
    };
    const double above = one_sided(-0.2).greater, below = one_sided(0.25).less;
    CHECK(analysis::deciding_p_values(plan, published)[0] == std::max(above, below));
}

TEST_CASE("A table with an empty arm has no deciding P-value", "[exact]") {
    const auto p_values =
        analysis::deciding_p_values(plan_of_unconditional_tests(), {{0, 0}, {3, 7}});
    for (const double p : p_values)
        CHECK(std::isnan(p));
}
