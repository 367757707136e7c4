#include "assemble.hpp"

#include "patient_cells.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <rsasim/engine/judge_tables.hpp>
#include <rsasim/engine/parallel.hpp>
#include <rsasim/random/stream_key.hpp>
#include <rsasim/summary/summariser.hpp>

namespace rsasim::commands {
namespace {

using TableList = decltype(summary::CellResults::tables);

/// Titles, axes and labels: what does not depend on how the tables were found.
summary::Results describe(const scenario::Scenario& scenario, summary::Engine engine) {
    summary::Results results;
    results.title = scenario.title;
    results.outcome = scenario.outcome;
    results.engine = engine;
    results.seed = scenario.seed;
    results.rng = random::scheme_name;
    results.common_random_numbers = scenario.common_random_numbers;
    results.scenario_sha256 = scenario.sha256;
    results.axes = scenario.grid.axes;

    const design::Design& first = scenario.grid.cells.front().design;
    const design::AnalysisPlan& plan = first.analysis();
    results.direction = plan.direction;
    for (const design::Cell& cell : scenario.grid.cells) {
        const auto measure = cell.design.analysis().margin_measure();
        if (!measure) continue;
        results.null_kind =
            plan.equivalence ? summary::NullKind::equivalence : summary::NullKind::margin;
        results.null_measure = *measure;
        break;
    }
    for (const auto& test : plan.tests)
        results.tests.push_back(test.label());
    for (const auto& interval : plan.intervals)
        results.intervals.push_back(interval.label());
    for (const auto& estimator : plan.estimators)
        results.estimators.push_back(estimator.label());
    for (const auto& pair : plan.pairs) {
        results.pairs.push_back(results.tests[pair.test] + "|" + results.intervals[pair.interval]);
    }
    if (first.patients() != nullptr) label_patients(scenario.grid, results);
    for (std::size_t a = 0; a < results.tests.size(); ++a) {
        for (std::size_t b = a + 1; b < results.tests.size(); ++b) {
            results.test_pairs.push_back(results.tests[a] + "|" + results.tests[b]);
        }
    }
    return results;
}

std::vector<design::Table2x2> distinct_tables(const TableList& tables) {
    return std::visit(
        [](const auto& rows) {
            std::vector<design::Table2x2> list;
            list.reserve(rows.size());
            for (const auto& row : rows)
                list.push_back(row.table());
            std::ranges::sort(list);
            return list;
        },
        tables);
}

using JudgementPointer = std::shared_ptr<const analysis::Judgement>;

/// One summariser per distinct judgement; cell i uses number `of_cell[i]`.
struct Summarisers {
    std::vector<std::optional<summary::Summariser>> all;
    std::vector<JudgementPointer> judgements;
    std::vector<std::size_t> of_cell;

    [[nodiscard]] const analysis::Judgement& judgement_of(std::size_t cell) const {
        return *judgements[cell];
    }

    Summarisers(std::vector<JudgementPointer> found, unsigned threads)
        : judgements(std::move(found)) {
        std::map<const analysis::Judgement*, std::size_t> known;
        std::vector<JudgementPointer> distinct;
        for (const auto& judgement : judgements) {
            const auto [place, is_new] = known.emplace(judgement.get(), distinct.size());
            if (is_new) distinct.push_back(judgement);
            of_cell.push_back(place->second);
        }
        all.resize(distinct.size());
        engine::for_each_range(all.size(), 1, threads, [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i)
                all[i].emplace(distinct[i]);
        });
    }
};

/// True where the cell's trials were tallied one by one, so that there is no table to judge.
bool has_no_tables(const design::Design& design, const summary::Results& results) {
    return results.engine == summary::Engine::simulation && design.is_tallied_one_by_one();
}

/// The methods of the table, from the cell's tables, and what the tally holds.
void summarise_cell(const design::Design& design, const summary::Summariser& summariser,
                    const analysis::Judgement& judgement, summary::CellResults& cell) {
    cell.summary = std::visit([&](const auto& rows) { return summariser.summarise(design, rows); },
                              cell.tables);
    if (design.patients() != nullptr) summarise_patients(design, judgement, cell);
}

/// Fills the cells' summaries from their tables and tallies.
void summarise_cells(const scenario::Scenario& scenario, summary::Results& results,
                     unsigned threads) {
    std::vector<summary::CellResults>& cells = results.cells;
    const bool has_control = !results.controlled.empty();
    std::vector<engine::TablesOfCell> to_judge(cells.size());
    engine::for_each_range(cells.size(), 1, threads, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            to_judge[i] = {&scenario.grid.cells[i].design, distinct_tables(cells[i].tables)};
        }
    });
    const Summarisers summarisers(engine::judge_tables(to_judge, threads), threads);
    engine::for_each_range(cells.size(), 1, threads, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            const design::Design& design = *to_judge[i].design;
            if (has_no_tables(design, results)) {
                summarise_tallied(design, cells[i]);
                cells[i].summary.controlled.resize(results.controlled.size());
                continue;
            }
            const auto& judgement = summarisers.judgement_of(i);
            summarise_cell(design, *summarisers.all[summarisers.of_cell[i]], judgement, cells[i]);
            if (has_control) add_controlled_power(design, judgement, cells[i]);
        }
    });
}

