#include <cstring>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include <rsasim/analysis/judgement.hpp>

namespace {

namespace design = rsasim::design;
using design::Measure;
using rsasim::analysis::Agreement;
using rsasim::analysis::Judgement;
using rsasim::analysis::Role;

std::vector<design::Table2x2> all_tables(design::ArmSizes sizes) {
    std::vector<design::Table2x2> tables;
    for (std::int64_t x = 0; x <= sizes.treated; ++x) {
        for (std::int64_t y = 0; y <= sizes.control; ++y)
            tables.push_back({{x, sizes.treated}, {y, sizes.control}});
    }
    return tables;
}

Judgement unjudged(design::AnalysisPlan plan, design::ArmSizes sizes) {
    return {std::make_shared<const design::AnalysisPlan>(std::move(plan)), all_tables(sizes)};
}

Judgement judged(design::AnalysisPlan plan, design::ArmSizes sizes) {
    Judgement judgement = unjudged(std::move(plan), sizes);
    judgement.judge(0, judgement.tables().size());
    return judgement;
}

/// A plan of one test and one interval, audited as a pair.
design::AnalysisPlan pair_plan(const char* test, Measure measure, const char* interval) {
    design::AnalysisPlan plan;
    plan.tests = {{test, {}}};
    plan.intervals = {{measure, {interval, {}}}};
    plan.pairs = {{0, 0}};
    return plan;
}

/// What the only pair of the plan says at x/4 v y/4.
Agreement agreement_of_4_v_4(const design::AnalysisPlan& plan, std::int64_t x, std::int64_t y) {
    const Judgement judgement = judged(plan, {4, 4});
    return judgement.agreement(0, judgement.row_of({{x, 4}, {y, 4}}));
}

/// The number of tables of 11 v 8 where the plan's only pair says `wanted`.
std::size_t count_tables(const design::AnalysisPlan& plan, Agreement wanted) {
    const Judgement judgement = judged(plan, {11, 8});
    std::size_t found = 0;
    for (std::size_t row = 0; row < judgement.tables().size(); ++row)
        found += judgement.agreement(0, row) == wanted ? 1 : 0;
    return found;
}

constexpr std::size_t tables_of_11_v_8 = 12 * 9;

design::AnalysisPlan many_methods() {
    design::AnalysisPlan plan;
    plan.tests = {{"pearson", {}}, {"wald", {}}, {"fisher", {}}};
    plan.intervals = {{Measure::odds_ratio, {"woolf", {}}},
                      {Measure::risk_difference, {"newcombe", {}}},
                      {Measure::odds_ratio, {"baptista-pike", {}}}};
    plan.estimators = {{Measure::odds_ratio, {"sample", {}}},
                       {Measure::risk_ratio, {"sample", {}}}};
    plan.pairs = {{1, 0}, {2, 2}};
    return plan;
}

/// Every number of a judgement, as bits.
std::vector<std::uint64_t> bits_of(const Judgement& judgement) {
    std::vector<std::uint64_t> bits;
    const auto add = [&bits](double value) {
        bits.emplace_back();
        std::memcpy(&bits.back(), &value, sizeof value);
    };
    const design::AnalysisPlan& plan = judgement.plan();
    for (std::size_t row = 0; row < judgement.tables().size(); ++row) {
        for (std::size_t i = 0; i < plan.tests.size(); ++i)
            add(judgement.side_of_alpha(i, row));
        for (std::size_t i = 0; i < plan.intervals.size(); ++i) {
            add(judgement.interval(i, row).lower);
            add(judgement.interval(i, row).upper);
        }
        for (std::size_t i = 0; i < plan.estimators.size(); ++i) {
            add(judgement.estimate(i, row));
            add(judgement.standard_error(i, row));
        }
        for (std::size_t i = 0; i < plan.pairs.size(); ++i)
            bits.push_back(static_cast<std::uint64_t>(judgement.agreement(i, row)));
    }
    return bits;
}

}  // namespace

