#include "stored_tables.hpp"

#include "assemble.hpp"
#include "console.hpp"
#include "margin_settings.hpp"
#include "table_designs.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include <rsasim/design/possible_tables.hpp>
#include <rsasim/files/results_file.hpp>

namespace rsasim::commands {
namespace {

/// What decides a cell's tables, beside the seed that all cells share.
using TableSource = std::pair<std::string, std::int64_t>;

TableSource source_of(const design::Cell& cell) {
    return {cell.design.model_text(), cell.replicates};
}

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
    throw scenario::InputErrors({fmt::format("{}: {}", path, reason)});
}

/// True where the cell has a table for every trial, and tables of the design's arms alone.
/// A resolved scenario without the decisions on several endpoints: they need the women, and other
/// tests may leave out their endpoints.
std::string without_decisions(std::string_view resolved) {
    std::string kept;
    while (!resolved.empty()) {
        const auto end = std::min(resolved.find('\n'), resolved.size() - 1) + 1;
        const std::string_view line = resolved.substr(0, end);
        resolved.remove_prefix(end);
        kept += line.starts_with("multiplicity.") ? std::string_view("\n") : line;
    }
    return kept;
}

bool has_all_tables(const summary::CellResults& cell, const design::Design& design) {
    const design::ArmSizes sizes = design.sizes();
    const bool is_of_design = std::visit(
        [&](const auto& rows) {
            return std::ranges::all_of(rows, [&](const auto& row) {
                if (design.patients() == nullptr) {
                    return row.n_treated == sizes.treated && row.n_control == sizes.control;
                }
                return row.n_treated + row.n_control <= sizes.treated + sizes.control;
            });
        },
        cell.tables);
    if (const auto* counts = std::get_if<tally::TableCounts>(&cell.tables)) {
        return is_of_design && tally::trials_in(*counts) == tally::replicates_in(cell.finished);
    }
    return is_of_design && !std::get<tally::TableProbabilities>(cell.tables).empty();
}

}  // namespace

StoredTables::StoredTables(const std::string& path)
    : path_(path), results_(files::read_results(path, tell)) {
    if (results_.provenance.scenario_resolved.empty()) {
        refuse(path_,
               "has no scenario in /provenance, so its designs are not known. Judge a file "
               "that rsasim run or exact has written.");
    }
    scenario_ = scenario::describe_scenario(source_with({}), {});
    check_scenario();
}

void StoredTables::check_scenario() const {
    const bool is_same_seed =
        results_.engine == summary::Engine::enumeration || scenario_.seed == results_.seed;
    if (scenario_.sha256 != results_.scenario_sha256 || !is_same_seed ||
        scenario_.grid.cells.size() != results_.cells.size()) {
        refuse(path_,
               "its scenario in /provenance is not the one its tables were made from. "
               "Simulate it anew: rsasim run.");
    }
}

void StoredTables::require_tables() const {
    const bool is_simulation = results_.engine == summary::Engine::simulation;
    for (std::size_t i = 0; i < results_.cells.size(); ++i) {
        if (is_simulation && results_.cells[i].finished.empty()) {
            refuse(path_, fmt::format("cell {} has no finished replicate yet. Go on with the run: "
                                      "rsasim run --resume; or put its shards together: rsasim "
                                      "merge.",
                                      i));
        }
        const design::Design& design = scenario_.grid.cells[i].design;
        if (is_simulation && design.is_tallied_one_by_one()) {
            refuse(path_,
                   fmt::format("about {:.2g} tables can come up in cell {}, more than the {} "
                               "that are kept: its trials were tallied one by one, and there "
                               "are no tables for other methods. Simulate it anew with them: "
                               "rsasim run.",
                               design::possible_tables(design), i, design::most_counted_tables));
        }
        if (has_all_tables(results_.cells[i], design)) continue;
        refuse(path_, fmt::format("cell {} lacks tables of its trials, so other methods cannot be "
                                  "judged. Simulate it anew: rsasim run.",
                                  i));
    }
}

scenario::SourceText StoredTables::source_with(
    const std::vector<scenario::FlagSetting>& settings) const {
    const std::string resolved = without_decisions(results_.provenance.scenario_resolved);
    return {path_ + "/provenance/scenario_resolved",
            set_a_margin(settings) ? without_settings_of_no_effect(resolved) : resolved};
}

scenario::Scenario StoredTables::scenario_with(
    const std::vector<scenario::FlagSetting>& settings) const {
    return scenario::read_scenario(source_with(settings), settings);
}

std::vector<std::size_t> StoredTables::sources_of(const scenario::Scenario& scenario) const {
    std::map<TableSource, std::size_t> first_with;
    for (std::size_t i = 0; i < scenario_.grid.cells.size(); ++i) {
        first_with.emplace(source_of(scenario_.grid.cells[i]), i);
    }
    const auto& cells = scenario.grid.cells;
    std::vector<std::size_t> sources(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto source = source_of(cells[i]);
        const auto found = first_with.find(source);
        if (found == first_with.end()) {
            refuse(path_,
                   "has no tables for all cells of its scenario with these settings. "
                   "Simulate it anew: rsasim run.");
        }
        // In a run that is not complete, cells that share a source may differ: keep the places.
        const bool is_in_place =
            i < scenario_.grid.cells.size() && source_of(scenario_.grid.cells[i]) == source;
        sources[i] = is_in_place ? i : found->second;
    }
    return sources;
}

summary::Results StoredTables::judged_as(const scenario::Scenario& scenario,
                                         unsigned threads) const {
    const auto sources = sources_of(scenario);
    if (results_.engine == summary::Engine::enumeration) {
        std::vector<engine::Enumeration> enumerations;
        for (const std::size_t i : sources) {
            const auto& cell = results_.cells[i];
            enumerations.push_back(
                {std::get<tally::TableProbabilities>(cell.tables), cell.skipped_probability});
        }
        return assemble_enumeration(scenario, std::move(enumerations), threads);
    }
    std::vector<engine::CellTotals> totals;
    for (const std::size_t i : sources) {
        const auto& cell = results_.cells[i];
        engine::CellTotals& of_cell = totals.emplace_back();
        of_cell.tables = std::get<tally::TableCounts>(cell.tables);
        of_cell.finished = cell.finished;
    }
    auto tables = as_tables(scenario);
    if (scenario.precision && results_.is_complete) {
        for (std::size_t i = 0; i < totals.size(); ++i)
            tables.grid.cells[i].replicates = tally::replicates_in(totals[i].finished);
    }
    auto judged = assemble_simulation(tables, std::move(totals), threads);
    judged.rng = results_.rng;
    return judged;
}

}  // namespace rsasim::commands
