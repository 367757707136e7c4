#include "judging.hpp"

#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/analysis/judgement.hpp>

namespace {

using namespace rsasim;
using namespace rsasim::analysis;
using design::Measure;
using design::Table2x2;

constexpr design::ArmSizes sizes{12, 11};

design::AnalysisPlan central_pairs_on(Measure measure) {
    design::AnalysisPlan plan;
    plan.sides = design::Sides::one;
    plan.alpha = 0.025;
    plan.tests = {{"score", {}}, {"score-n1", {}}};
    plan.intervals = {{measure, {"score", {}}}, {measure, {"miettinen-nurminen", {}}}};
    plan.pairs = {{0, 0}, {1, 1}};
    if (measure != Measure::odds_ratio) return plan;
    plan.tests.insert(plan.tests.end(), {{"fisher-central", {}}, {"fisher-midp-central", {}}});
    plan.intervals.push_back({measure, {"cornfield-exact", {}}});
    plan.intervals.push_back({measure, {"cornfield-midp", {}}});
    plan.pairs.insert(plan.pairs.end(), {{2, 2}, {3, 3}});
    return plan;
}

Judgement judged(const design::AnalysisPlan& plan) {
    std::vector<Table2x2> tables;
    judging::for_each_table(sizes.treated, sizes.control,
                            [&](const Table2x2& table) { tables.push_back(table); });
    Judgement judgement(std::make_shared<const design::AnalysisPlan>(plan), tables);
    judgement.judge(0, tables.size());
    return judgement;
}

/// Pairs and tables that do not agree.
int disagreements(const Judgement& judgement) {
    int found = 0;
    for (std::size_t row = 0; row < judgement.tables().size(); ++row) {
        for (std::size_t pair = 0; pair < judgement.plan().pairs.size(); ++pair)
            found += judgement.agreement(pair, row) != Agreement::agree ? 1 : 0;
    }
    return found;
}

PValues p_values(const design::MethodChoice& test, const Table2x2& table,
                 const design::Effect& null) {
    Setting setting{sizes};
    setting.null = null;
    return prepare(Role::test, Measure::odds_ratio, test, setting)(table).p_value;
}

constexpr std::array margins{
    design::Equivalence{Measure::odds_ratio, 0.4, 3.0},
    design::Equivalence{Measure::risk_difference, -0.3, 0.25},
    design::Equivalence{Measure::risk_ratio, 0.5, 1.8},
};

}  // namespace

TEST_CASE("A test of a margin and its interval agree on every table", "[exact]") {
    for (const auto& [measure, lower, upper] : margins) {
        auto plan = central_pairs_on(measure);
        plan.null = {measure, lower};
        CHECK(disagreements(judged(plan)) == 0);
        plan.direction = design::Direction::lower_is_better;
        plan.null = {measure, upper};
        CHECK(disagreements(judged(plan)) == 0);
        plan.alpha = 0.1;
        CHECK(disagreements(judged(plan)) == 0);
    }
}

TEST_CASE("A test of equivalence takes the larger one-sided P and agrees with its interval",
          "[exact]") {
    for (const auto& equivalence : margins) {
        auto plan = central_pairs_on(equivalence.measure);
        plan.equivalence = equivalence;
        plan.alpha = 0.2;
        const Judgement judgement = judged(plan);
        CHECK(disagreements(judgement) == 0);
        int wrong = 0, rejected = 0;
        for (std::size_t row = 0; row < judgement.tables().size(); ++row) {
            for (std::size_t test = 0; test < plan.tests.size(); ++test) {
                const Table2x2& table = judgement.tables()[row];
                const double at_lower =
                    p_values(plan.tests[test], table, {equivalence.measure, equivalence.lower})
                        .greater;
                const double at_upper =
                    p_values(plan.tests[test], table, {equivalence.measure, equivalence.upper})
                        .less;
                const double p = judgement.side_of_alpha(test, row);
                const bool is_missing = std::isnan(at_lower) || std::isnan(at_upper);
                const bool is_right =
                    is_missing ? std::isnan(p) : p == std::max(at_lower, at_upper);
                wrong += is_right ? 0 : 1;
                rejected += rejects(p, plan.alpha) ? 1 : 0;
            }
        }
        CHECK(wrong == 0);
        CHECK(rejected > 0);
    }
}

TEST_CASE("An interval on another scale has nothing to say about a margin", "[exact]") {
    auto plan = central_pairs_on(Measure::risk_difference);
    plan.null = {Measure::risk_ratio, 0.8};
    const Judgement judgement = judged(plan);
    for (std::size_t row = 0; row < judgement.tables().size(); ++row)
        CHECK(judgement.agreement(0, row) == Agreement::undefined);
}

TEST_CASE("The favourable side is that of the null", "[exact]") {
    design::AnalysisPlan plan;
    plan.sides = design::Sides::one;
    plan.null = {Measure::risk_difference, -0.1};
    CHECK(is_favourable({{50, 100}, {55, 100}}, plan));
    CHECK_FALSE(is_favourable({{50, 100}, {60, 100}}, plan));
    plan.null = {Measure::odds_ratio, 2};
    CHECK_FALSE(is_favourable({{2, 4}, {1, 3}}, plan));  // the odds ratio is 2
    CHECK(is_favourable({{3, 4}, {1, 3}}, plan));
    plan.null = {Measure::risk_ratio, 0.5};
    CHECK_FALSE(is_favourable({{0, 9}, {0, 9}}, plan));
    CHECK(is_favourable({{3, 9}, {5, 9}}, plan));
    plan.equivalence = design::Equivalence{Measure::risk_ratio, 0.5, 0.6};
    CHECK_FALSE(is_favourable({{3, 9}, {5, 9}}, plan));
    plan.equivalence->upper = 0.7;
    CHECK(is_favourable({{3, 9}, {5, 9}}, plan));
}

TEST_CASE("At published score limits the one-sided score P is that of the confidence",
          "[reference]") {
    // 7/34 v 1/34, R package PropCIs by the tests of statsmodels: riskscoreci and orscoreci.
    const Table2x2 table{{7, 34}, {1, 34}};
    const auto at = [&](const char* id, const design::Effect& null) {
        Setting setting{{34, 34}};
        setting.null = null;
        return prepare(Role::test, Measure::odds_ratio, {id, {}}, setting)(table).p_value;
    };
    CHECK(at("score", {Measure::risk_ratio, 1.220853}).greater == Approx(0.025).margin(1e-6));
    CHECK(at("score", {Measure::risk_ratio, 42.575718}).less == Approx(0.025).margin(1e-6));
    CHECK(at("score-n1", {Measure::odds_ratio, 1.246309}).greater == Approx(0.025).margin(5e-5));
    CHECK(at("score-n1", {Measure::odds_ratio, 56.48613}).less == Approx(0.025).margin(5e-5));
}
