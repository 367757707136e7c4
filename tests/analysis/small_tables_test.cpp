#include "finding_rules.hpp"
#include "judging.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <catch2/catch.hpp>
#include <support/effort.hpp>

namespace {

namespace analysis = rsasim::analysis;
using judging::Finding;
using judging::Measure;
using judging::MethodRow;
using judging::Role;
using judging::Table2x2;

const std::int64_t largest_arm = rsasim::test::largest_small_arm();

/// Root finding leaves limits equal to about 1e-11; a different path of computation adds to that.
constexpr double swap_tolerance = 1e-8;

bool is_close(double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
    if (std::isinf(a) || std::isinf(b)) return a == b;
    return std::abs(a - b) <= swap_tolerance * std::max(std::abs(a), std::abs(b)) + 1e-14;
}

/// The effect seen from the other side: 1/x for ratios, -x for differences.
double reversed(Measure measure, double effect) {
    return rsasim::design::is_ratio(measure) ? 1 / effect : -effect;
}

bool mirrors(const MethodRow& row, const Finding& here, const Finding& there) {
    if (here.status != there.status) return false;
    switch (row.role) {
        case Role::test:
            return is_close(here.p_value.two_sided, there.p_value.two_sided) &&
                   is_close(here.p_value.greater, there.p_value.less) &&
                   is_close(here.p_value.less, there.p_value.greater);
        case Role::interval:
            return is_close(here.interval.lower, reversed(row.measure, there.interval.upper)) &&
                   is_close(here.interval.upper, reversed(row.measure, there.interval.lower));
        default:
            return is_close(here.estimate, reversed(row.measure, there.estimate)) &&
                   is_close(here.standard_error, there.standard_error);
    }
}

/// What a method says about every table of every design up to 12 v 12.
class SmallTables {
  public:
    explicit SmallTables(const MethodRow& row) {
        for (std::int64_t n1 = 1; n1 <= largest_arm; ++n1) {
            for (std::int64_t n0 = 1; n0 <= largest_arm; ++n0) {
                const auto judge = judging::prepare(row, {n1, n0});
                judging::for_each_table(
                    n1, n0, [&](const Table2x2& table) { findings_.emplace(table, judge(table)); });
            }
        }
    }
    [[nodiscard]] const std::map<Table2x2, Finding>& all() const { return findings_; }
    [[nodiscard]] const Finding& at(const Table2x2& table) const { return findings_.at(table); }

  private:
    std::map<Table2x2, Finding> findings_;
};

/// Calls `action(row, tables, table)` for every row and every table; complains with what it
/// returns.
template <class Action>
void walk(Action&& action) {
    for (const MethodRow& row : analysis::catalogue()) {
        const SmallTables tables(row);
        for (const auto& [table, finding] : tables.all()) {
            const std::string complaint = action(row, tables, table);
            if (complaint.empty()) continue;
            FAIL_CHECK(judging::describe(row)
                       << " at " << judging::describe(table) << ": " << complaint);
        }
    }
}

}  // namespace

TEST_CASE("Every finding on every small table stays within its scale and status", "[property]") {
    walk([](const MethodRow& row, const SmallTables& tables, const Table2x2& table) {
        return finding_rules::complaint(row, tables.at(table));
    });
}

TEST_CASE("Swapping the arms reverses every finding on every small table", "[property]") {
    walk([](const MethodRow& row, const SmallTables& tables, const Table2x2& table) -> std::string {
        const Finding& there = tables.at(rsasim::design::with_arms_swapped(table));
        return mirrors(row, tables.at(table), there) ? "" : "swapping the arms changes the finding";
    });
}

TEST_CASE("Swapping event and non-event reverses odds ratios and differences", "[property]") {
    walk([](const MethodRow& row, const SmallTables& tables, const Table2x2& table) -> std::string {
        // A risk ratio of non-events is another quantity; variance recovery on the odds is known
        // not to have this symmetry.
        if (row.measure == Measure::risk_ratio || row.id == "mover-wilson") return "";
        const Finding& there = tables.at(rsasim::design::with_outcomes_swapped(table));
        return mirrors(row, tables.at(table), there) ? ""
                                                     : "swapping the outcomes changes the finding";
    });
}