TEST_CASE("A rejection beside an interval that covers no effect is called that", "[exact]") {
    // Pearson's chi-square is 8; Woolf is (0, inf) with a zero cell.
    const auto plan = pair_plan("pearson", Measure::odds_ratio, "woolf");
    CHECK(agreement_of_4_v_4(plan, 4, 0) == Agreement::reject_but_covers_null);
    CHECK(agreement_of_4_v_4(plan, 0, 4) == Agreement::reject_but_covers_null);
}

TEST_CASE("An acceptance beside an interval that excludes no effect is called that", "[exact]") {
    // Yates' chi-square is 8^2 8 / 240 = 2.13; Wald's interval is 0.75 -+ 0.42.
    const auto plan = pair_plan("yates", Measure::risk_difference, "wald");
    CHECK(agreement_of_4_v_4(plan, 3, 0) == Agreement::accept_but_excludes_null);
    CHECK(agreement_of_4_v_4(plan, 0, 3) == Agreement::accept_but_excludes_null);
}

TEST_CASE("Test and interval that say the same agree", "[exact]") {
    const auto plan = pair_plan("pearson", Measure::odds_ratio, "score");
    CHECK(agreement_of_4_v_4(plan, 2, 2) == Agreement::agree);  // accepted and covered
    CHECK(agreement_of_4_v_4(plan, 4, 0) == Agreement::agree);  // rejected and excluded
    CHECK(agreement_of_4_v_4(plan, 0, 0) == Agreement::agree);  // no P-value, (0, inf)
}

TEST_CASE("A pair is compared at confidence 1 - alpha, whatever confidence is reported",
          "[property]") {
    auto plan = pair_plan("pearson", Measure::odds_ratio, "score");
    plan.alpha = 0.1009;
    plan.confidence = 0.95;
    CHECK(count_tables(plan, Agreement::agree) == tables_of_11_v_8);
    const Judgement judgement = judged(plan, {11, 8});
    const auto at_95 = rsasim::analysis::prepare(Role::interval, Measure::odds_ratio, {"score", {}},
                                                 {{11, 8}, 0.95});
    bool has_telling_table = false;
    for (std::size_t row = 0; row < judgement.tables().size(); ++row) {
        const auto expected = at_95(judgement.tables()[row]).interval;
        CHECK(judgement.interval(0, row).lower == expected.lower);
        CHECK(judgement.interval(0, row).upper == expected.upper);
        const double p = judgement.side_of_alpha(0, row);
        has_telling_table = has_telling_table || (p > 0.05 && p < 0.1);
    }
    CHECK(has_telling_table);
}

TEST_CASE("A one-sided plan decides by the P-value in the favourable direction", "[property]") {
    const design::ArmSizes sizes{11, 8};
    const auto judge =
        rsasim::analysis::prepare(Role::test, Measure::odds_ratio, {"fisher-central", {}}, {sizes});
    auto plan = pair_plan("fisher-central", Measure::odds_ratio, "cornfield-exact");
    const Judgement two_sided = judged(plan, sizes);
    plan.sides = design::Sides::one;
    const Judgement higher = judged(plan, sizes);
    plan.direction = design::Direction::lower_is_better;
    const Judgement lower = judged(plan, sizes);
    for (std::size_t row = 0; row < higher.tables().size(); ++row) {
        const auto p = judge(higher.tables()[row]).p_value;
        CHECK(two_sided.side_of_alpha(0, row) == p.two_sided);
        CHECK(higher.side_of_alpha(0, row) == p.greater);
        CHECK(lower.side_of_alpha(0, row) == p.less);
    }
}

