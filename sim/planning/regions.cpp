#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include <rsasim/analysis/deciding_test.hpp>
#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/judgement.hpp>
#include <rsasim/engine/judge_tables.hpp>
#include <rsasim/engine/parallel.hpp>
#include <rsasim/planning/regions.hpp>

namespace rsasim::planning {

namespace {

using analysis::Region;
using analysis::TableGrid;

constexpr std::size_t tables_per_piece = 16;

/// Every table of the design judged by its plan.
std::shared_ptr<const analysis::Judgement> judge_all(const design::Design& design,
                                                     unsigned threads) {
    const TableGrid grid(design.sizes());
    engine::TablesOfCell cell{&design, {}};
    cell.tables.reserve(grid.size());
    for (std::size_t i = 0; i < grid.size(); ++i) {
        cell.tables.push_back(grid.table(i));
    }
    return engine::judge_tables({&cell, 1}, threads).front();
}

/// The design with one method of its plan alone.
design::Design with_plan(const design::Design& design, design::AnalysisPlan plan) {
    plan.estimators.clear();
    plan.pairs.clear();
    return {design.sizes(), design.rates(),
            std::make_shared<const design::AnalysisPlan>(std::move(plan))};
}

design::Design with_one_test(const design::Design& design, std::size_t test) {
    design::AnalysisPlan plan = design.analysis();
    plan.tests = {plan.tests.at(test)};
    plan.intervals.clear();
    return with_plan(design, std::move(plan));
}

design::Design with_one_interval(const design::Design& design, std::size_t interval) {
    design::AnalysisPlan plan = design.analysis();
    plan.intervals = {plan.intervals.at(interval)};
    plan.tests.clear();
    return with_plan(design, std::move(plan));
}

}  // namespace

Region rejection_region(const design::Design& design, std::size_t test, unsigned threads) {
    const auto judgement = judge_all(with_one_test(design, test), threads);
    Region region(judgement->tables().size());
    for (std::size_t i = 0; i < region.size(); ++i) {
        region[i] = judgement->rejects(0, i) ? 1 : 0;
    }
    return region;
}

Region miss_region(const design::Design& design, std::size_t interval, const design::Effect& effect,
                   unsigned threads) {
    const auto judgement = judge_all(with_one_interval(design, interval), threads);
    Region region(judgement->tables().size());
    for (std::size_t i = 0; i < region.size(); ++i) {
        const auto position = analysis::position_of(judgement->interval(0, i), effect.value);
        region[i] = position == analysis::Position::covers ? 0 : 1;
    }
    return region;
}

std::vector<double> all_p_values(const design::Design& design, std::size_t test, unsigned threads) {
    const TableGrid grid(design.sizes());
    const analysis::DecidingTest judge(design.analysis(), test, design.sizes(),
                                       analysis::Wanted::p_value);
    std::vector<double> p_values(grid.size());
    engine::for_each_range(grid.size(), tables_per_piece, threads,
                           [&](std::size_t first, std::size_t last) {
                               for (std::size_t i = first; i < last; ++i) {
                                   const double p = judge(grid.table(i));
                                   p_values[i] = std::isnan(p) ? analysis::infinity : p;
                               }
                           });
    return p_values;
}

Region complement(const Region& region) {
    Region others(region.size());
    std::ranges::transform(region, others.begin(), [](double member) { return 1 - member; });
    return others;
}

bool is_monotone(const TableGrid& grid, const Region& region, analysis::Tail tail) {
    const std::size_t length = grid.row_length();
    const bool is_greater = tail == analysis::Tail::greater;
    for (std::size_t i = 0; i < region.size(); ++i) {
        const bool has_next_row = i + length < region.size(), has_next = (i + 1) % length != 0;
        // Down a row the treated arm has one event more, along a row the control arm.
        const double by_row = has_next_row ? region[i + length] - region[i] : 0;
        const double by_column = has_next ? region[i + 1] - region[i] : 0;
        if (is_greater ? by_row < 0 || by_column > 0 : by_row > 0 || by_column < 0) return false;
    }
    return true;
}

}  // namespace rsasim::planning
