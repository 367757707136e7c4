#include "patient_text.hpp"

#include "cell_text.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/summary/tipping_points.hpp>

namespace rsasim::files {
namespace {

using summary::CellResults;
using summary::Results;

std::string characteristics_text(const Results& results, const CellResults& cell,
                                 const TextOptions& options) {
    TextTable table;
    table.add_column("of each trial", Align::left);
    table.add_column("mean", Align::right);
    table.add_column("SD", Align::right);
    for (std::size_t i = 0; i < results.characteristics.size(); ++i) {
        const auto& item = cell.summary.characteristics[i];
        if (item.n_with_value == 0) continue;
        const int decimals = decimals_for({item.mean_value}, results.engine);
        table.add_row({results.characteristics[i], figure_text(item.mean_value, decimals),
                       fixed_text(item.sd_value.value, decimals)});
    }
    return titled("Trials", table, options);
}

/// The methods that did not always have an answer.
std::string statuses_text(const Results& results, const CellResults& cell,
                          const TextOptions& options) {
    using S = summary::AnalysisSummary;
    constexpr std::pair<const char*, std::int64_t S::*> kinds[] = {
        {"at the edge", &S::n_degenerate},       {"undefined", &S::n_no_answer},
        {"no convergence", &S::n_not_converged}, {"too large", &S::n_too_large},
        {"separated", &S::n_separated},          {"collinear", &S::n_collinear},
        {"not defined", &S::n_not_defined}};
    TextTable table;
    table.add_column("replicates without a plain answer", Align::left);
    for (const auto& kind : kinds)
        table.add_column(kind.first, Align::right);
    bool is_empty = true;
    for (std::size_t i = 0; i < results.analyses.size(); ++i) {
        const S& item = cell.summary.analyses[i];
        if (item.n_ok == cell.replicates) continue;
        std::vector<std::string> row{results.analyses[i]};
        for (const auto& kind : kinds)
            row.push_back(fmt::format("{}", item.*kind.second));
        table.add_row(std::move(row));
        is_empty = false;
    }
    return is_empty ? "" : titled("Patient-level methods", table, options);
}

/// What to do where the pilot costs more than the control saves.
std::string worse_text(const CellResults& cell, const TextOptions& options) {
    const auto pilot = std::accumulate(cell.pilot.begin(), cell.pilot.end(), std::int64_t{0});
    return wrapped(
        fmt::format("Below 1 the plain power above is the better answer: the control variate "
                    "leaves out the first {} replicates, and of {} that costs more than it saves. "
                    "More replicates (--replicates) mend it.",
                    count_text(pilot), count_text(cell.replicates)),
        static_cast<std::size_t>(std::max(options.width, 1)), 2);
}

std::string controlled_text(const Results& results, const CellResults& cell,
                            const TextOptions& options) {
    TextTable table;
    table.add_column("test", Align::left);
    table.add_column("power", Align::right);
    table.add_column("control", Align::left);
    table.add_column("its exact power", Align::right);
    table.add_column("error² divided by", Align::right);
    bool is_empty = true, is_worse = false;
    for (std::size_t i = 0; i < results.controlled.size(); ++i) {
        const auto& item = cell.summary.controlled[i];
        if (item.control_test < 0) continue;
        table.add_row({results.controlled[i],
                       figure_text(item.power, decimals_for({item.power}, results.engine)),
                       results.tests.at(static_cast<std::size_t>(item.control_test)),
                       fixed_text(item.control_power, 6),
                       fixed_text(item.variance_reduction.value, 2)});
        is_empty = false;
        is_worse = is_worse || item.variance_reduction.value < 1;
    }
    if (is_empty) return "";
    const auto text = titled("Power with the table's test as control variate", table, options);
    return is_worse ? text + worse_text(cell, options) : text;
}

std::string still_text(const summary::TippingStep& step, const Results& results) {
    if (step.delta == 0) return "";
    return figure_text(step.still_significant,
                       decimals_for({step.still_significant}, results.engine));
}

/// "half of the significant trials tip by delta -1.5 and by 1".
std::string tip_text(const summary::TippingCurve& curve) {
    std::vector<std::string> tips;
    for (const auto& tip : {curve.tips_below, curve.tips_above}) {
        if (tip) tips.push_back(fmt::format("{}", shortest_text(*tip)));
    }
    if (tips.empty()) return "more than half of the significant trials hold out at every delta";
    return fmt::format("half of the significant trials have tipped by delta {}",
                       fmt::join(tips, " and by "));
}

/// Each test of imputed outcomes under the deltas of one arm.
std::string tipping_text(const Results& results, const CellResults& cell,
                         const TextOptions& options) {
    std::string text;
    for (const auto& curve : summary::tipping_curves(results.tests, cell.summary)) {
        TextTable table;
        table.add_column("delta", Align::right);
        table.add_column(power_heading(cell.parameters.is_null), Align::right);
        table.add_column("still significant", Align::right);
        for (const auto& step : curve.steps) {
            table.add_row({shortest_text(step.delta),
                           figure_text(step.power, decimals_for({step.power}, results.engine)),
                           still_text(step, results)});
        }
        text += titled(fmt::format("Tipping point of {}, imputed outcomes of the {} arm moved: {}",
                                   curve.test, curve.arm, tip_text(curve)),
                       table, options);
    }
    return text;
}

}  // namespace

std::string patients_text(const Results& results, const CellResults& cell,
                          const TextOptions& options) {
    if (results.analyses.empty() && results.characteristics.empty()) return "";
    return controlled_text(results, cell, options) + tipping_text(results, cell, options) +
           statuses_text(results, cell, options) + characteristics_text(results, cell, options);
}

}  // namespace rsasim::files
