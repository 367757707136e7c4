#include "patient_cells.hpp"

#include "exact_power.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/summary/patient_summary.hpp>

namespace rsasim::commands {
namespace {

using tally::PatientLayout;

/// A cell's integers, as summary wants them.
struct CellState {
    CellState(const design::Design& design, const analysis::Judgement* judgement,
              const summary::CellResults& cell)
        : layout(design),
          no_words(cell.patient_words.empty() ? layout.words() : 0),
          tables{std::get<tally::TableCounts>(cell.tables), cell.pilot, cell.rejections,
                 cell.pilot_rejections},
          state{&layout, no_words.empty() ? cell.patient_words : no_words, &tables, judgement} {}

    PatientLayout layout;
    std::vector<std::int64_t> no_words;  ///< of a cell without replicates
    tally::TableRejections tables;
    summary::PatientState state;
};

/// The exact power of each control that is used, worked out once.
std::vector<std::optional<summary::ControlTest>> exact_controls(
    const design::Design& design, const std::vector<std::optional<std::size_t>>& chosen) {
    std::map<std::size_t, summary::ControlTest> known;
    std::vector<std::optional<summary::ControlTest>> controls;
    for (const auto& test : chosen) {
        if (!test) {
            controls.emplace_back();
            continue;
        }
        if (!known.contains(*test)) known[*test] = exact_control(design, *test);
        controls.emplace_back(known[*test]);
    }
    return controls;
}

/// False where the share lost is 0 in both arms.
bool loses_women(const design::Dropout& dropout) {
    constexpr double never = -std::numeric_limits<double>::infinity();
    return dropout.treated.log_odds != never || dropout.control.log_odds != never;
}

}  // namespace

void label_patients(const design::Grid& grid, summary::Results& results) {
    const PatientLayout layout(grid.cells.front().design);
    const auto& choices = layout.plan().methods;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const auto& choice = choices[i];
        const auto& method = layout.methods()[layout.table_methods() + i];
        const auto test = analysis::test_label(choice);
        const auto measured = analysis::measured_label(choice);
        if (method.has_test) results.rejection_labels.push_back(test);
        if (method.has_interval) results.intervals.push_back(measured);
        if (method.has_estimate) results.estimators.push_back(measured);
        results.analyses.push_back(measured);
    }
    for (const auto& decision : layout.decisions())
        results.rejection_labels.push_back(decision.label);
    results.tests.insert(results.tests.end(), results.rejection_labels.begin(),
                         results.rejection_labels.end());
    for (const auto& characteristic : layout.characteristics())
        results.characteristics.push_back(characteristic.label);
    const bool has_control = std::ranges::any_of(grid.cells, [](const design::Cell& cell) {
        return why_no_control_variate(cell.design).empty();
    });
    if (has_control) results.controlled = results.rejection_labels;
}

void take_patients(const tally::PatientTally& tally, summary::CellResults& cell) {
    tally::TableRejections tables = tally.tables();
    cell.patient_words = tally.words();
    cell.tables = std::move(tables.tables);
    cell.pilot = std::move(tables.pilot);
    cell.rejections = std::move(tables.rejections);
    cell.pilot_rejections = std::move(tables.pilot_rejections);
}

void summarise_patients(const design::Design& design, const analysis::Judgement& judgement,
                        summary::CellResults& cell) {
    const CellState of(design, &judgement, cell);
    summary::append_tallied(cell.summary, of.state);
}

void summarise_tallied(const design::Design& design, summary::CellResults& cell) {
    const CellState of(design, nullptr, cell);
    cell.summary = {};
    summary::append_tallied(cell.summary, of.state);
}

void add_controlled_power(const design::Design& design, const analysis::Judgement& judgement,
                          summary::CellResults& cell) {
    const CellState of(design, &judgement, cell);
    std::vector<std::optional<summary::ControlTest>> controls(of.layout.rejections());
    if (why_no_control_variate(design).empty()) {
        controls = exact_controls(design, summary::choose_controls(of.state));
    }
    summary::append_controlled_power(cell.summary, of.state, controls);
}

std::string why_no_control_variate(const design::Design& design) {
    const design::PatientModel& model = *design.patients();
    const design::PatientPlan& plan = *design.analysis().patients;
    if (!plan.uses_control_variate) return "simulation.control_variate is false";
    if (design.analysis().tests.empty()) return "no test of the 2x2 table is asked for";
    if (!model.allocation.strata.empty()) {
        return fmt::format(
            "the allocation ({}) looks at covariates, so that the table is not two "
            "independent binomials",
            design::name_of(model.allocation.scheme));
    }
    if (model.centres && model.centres->sd > 0) return "women of a centre are not independent";
    if (model.time_trend != 0) return "women are not alike: there is a time trend";
    if (model.selection_bias != 0) return "women are not independent of earlier allocations";
    if (model.dropout && loses_women(*model.dropout)) return "outcomes are not complete";
    if (design.is_tallied_one_by_one()) {
        return "too many tables can come up, so that none is kept and trials are tallied one by "
               "one";
    }
    if (plan.sets.front().subgroup ||
        plan.sets.front().population != design::Population::treatment_policy) {
        return "the table leaves women out";
    }
    return "";
}

}  // namespace rsasim::commands