TEST_CASE("Intervals that are built around an estimate contain it", "[property]") {
    using enum Measure;
    const std::array<std::pair<Measure, std::string>, 21> centred{{
        {odds_ratio, "woolf"},
        {odds_ratio, "inverse-sinh"},
        {odds_ratio, "score"},
        {odds_ratio, "miettinen-nurminen"},
        {odds_ratio, "scas"},
        {odds_ratio, "profile-likelihood"},
        {odds_ratio, "mover-wilson"},
        {risk_difference, "wald"},
        {risk_difference, "wald-cc"},
        {risk_difference, "newcombe"},
        {risk_difference, "score"},
        {risk_difference, "miettinen-nurminen"},
        {risk_difference, "scas"},
        {risk_ratio, "katz"},
        {risk_ratio, "score"},
        {risk_ratio, "miettinen-nurminen"},
        {risk_ratio, "scas"},
        {risk_ratio, "inverse-sinh"},
        {risk_ratio, "inverse-sinh-adjusted"},
        {risk_ratio, "mover-wilson"},
        {odds_ratio, "gart"},
    }};
    for (const auto& [measure, id] : centred) {
        const std::string estimator = id == "gart" ? "gart" : "sample";
        for (std::int64_t n1 = 1; n1 <= largest_arm; ++n1) {
            judging::for_each_table(n1, 7, [&, m = measure, name = id](const Table2x2& table) {
                const double estimate = judging::estimate(m, estimator, table).estimate;
                const auto limits = judging::interval(m, name, table).interval;
                const double slack = 1e-14 * std::max(1.0, std::abs(estimate));
                if (estimate < limits.lower - slack || estimate > limits.upper + slack) {
                    FAIL_CHECK(name << " at " << judging::describe(table) << ": " << estimate
                                    << " is not in " << limits.lower << " to " << limits.upper);
                }
            });
        }
    }
}

TEST_CASE("More confidence never gives a narrower interval", "[property]") {
    for (const MethodRow& row : analysis::catalogue()) {
        if (row.role != Role::interval) continue;
        const rsasim::design::ArmSizes sizes{9, 12};
        const auto narrow = judging::prepare(row, sizes, 0.8);
        const auto usual = judging::prepare(row, sizes, 0.95);
        const auto wide = judging::prepare(row, sizes, 0.999);
        judging::for_each_table(9, 12, [&](const Table2x2& table) {
            const auto a = narrow(table).interval, b = usual(table).interval,
                       c = wide(table).interval;
            const auto holds = [](const auto& outer, const auto& inner) {
                constexpr double slack = 1e-9;
                return outer.lower <= inner.lower * (1 + (inner.lower < 0 ? -slack : slack)) &&
                       outer.upper >= inner.upper * (1 - (inner.upper < 0 ? -slack : slack));
            };
            if (!holds(b, a) || !holds(c, b)) {
                FAIL_CHECK(judging::describe(row) << " at " << judging::describe(table));
            }
        });
    }
}

TEST_CASE("One more treated event never lowers a limit of an interval that inverts a test",
          "[property]") {
    constexpr std::array<std::string_view, 10> inverted{"score",
                                                        "miettinen-nurminen",
                                                        "scas",
                                                        "profile-likelihood",
                                                        "cornfield-exact",
                                                        "cornfield-midp",
                                                        "baptista-pike",
                                                        "baptista-pike-midp",
                                                        "blaker",
                                                        "beta"};
    for (const MethodRow& row : analysis::catalogue()) {
        if (row.role != Role::interval) continue;
        if (std::ranges::find(inverted, row.id) == inverted.end()) continue;
        const auto judge = judging::prepare(row, {9, 12});
        judging::for_each_table(9, 12, [&](const Table2x2& table) {
            Table2x2 more = table;
            if (++more.treated.events > more.treated.n) return;
            if (table.has_empty_margin() || more.has_empty_margin()) return;
            const auto here = judge(table).interval, there = judge(more).interval;
            constexpr double slack = 1e-9;
            if (there.lower < here.lower - slack * std::abs(here.lower) ||
                there.upper < here.upper - slack * std::abs(there.upper)) {
                FAIL_CHECK(judging::describe(row) << " at " << judging::describe(table));
            }
        });
    }
}