/// Of each cell that has replicates, so that all have as many: words of the largest layout.
std::size_t words_of_cells(const scenario::Scenario& scenario) {
    // The methods are the same in all cells, and so are the words of cells that are tallied alike.
    std::size_t words = 0;
    for (const auto tallying : {design::Tallying::by_table, design::Tallying::one_by_one}) {
        const auto first = std::ranges::find_if(scenario.grid.cells, [&](const auto& cell) {
            return cell.design.tallying() == tallying && !engine::is_counted_by_table(cell.design);
        });
        if (first == scenario.grid.cells.end()) continue;
        words = std::max(words, tally::PatientLayout(first->design).words());
    }
    return words;
}

std::vector<summary::CellResults> label_cells(const scenario::Scenario& scenario) {
    std::vector<summary::CellResults> cells(scenario.grid.cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].parameters = summary::parameters_of(scenario.grid.cells[i].design);
    }
    return cells;
}

}  // namespace

summary::Results gather_simulation(const scenario::Scenario& scenario,
                                   std::vector<engine::CellTotals> totals) {
    summary::Results results = describe(scenario, summary::Engine::simulation);
    results.cells = label_cells(scenario);
    results.is_derived = false;
    const std::size_t words = words_of_cells(scenario);
    for (std::size_t i = 0; i < totals.size(); ++i) {
        const std::int64_t requested = scenario.grid.cells[i].replicates;
        summary::CellResults& cell = results.cells[i];
        cell.replicates = tally::replicates_in(totals[i].finished);
        cell.tables = std::move(totals[i].tables);
        if (totals[i].patients) take_patients(*totals[i].patients, cell);
        if (words > 0) cell.pilot.resize(std::get<tally::TableCounts>(cell.tables).size());
        cell.patient_words.resize(cell.replicates > 0 ? words : 0);
        results.has_untabled_cells =
            results.has_untabled_cells || scenario.grid.cells[i].design.is_tallied_one_by_one();
        totals[i].patients.reset();
        cell.finished = std::move(totals[i].finished);
        results.replicates_requested = std::max(results.replicates_requested, requested);
    }
    return results;
}

void derive_summaries(const scenario::Scenario& scenario, summary::Results& results,
                      unsigned threads) {
    summarise_cells(scenario, results, threads);
    results.is_derived = true;
    results.is_complete = true;
    for (std::size_t i = 0; i < results.cells.size(); ++i) {
        results.is_complete =
            results.is_complete && results.cells[i].replicates == scenario.grid.cells[i].replicates;
    }
}

summary::Results assemble_simulation(const scenario::Scenario& scenario,
                                     std::vector<engine::CellTotals> totals, unsigned threads) {
    auto results = gather_simulation(scenario, std::move(totals));
    derive_summaries(scenario, results, threads);
    return results;
}

summary::Results assemble_enumeration(const scenario::Scenario& scenario,
                                      std::vector<engine::Enumeration> enumerations,
                                      unsigned threads) {
    summary::Results results = describe(scenario, summary::Engine::enumeration);
    results.cells = label_cells(scenario);
    results.is_complete = true;
    for (std::size_t i = 0; i < enumerations.size(); ++i) {
        results.cells[i].skipped_probability = enumerations[i].skipped_probability;
        results.cells[i].tables = std::move(enumerations[i].tables);
    }
    summarise_cells(scenario, results, threads);
    return results;
}

}  // namespace rsasim::commands
