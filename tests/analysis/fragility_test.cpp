#include "judging.hpp"

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/fragility.hpp>

namespace {

using namespace rsasim::analysis;
using judging::for_each_table;
using judging::Table2x2;

Verdict rejects_at_5_percent(const std::string& id, const rsasim::design::ArmSizes& sizes) {
    const Judge judge = prepare(Role::test, rsasim::design::Measure::odds_ratio, {id, {}}, {sizes});
    return [judge](const Table2x2& table) { return rejects(judge(table).p_value.two_sided, 0.05); };
}

std::optional<std::int64_t> index_of(const std::string& id, const Table2x2& table) {
    return fragility_index(table, rejects_at_5_percent(id, {table.treated.n, table.control.n}));
}

}  // namespace

TEST_CASE("Published fragility indices of Fisher's test are reproduced", "[reference]") {
    // The two trials that open Walsh et al. 2014, doi:10.1016/j.jclinepi.2013.10.019.
    CHECK(index_of("fisher", {{1, 100}, {9, 100}}) == 1);
    CHECK(index_of("fisher", {{200, 4000}, {250, 4000}}) == 9);
    // The worked example of the R package fragilityindex 0.1.0: P 0.0406 and then 0.0784.
    CHECK(index_of("fisher", {{15, 40}, {6, 40}}) == 1);
}

TEST_CASE("Fragility indices of Fisher's test are those of whole-number arithmetic",
          "[reference]") {
    // P-values from binomial coefficients as Python's unbounded integers.
    CHECK(index_of("fisher", {{60, 75}, {47, 74}}) == 2);
    CHECK(index_of("fisher", {{3, 50}, {12, 50}}) == 1);
    CHECK(index_of("fisher", {{20, 100}, {35, 100}}) == 2);
    CHECK(index_of("fisher", {{15, 40}, {5, 40}}) == 2);
    CHECK(index_of("fisher", {{0, 10}, {5, 10}}) == 1);
    CHECK(index_of("fisher", {{30, 200}, {30, 60}}) == 41);  // as many events, more women
}

TEST_CASE("A trial that is not significant has no fragility index", "[exact]") {
    CHECK_FALSE(index_of("fisher", {{10, 20}, {11, 20}}));
    CHECK_FALSE(index_of("wald", {{10, 20}, {0, 20}}));  // no P-value at all
}

TEST_CASE("Where the arm with fewer events has the higher rate an index may not exist",
          "[reference]") {
    CHECK_FALSE(index_of("fisher", {{8, 8}, {40, 100}}));
    CHECK_FALSE(index_of("fisher", {{9, 10}, {50, 100}}));
    CHECK_FALSE(index_of("fisher", {{40, 60}, {100, 210}}));
}

TEST_CASE("The arm to change has fewer events, or else the lower rate, or else is control",
          "[exact]") {
    CHECK(arm_to_change({{3, 10}, {4, 10}}) == Arm::treated);
    CHECK(arm_to_change({{4, 10}, {3, 10}}) == Arm::control);
    CHECK(arm_to_change({{3, 11}, {3, 10}}) == Arm::treated);
    CHECK(arm_to_change({{3, 10}, {3, 11}}) == Arm::control);
    CHECK(arm_to_change({{3, 10}, {3, 10}}) == Arm::control);
}

TEST_CASE("A woman more with the event leaves the sizes of the arms alone", "[exact]") {
    CHECK(with_one_more_event({{3, 4}, {1, 5}}, Arm::treated) == Table2x2{{4, 4}, {1, 5}});
    CHECK(with_one_more_event({{3, 4}, {1, 5}}, Arm::control) == Table2x2{{3, 4}, {2, 5}});
    CHECK_FALSE(with_one_more_event({{4, 4}, {1, 5}}, Arm::treated));
}

TEST_CASE("Swapping the arms does not change a fragility index", "[property]") {
    for (const auto* id : {"fisher", "pearson", "fisher-midp"}) {
        for_each_table(13, 9, [&](const Table2x2& table) {
            INFO(id << " " << judging::describe(table));
            CHECK(index_of(id, table) == index_of(id, rsasim::design::with_arms_swapped(table)));
        });
    }
}
