// Speed of exact answers. Prints "task <tab> seconds <tab> limit or peer's seconds", medians over
// several runs; the last rows are a curve over the size of the arms, with the seconds per table and
// woman of an arm.

#include "harness.hpp"

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/engine/enumerate.hpp>
#include <rsasim/engine/judge_tables.hpp>
#include <rsasim/engine/parallel.hpp>
#include <rsasim/planning/certified.hpp>
#include <rsasim/summary/cell_summary.hpp>

using namespace rsasim;

namespace {

constexpr design::Rates rates{0.80, 0.6351};

design::AnalysisPlan plan_of_test(const std::string& id) {
    design::AnalysisPlan plan;
    plan.tests = {{id, {}}};
    return plan;
}

/// All tests, intervals, estimates and standard pairs; the costly intervals where they are wanted.
design::AnalysisPlan whole_catalogue(bool are_costly_wanted) {
    design::AnalysisPlan plan;
    for (const auto& row : analysis::catalogue()) {
        if (row.is_costly && !are_costly_wanted) continue;
        const design::MethodChoice method{std::string(row.id), {}};
        if (row.role == analysis::Role::test) plan.tests.push_back(method);
        if (row.role == analysis::Role::interval) plan.intervals.push_back({row.measure, method});
        if (row.role == analysis::Role::estimate) plan.estimators.push_back({row.measure, method});
    }
    for (const auto& pair : analysis::standard_pairs()) {
        for (std::size_t test = 0; test < plan.tests.size(); ++test) {
            for (std::size_t interval = 0; interval < plan.intervals.size(); ++interval) {
                const auto& choice = plan.intervals[interval];
                const bool is_pair = plan.tests[test].id == pair.test &&
                                     choice.measure == pair.measure &&
                                     choice.method.id == pair.interval;
                if (is_pair) plan.pairs.push_back({test, interval});
            }
        }
    }
    return plan;
}

design::Design design_of(std::int64_t treated, std::int64_t control,
                         const design::AnalysisPlan& plan) {
    return {{treated, control}, rates, std::make_shared<const design::AnalysisPlan>(plan)};
}

/// What `exact` computes for one design.
void enumerate_and_judge(const design::Design& design) {
    const auto enumeration = engine::enumerate(design);
    engine::TablesOfCell cell{&design, {}};
    for (const auto& row : enumeration.tables)
        cell.tables.push_back(row.table());
    const auto judgements = engine::judge_tables({&cell, 1}, engine::available_threads());
    summary::summarise(design, enumeration.tables, *judgements.front());
}

double seconds_of(int runs, const design::Design& design) {
    return bench::median_cost(runs, [&] { enumerate_and_judge(design); }).wall_seconds;
}

void print_row(const std::string& task, double seconds, double other) {
    fmt::print("{}\t{:.4g}\t{:g}\n", task, seconds, other);
}

/// R's Exact 3.3 took these seconds for the power of the same designs.
void exact_power_against_r() {
    print_row("power of boschloo, 500 v 500 (R Exact)",
              seconds_of(5, design_of(500, 500, plan_of_test("boschloo"))), 20.3);
    print_row("power of boschloo, 200 v 200 (R Exact)",
              seconds_of(9, design_of(200, 200, plan_of_test("boschloo"))), 1.5);
    print_row("power of z-pooled-exact, 200 v 200 (R Exact)",
              seconds_of(9, design_of(200, 200, plan_of_test("z-pooled-exact"))), 0.79);
}

void whole_catalogue_against_limits() {
    print_row("whole catalogue, 75 v 74 (limit)",
              seconds_of(5, design_of(75, 74, whole_catalogue(false))), 2);
    print_row("with unconditional intervals, 75 v 74 (limit)",
              seconds_of(1, design_of(75, 74, whole_catalogue(true))), 60);
    print_row("whole catalogue, 200 v 200 (limit)",
              seconds_of(3, design_of(200, 200, whole_catalogue(false))), 20);
}

void sizes_against_limits() {
    const unsigned threads = engine::available_threads();
    for (const auto& [test, limit] :
         {std::pair{"pearson", 0.1}, std::pair{"fisher", 0.1}, std::pair{"boschloo", 1.0},
          std::pair{"z-pooled-exact", 1.0}}) {
        const auto design = design_of(75, 74, plan_of_test(test));
        const auto cost =
            bench::median_cost(5, [&] { planning::size_of_test(design, 0, {}, 1e-6, threads); });
        print_row(fmt::format("certified size of {}, 75 v 74 (limit)", test), cost.wall_seconds,
                  limit);
    }
}

void curve_over_arms() {
    const auto plan = whole_catalogue(false);
    for (const std::int64_t arm : {25, 50, 100, 200, 400, 800}) {
        const auto design = design_of(arm, arm, plan);
        const double seconds = seconds_of(1, design);
        const auto tables = static_cast<double>((arm + 1) * (arm + 1));
        fmt::print("# whole catalogue, {} v {}: seconds per table and woman of an arm\t{:.3g}\n",
                   arm, arm, seconds / tables / static_cast<double>(arm));
        print_row(fmt::format("whole catalogue, {} v {}", arm, arm), seconds, 0);
    }
}

}  // namespace

int main() {
    exact_power_against_r();
    whole_catalogue_against_limits();
    sizes_against_limits();
    curve_over_arms();
    return 0;
}