TEST_CASE("A one-sided central test agrees with the favourable limit of its interval",
          "[property]") {
    // alpha is no fraction of small integers, so that no P-value equals it.
    const std::vector<std::pair<const char*, const char*>> central{
        {"fisher-central", "cornfield-exact"}, {"pearson", "score"}, {"wald", "woolf"}};
    for (const auto& [test, interval] : central) {
        auto plan = pair_plan(test, Measure::odds_ratio, interval);
        plan.alpha = 0.0503;
        plan.sides = design::Sides::one;
        for (const auto direction :
             {design::Direction::higher_is_better, design::Direction::lower_is_better}) {
            plan.direction = direction;
            INFO(test);
            CHECK(count_tables(plan, Agreement::agree) == tables_of_11_v_8);
        }
    }
}

TEST_CASE("A one-sided audit does not look at the unfavourable limit", "[exact]") {
    // 0/4 v 4/4: the whole interval lies below 1, the one-sided test upwards accepts.
    auto plan = pair_plan("pearson", Measure::odds_ratio, "score");
    plan.sides = design::Sides::one;
    CHECK(agreement_of_4_v_4(plan, 0, 4) == Agreement::agree);
    const Judgement judgement = judged(plan, {4, 4});
    CHECK(judgement.interval(0, judgement.row_of({{0, 4}, {4, 4}})).upper < 1);
}

TEST_CASE("A one-sided audit of a pair that is not central is undefined at every table",
          "[property]") {
    auto plan = pair_plan("fisher", Measure::odds_ratio, "baptista-pike");
    CHECK(count_tables(plan, Agreement::undefined) == 0);
    plan.sides = design::Sides::one;
    CHECK(count_tables(plan, Agreement::undefined) == tables_of_11_v_8);
    // Central, but no pair that belongs together; and confidence 1 - 2 alpha that is not positive.
    plan = pair_plan("pearson", Measure::odds_ratio, "woolf");
    plan.sides = design::Sides::one;
    CHECK(count_tables(plan, Agreement::undefined) == tables_of_11_v_8);
    plan = pair_plan("pearson", Measure::odds_ratio, "score");
    plan.sides = design::Sides::one;
    plan.alpha = 0.5;
    CHECK(count_tables(plan, Agreement::undefined) == tables_of_11_v_8);
}

TEST_CASE("Judging disjoint ranges in any order gives the bits of judging all at once",
          "[property]") {
    const design::ArmSizes sizes{7, 5};
    const Judgement whole = judged(many_methods(), sizes);
    Judgement pieces = unjudged(many_methods(), sizes);
    const std::size_t rows = pieces.tables().size();
    pieces.judge(20, rows);
    pieces.judge(3, 3);
    pieces.judge(0, 1);
    pieces.judge(1, 20);
    CHECK(bits_of(pieces) == bits_of(whole));
    CHECK(bits_of(unjudged(many_methods(), sizes)) != bits_of(whole));
}

TEST_CASE("A judgement finds the row of each of its tables and of no other", "[exact]") {
    const Judgement judgement = unjudged(many_methods(), {7, 5});
    for (std::size_t row = 0; row < judgement.tables().size(); ++row)
        CHECK(judgement.row_of(judgement.tables()[row]) == row);
    CHECK_THROWS_AS(judgement.row_of({{8, 8}, {0, 5}}), std::out_of_range);
    CHECK_THROWS_AS(judgement.row_of({{0, 6}, {0, 5}}), std::out_of_range);
    const auto plan = std::make_shared<const design::AnalysisPlan>(many_methods());
    const Judgement empty(plan, {});
    CHECK_THROWS_AS(empty.row_of({{0, 7}, {0, 5}}), std::out_of_range);
}

TEST_CASE("A judgement refuses a method that the catalogue does not have", "[exact]") {
    CHECK_THROWS_AS(unjudged(pair_plan("pearsn", Measure::odds_ratio, "woolf"), {4, 4}),
                    std::invalid_argument);
    CHECK_THROWS_AS(unjudged(pair_plan("pearson", Measure::risk_ratio, "woolf"), {4, 4}),
                    std::invalid_argument);
}
