#include "judging.hpp"

#include <set>

#include <catch2/catch.hpp>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/rejection_region.hpp>

namespace {

using namespace rsasim::analysis;
using rsasim::design::ArmSizes;
using rsasim::design::Table2x2;

RejectionRegion region_of(const std::string& id, const ArmSizes& sizes, Tail tail) {
    const Judge judge = prepare(Role::test, rsasim::design::Measure::odds_ratio, {id, {}}, {sizes});
    return rejection_region(
        sizes, [&](const Table2x2& table) { return rejects(judge(table).p_value.of(tail), 0.05); });
}

/// A region of 2 v 1 women from its tables (treated events, control events).
RejectionRegion region_with(const std::set<std::pair<std::int64_t, std::int64_t>>& tables) {
    return rejection_region({2, 1}, [&](const Table2x2& table) {
        return tables.count({table.treated.events, table.control.events}) > 0;
    });
}

}  // namespace

TEST_CASE("Fisher's test of 5 v 5 has the boundary found by hand", "[exact]") {
    // Two-sided P: 2/252 for 5 v 0, 10/210 = 0.0476 for 5 v 1 and 4 v 0, 52/252 for 4 v 1, 20/120
    // for 5 v 2 and 3 v 0.
    const auto region = region_of("fisher", {5, 5}, Tail::two_sided);
    REQUIRE(region.rows.size() == 6);
    CHECK(region.is_monotone);
    CHECK(region.rows[0].at_least == 4);
    CHECK_FALSE(region.rows[0].at_most);
    CHECK(region.rows[1].at_least == 5);
    CHECK(region.rows[2].rejecting.empty());
    CHECK(region.rows[3].rejecting.empty());
    CHECK(region.rows[4].at_most == 0);
    CHECK(region.rows[5].at_most == 1);
    CHECK(region.rows[5].rejecting == std::vector<EventRange>{{0, 1}});
}

TEST_CASE("A one-sided test has a boundary on its side alone", "[exact]") {
    // Half of the two-sided P: these margins are symmetric.
    const auto region = region_of("fisher", {5, 5}, Tail::greater);
    CHECK(region.rows[0].at_least == 4);
    CHECK(region.rows[1].at_least == 5);
    for (const auto& row : region.rows)
        CHECK_FALSE(row.at_most);
}

TEST_CASE("A test without P-values at the edge has no boundary and is said to have none",
          "[exact]") {
    // Wald's test has no P-value with a zero cell, so it does not reject at 20 of 20 events.
    const auto region = region_of("wald", {20, 20}, Tail::two_sided);
    CHECK_FALSE(region.is_monotone);
    const auto& row = region.rows[5];
    CHECK_FALSE(row.is_bounded_so);
    CHECK_FALSE(row.at_least);
    REQUIRE(row.rejecting.size() == 1);
    CHECK(row.rejecting[0].last == 19);
}

TEST_CASE("Holes and steps back make a region that is not monotone", "[exact]") {
    CHECK(region_with({{2, 0}}).is_monotone);
    CHECK(region_with({{0, 1}}).is_monotone);
    CHECK_FALSE(region_with({{1, 0}}).is_monotone);  // a hole at 2 v 0
    CHECK_FALSE(region_with({{2, 1}}).is_monotone);  // 2 v 0 is more extreme
    CHECK_FALSE(region_with({{0, 0}}).is_monotone);  // 0 v 1 is more extreme
    const auto both = region_with({{2, 0}, {0, 0}, {0, 1}});
    CHECK(both.rows[0].at_least == 2);
    CHECK(both.rows[0].at_most == 0);
    CHECK(region_with({{0, 0}, {1, 0}, {2, 0}}).rows[0].at_least == 0);
}
