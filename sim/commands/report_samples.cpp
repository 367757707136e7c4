#include "report_samples.hpp"

#include "cell_key.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/deciding_test.hpp>
#include <rsasim/analysis/null_line.hpp>
#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/analysis/truth.hpp>
#include <rsasim/engine/replay.hpp>
#include <rsasim/planning/certified.hpp>
#include <rsasim/planning/regions.hpp>

namespace rsasim::commands {
namespace {

constexpr std::size_t most_cells = 4;
constexpr std::int64_t trials_a_cell = 100;
constexpr std::size_t most_methods = 10;
/// Of a design whose every table is judged.
constexpr std::size_t most_tables = 12'000;
constexpr std::size_t curve_points = 151;
constexpr double curve_bracket = 1e-4;

bool is_costly(analysis::Role role, design::Measure measure, const design::MethodChoice& choice) {
    const auto* row = analysis::find_method(role, choice.id, measure);
    return row == nullptr || row->is_costly;
}

/// Places of the first methods that are quick.
template <class Choices, class Costly>
std::vector<std::size_t> quick_ones(const Choices& choices, Costly costly) {
    std::vector<std::size_t> quick;
    for (std::size_t i = 0; i < choices.size() && quick.size() < most_methods; ++i) {
        if (!costly(choices[i])) quick.push_back(i);
    }
    return quick;
}

std::vector<std::size_t> quick_tests(const design::AnalysisPlan& plan) {
    return quick_ones(plan.tests, [](const auto& choice) {
        return is_costly(analysis::Role::test, design::Measure::odds_ratio, choice);
    });
}

std::vector<std::size_t> quick_intervals(const design::AnalysisPlan& plan) {
    return quick_ones(plan.intervals, [](const auto& choice) {
        return is_costly(analysis::Role::interval, choice.measure, choice.method);
    });
}

/// Some cells, evenly over the sweep, the first and the last among them.
std::vector<std::size_t> some_cells(std::size_t count) {
    std::vector<std::size_t> cells;
    const auto wanted = std::min(count, most_cells);
    for (std::size_t i = 0; i < wanted; ++i)
        cells.push_back(wanted == 1 ? 0 : i * (count - 1) / (wanted - 1));
    return cells;
}

void add_intervals(report::Samples& samples, const scenario::Scenario& scenario, std::size_t cell) {
    const design::Design& design = scenario.grid.cells[cell].design;
    const auto& plan = design.analysis();
    const auto chosen = quick_intervals(plan);
    engine::Replayer replayer(design, key_of_cell(scenario, cell));
    for (std::int64_t r = 0; r < trials_a_cell; ++r) {
        const auto table = replayer.replay(r).table;
        if (table.treated.n == 0 || table.control.n == 0) continue;
        for (const auto i : chosen) {
            const auto& choice = plan.intervals[i];
            const auto judge =
                analysis::prepare(analysis::Role::interval, choice.measure, choice.method,
                                  {{table.treated.n, table.control.n}, plan.confidence});
            const auto limits = judge(table).interval;
            if (limits.lower <= limits.upper) {
                samples.intervals.push_back({cell, choice.label(), r, limits.lower, limits.upper,
                                             design.truth(choice.measure)});
            }
        }
    }
}

/// The share of trials in each bin, over all stored tables of a cell.
void add_p_values(report::Samples& samples, const summary::CellResults& results,
                  const design::Design& design, std::size_t cell) {
    const auto& plan = design.analysis();
    const auto by_test = quick_tests(plan);
    for (const auto t : by_test) {
        const auto& choice = plan.tests[t];
        std::vector<double> bins(report::p_value_bins);
        double all = 0;
        const analysis::DecidingTest judge(plan, t, design.sizes(), analysis::Wanted::p_value);
        std::visit(
            [&](const auto& rows) {
                for (const auto& row : rows) {
                    all += static_cast<double>(row.weight);
                    const double p = judge(row.table());
                    if (!(p >= 0)) continue;
                    const auto bin = static_cast<std::size_t>(p * report::p_value_bins);
                    bins[std::min(bin, bins.size() - 1)] += static_cast<double>(row.weight);
                }
            },
            results.tables);
        for (std::size_t bin = 0; bin < bins.size(); ++bin)
            samples.p_values.push_back({cell, choice.label(), bin, bins[bin] / all});
    }
}

void add_size_curves(report::Samples& samples, const design::Design& design, unsigned threads) {
    const auto lines = planning::null_lines(design);
    if (lines.size() != 1) return;
    for (const auto t : quick_tests(design.analysis())) {
        const auto label = design.analysis().tests[t].label();
        const auto region = planning::rejection_region(design, t, threads);
        const auto bound = planning::certified_maximum(lines.front(), region, {}, curve_bracket);
        samples.size_bounds.push_back({label, bound.lower, bound.upper, bound.at.control});
        for (const auto& point : planning::profile(lines.front(), region, {}, curve_points)) {
            samples.size.push_back({label, point.rates.control, point.probability});
        }
    }
}

void add_coverage_curves(report::Samples& samples, const design::Design& design, unsigned threads) {
    for (const auto i : quick_intervals(design.analysis())) {
        const auto& choice = design.analysis().intervals[i];
        const design::Effect effect{choice.measure, design.truth(choice.measure)};
        try {
            const analysis::NullLine line(design.sizes(), effect);
            const auto misses = planning::miss_region(design, i, effect, threads);
            const auto bound = planning::certified_maximum(line, misses, {}, curve_bracket);
            samples.coverage_bounds.push_back(
                {choice.label(), 1 - bound.upper, 1 - bound.lower, bound.at.control});
            const auto covered = planning::complement(misses);
            for (const auto& point : planning::profile(line, covered, {}, curve_points)) {
                samples.coverage.push_back(
                    {choice.label(), point.rates.control, point.probability});
            }
        } catch (const std::invalid_argument&) {
            continue;  // an effect that no pair of rates has: no curve
        }
    }
}

/// The rates that the same model has where no woman is lost, and what becomes of those who are.
std::optional<report::LostOutcomes> lost_outcomes(const design::Design& design) {
    if (design.patients() == nullptr || !design.patients()->dropout) return {};
    auto model = *design.patients();
    model.dropout.reset();
    design::PatientPlan plan;
    plan.sets = {design.analysis().patients->sets.front()};
    return report::LostOutcomes{analysis::truth_of(model, design.sizes(), plan).rates,
                                plan.sets.front().handling};
}

/// The first test of all women and their outcome that uses covariates or strata.
std::string adjusted_test(const design::AnalysisPlan& plan) {
    if (!plan.patients) return "";
    for (const auto& choice : plan.patients->methods) {
        const auto* row = analysis::find_patient_method(choice.id, choice.measure);
        if (row == nullptr || choice.set != 0 || !choice.reports_test) continue;
        const bool adjusts =
            row->needs == analysis::PatientNeeds::covariates && !plan.patients->adjust.empty();
        const bool stratifies =
            row->needs == analysis::PatientNeeds::strata && !plan.patients->strata.empty();
        if (adjusts || stratifies) return analysis::test_label(choice);
    }
    return "";
}

}  // namespace

std::vector<bool> cells_of_samples(const summary::Results& results) {
    std::vector<bool> cells(results.cells.size(), false);
    cells.front() = cells[report::cell_of_words(results)] = true;
    for (const auto i : some_cells(cells.size()))
        cells[i] = true;
    return cells;
}

report::Samples report_samples(const StoredTables& stored, const scenario::Scenario& scenario,
                               unsigned threads) {
    report::Samples samples;
    const auto& results = stored.results();
    const auto& cells = scenario.grid.cells;
    const auto& told = cells[report::cell_of_words(results)].design;
    samples.lost = lost_outcomes(told);
    samples.adjusted_test = adjusted_test(told.analysis());
    const bool is_equivalence = cells.front().design.analysis().equivalence.has_value();
    for (const auto i : some_cells(cells.size())) {
        const auto& design = cells[i].design;
        add_intervals(samples, scenario, i);
        const bool is_small = analysis::TableGrid(design.sizes()).size() <= most_tables;
        if (design.patients() == nullptr && !is_equivalence && is_small)
            add_p_values(samples, results.cells[i], design, i);
    }
    const auto& first = cells.front().design;
    if (first.patients() != nullptr) {
        samples.notes.emplace_back(
            "Women are simulated, so there are no exact curves and no distribution of P-values; "
            "single trials show the intervals of their 2x2 tables.");
    } else if (analysis::TableGrid(first.sizes()).size() > most_tables) {
        samples.notes.emplace_back(
            "The arms are too large for exact curves within a second: rsasim size-of-test has "
            "them.");
    } else {
        samples.curve_design =
            fmt::format("{} + {} women", first.sizes().treated, first.sizes().control);
        add_size_curves(samples, first, threads);
        add_coverage_curves(samples, first, threads);
    }
    samples.notes.push_back(fmt::format(
        "Single trials, P-values and exact curves show at most {} cells and the first {} methods "
        "that are quick to compute.",
        most_cells, most_methods));
    return samples;
}

}  // namespace rsasim::commands
