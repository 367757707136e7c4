#include "boundary.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <rsasim/engine/judge_tables.hpp>

namespace rsasim::commands {
namespace {

/// The tests of a plan alone: nothing else is needed here.
std::shared_ptr<const design::AnalysisPlan> tests_of(const design::AnalysisPlan& plan) {
    design::AnalysisPlan tests = plan;
    tests.intervals.clear();
    tests.estimators.clear();
    tests.pairs.clear();
    return std::make_shared<const design::AnalysisPlan>(std::move(tests));
}

std::vector<design::Table2x2> all_tables(const design::ArmSizes& sizes, std::int64_t most_tables) {
    if ((sizes.treated + 1) > most_tables / (sizes.control + 1)) {
        throw scenario::InputErrors({fmt::format(
            "exact --boundary: {} v {} women make more than the {} tables that are judged. Choose "
            "smaller arms.",
            sizes.treated, sizes.control, most_tables)});
    }
    std::vector<design::Table2x2> tables;
    for (std::int64_t x = 0; x <= sizes.treated; ++x) {
        for (std::int64_t y = 0; y <= sizes.control; ++y)
            tables.push_back({{x, sizes.treated}, {y, sizes.control}});
    }
    return tables;
}

files::BoundaryOfDesign boundary_of(const design::Design& design,
                                    const analysis::Judgement& judgement) {
    files::BoundaryOfDesign boundary{
        design.sizes(), std::make_shared<const design::AnalysisPlan>(design.analysis()), {}};
    for (std::size_t test = 0; test < design.analysis().tests.size(); ++test) {
        boundary.regions.push_back(
            analysis::rejection_region(design.sizes(), [&](const design::Table2x2& table) {
                return judgement.rejects(test, judgement.row_of(table));
            }));
    }
    return boundary;
}

}  // namespace

std::vector<files::BoundaryOfDesign> boundaries_of(const scenario::Scenario& scenario,
                                                   std::int64_t most_tables, unsigned threads) {
    std::vector<design::Design> designs;
    for (const auto& cell : scenario.grid.cells) {
        const design::Design one(cell.design.sizes(), cell.design.rates(),
                                 tests_of(cell.design.analysis()));
        const bool is_known = std::ranges::any_of(designs, [&](const design::Design& known) {
            return known.sizes() == one.sizes() && known.analysis() == one.analysis();
        });
        if (!is_known) designs.push_back(one);
    }
    std::vector<files::BoundaryOfDesign> boundaries;
    for (const auto& design : designs) {
        const engine::TablesOfCell tables{&design, all_tables(design.sizes(), most_tables)};
        const auto judgements = engine::judge_tables(std::span(&tables, 1), threads);
        boundaries.push_back(boundary_of(design, *judgements.front()));
    }
    return boundaries;
}

}  // namespace rsasim::commands
