#include "union_of_tables.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include <rsasim/engine/judge_tables.hpp>

using namespace rsasim;
using design::Table2x2;
using Tables = std::vector<Table2x2>;

namespace {

std::shared_ptr<const design::AnalysisPlan> plan_with_alpha(double alpha) {
    design::AnalysisPlan plan;
    plan.alpha = alpha;
    plan.tests = {{"pearson", {}}, {"fisher", {}}};
    plan.intervals = {{design::Measure::odds_ratio, {"woolf", {}}}};
    plan.estimators = {{design::Measure::odds_ratio, {"sample", {}}}};
    plan.pairs = {{0, 0}};
    return std::make_shared<const design::AnalysisPlan>(plan);
}

Tables tables_between(design::ArmSizes sizes, std::int64_t first, std::int64_t last) {
    Tables tables;
    for (std::int64_t x = first; x <= last; ++x) {
        for (std::int64_t y = 0; y <= sizes.control; ++y) {
            tables.push_back({{x, sizes.treated}, {y, sizes.control}});
        }
    }
    return tables;
}

bool is_same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

}  // namespace

TEST_CASE("No cells give no judgements, and no tables an empty one", "[exact]") {
    CHECK(engine::judge_tables({}, 2).empty());
    const design::Design design({5, 5}, {0.5, 0.5}, plan_with_alpha(0.05));
    const std::vector<engine::TablesOfCell> cells{{&design, {}}, {&design, {}}};
    const auto judgements = engine::judge_tables(cells, 2);
    REQUIRE(judgements.size() == 2);
    CHECK(judgements[0]->tables().empty());
}

TEST_CASE("Cells share a judgement exactly where arm sizes and plan are equal", "[threads]") {
    const design::Design first({9, 8}, {0.5, 0.5}, plan_with_alpha(0.05));
    const design::Design other_rates({9, 8}, {0.7, 0.2}, plan_with_alpha(0.05));
    const design::Design other_alpha({9, 8}, {0.5, 0.5}, plan_with_alpha(0.01));
    const design::Design other_sizes({8, 9}, {0.5, 0.5}, plan_with_alpha(0.05));
    const std::vector<engine::TablesOfCell> cells{
        {&first, tables_between({9, 8}, 0, 5)},
        {&other_alpha, tables_between({9, 8}, 2, 3)},
        {&other_rates, tables_between({9, 8}, 3, 9)},
        {&other_sizes, tables_between({8, 9}, 0, 8)},
    };
    for (const unsigned threads : {1, 2, 3, 7}) {
        const auto judgements = engine::judge_tables(cells, threads);
        REQUIRE(judgements.size() == 4);
        CHECK(judgements[0] == judgements[2]);
        CHECK(judgements[0] != judgements[1]);
        CHECK(judgements[0] != judgements[3]);
        CHECK(judgements[0]->tables() == tables_between({9, 8}, 0, 9));
        CHECK(judgements[1]->tables() == tables_between({9, 8}, 2, 3));
        CHECK(judgements[1]->plan().alpha == 0.01);
    }
}

TEST_CASE("Tables judged in parallel have the findings of tables judged in turn", "[threads]") {
    const design::Design design({30, 20}, {0.5, 0.5}, plan_with_alpha(0.05));
    const Tables tables = tables_between({30, 20}, 0, 30);
    const std::vector<engine::TablesOfCell> cells{{&design, tables}};
    analysis::Judgement in_turn(plan_with_alpha(0.05), tables);
    in_turn.judge(0, tables.size());
    for (const unsigned threads : {1, 2, 3, 7}) {
        const auto judgement = engine::judge_tables(cells, threads)[0];
        for (std::size_t row = 0; row < tables.size(); ++row) {
            REQUIRE(is_same(judgement->side_of_alpha(0, row), in_turn.side_of_alpha(0, row)));
            REQUIRE(is_same(judgement->side_of_alpha(1, row), in_turn.side_of_alpha(1, row)));
            REQUIRE(is_same(judgement->interval(0, row).lower, in_turn.interval(0, row).lower));
            REQUIRE(is_same(judgement->estimate(0, row), in_turn.estimate(0, row)));
            REQUIRE(judgement->agreement(0, row) == in_turn.agreement(0, row));
        }
    }
}

TEST_CASE("The union of tables is sorted and holds each table once, small arms or large",
          "[property]") {
    std::mt19937 random(3);
    for (const std::int64_t n : {1, 20, 100'000'000}) {
        std::uniform_int_distribution<std::int64_t> events(0, n);
        std::vector<Tables> lists(5);
        std::set<Table2x2> expected;
        for (std::size_t i = 0; i < lists.size(); ++i) {
            for (int j = 0; j < 50 * static_cast<int>(i); ++j) {
                lists[i].push_back({{events(random), n}, {events(random), n}});
            }
            std::sort(lists[i].begin(), lists[i].end());
            lists[i].erase(std::unique(lists[i].begin(), lists[i].end()), lists[i].end());
            expected.insert(lists[i].begin(), lists[i].end());
        }
        std::vector<const Tables*> pointers;
        for (const Tables& list : lists) {
            pointers.push_back(&list);
        }
        CHECK(engine::union_of_tables(pointers) == Tables(expected.begin(), expected.end()));
    }
}
