<<<<<<< HEAD
#include "patient_text.hpp"

#include "cell_text.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>

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

std::string controlled_text(const Results& results, const CellResults& cell,
                            const TextOptions& options) {
    TextTable table;
    table.add_column("test", Align::left);
    table.add_column("power", Align::right);
    table.add_column("control", Align::left);
    table.add_column("its exact power", Align::right);
    table.add_column("variance divided by", Align::right);
    bool is_empty = true;
    for (std::size_t i = 0; i < results.controlled.size(); ++i) {
        const auto& item = cell.summary.controlled[i];
        if (item.control_test < 0) continue;
        table.add_row({results.controlled[i],
                       figure_text(item.power, decimals_for({item.power}, results.engine)),
                       results.tests.at(static_cast<std::size_t>(item.control_test)),
                       fixed_text(item.control_power, 6),
                       fixed_text(item.variance_reduction.value, 2)});
        is_empty = false;
    }
    return is_empty ? "" : titled("Power with the table's test as control variate", table, options);
=======
#include "analysis_tables_text.hpp"
#include "number_text.hpp"
#include "patient_analyses.hpp"
#include "text_table.hpp"
#include "titles.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/files/analysis_text.hpp>

namespace rsasim::files {

namespace {

std::string titled(std::string_view heading, const TextTable& table, bool use_colour) {
    return fmt::format("\n{}\n{}", emphasised(heading, use_colour),
                       table.render({analysis_width, 2, use_colour}).text);
}

std::string data_text(const TrialData& data, bool use_colour) {
    std::string text = fmt::format("{}\n", emphasised(data.path, use_colour));
    text +=
        wrapped(fmt::format("{} of {} women are analysed: event {} = 1, treated {} = {}, "
                            "control {} = {}.",
                            count_text(data.table.total()),
                            count_text(static_cast<std::int64_t>(data.rows)), data.meaning.outcome,
                            data.meaning.arm, data.treated, data.meaning.arm, data.control),
                analysis_width, 2);
    if (data.dropped > 0) {
        text += wrapped(fmt::format("{} left out for missing values ({}).",
                                    count_text(static_cast<std::int64_t>(data.dropped)),
                                    fmt::join(data.incomplete, ", ")),
                        analysis_width, 2);
    }
    if (!data.features.empty()) {
        text += wrapped(fmt::format("Adjusted for: {}.", fmt::join(data.features, ", ")),
                        analysis_width, 2);
    }
    if (!data.meaning.strata.empty()) {
        text += wrapped(
            fmt::format("{} strata of {}.", data.strata, fmt::join(data.meaning.strata, " and ")),
            analysis_width, 2);
    }
    return text;
}

std::string methods_text(const PatientAnalyses& analyses, double confidence, bool use_colour) {
    TextTable table;
    table.add_column("analysis", Align::left);
    table.add_column("what it is", Align::left, 2);
    table.add_column("of the", Align::left, 1);
    for (const auto* heading : {"estimate", "lower", "upper", "P"})
        table.add_column(heading, Align::right);
    table.add_column("", Align::left);
    for (const auto& [row, finding] : analyses.methods) {
        table.add_row({std::string(name_of(*row)), std::string(row->brief),
                       row->measure ? words_of(*row->measure) : "", value_text(finding.estimate),
                       value_text(finding.interval.lower), value_text(finding.interval.upper),
                       p_value_text(finding.p_value.two_sided), remark_of(finding.status)});
    }
    return titled(
        fmt::format("Analyses of the women, {} % intervals", shortest_text(100 * confidence)),
        table, use_colour);
}

std::string coefficients_text(const TrialData& data, const PatientAnalyses& analyses,
                              bool use_colour) {
    TextTable table;
    table.add_column("coefficient", Align::left);
    for (const auto& [id, coefficients] : analyses.regressions) {
        table.add_column(std::string(id), Align::right);
        table.add_column("standard error", Align::right);
    }
    const auto names = coefficient_names(data);
    for (std::size_t j = 0; j < names.size(); ++j) {
        std::vector<std::string> cells{names[j]};
        for (const auto& [id, coefficients] : analyses.regressions) {
            const analysis::Coefficient coefficient =
                coefficients.values.empty() ? analysis::Coefficient{} : coefficients.values[j];
            cells.push_back(value_text(coefficient.estimate));
            cells.push_back(value_text(coefficient.standard_error));
        }
        table.add_row(std::move(cells));
    }
    return titled("Coefficients, log odds", table, use_colour);
>>>>>>> strat
}

}  // namespace

<<<<<<< HEAD
std::string patients_text(const Results& results, const CellResults& cell,
                          const TextOptions& options) {
    if (results.analyses.empty() && results.characteristics.empty()) return "";
    return controlled_text(results, cell, options) + statuses_text(results, cell, options) +
           characteristics_text(results, cell, options);
=======
std::string analysis_to_text(const TrialData& data, const design::AnalysisPlan& plan,
                             bool use_colour) {
    const auto analyses = analyse_patients(data, plan);
    return data_text(data, use_colour) + methods_text(analyses, plan.confidence, use_colour) +
           coefficients_text(data, analyses, use_colour) + "\n" +
           analysis_to_text(data.table, plan, use_colour);
>>>>>>> strat
}

}  // namespace rsasim::files
