#include "analysis_tables_text.hpp"
#include "number_text.hpp"
#include "patient_analyses.hpp"
#include "text_table.hpp"
#include "titles.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/files/analysis_text.hpp>

namespace rsasim::files {

namespace {

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
    if (data.without_outcome > 0) {
        text += wrapped(fmt::format("{} of them without an outcome, handled as {}.",
                                    count_text(static_cast<std::int64_t>(data.without_outcome)),
                                    handling_word(data.meaning.missing)),
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

/// Why a P-value or an answer is not there.
std::string remark_on(const PatientMethodFinding& method) {
    if (method.p_value_status == "other_null") return "not of this null";
    return remark_of(method.finding.status);
}

/// "P", or the tail that decides: margins have one side.
std::string p_value_heading(analysis::Tail tail) {
    return tail == analysis::Tail::two_sided ? "P"
           : tail == analysis::Tail::greater ? "P greater"
                                             : "P less";
}

std::string methods_text(const PatientAnalyses& analyses, const design::AnalysisPlan& plan,
                         bool use_colour) {
    if (analyses.methods.empty()) return "";
    const auto tail = analysis::deciding_tail(plan);
    TextTable table;
    table.add_column("analysis", Align::left);
    table.add_column("what it is", Align::left, 2);
    table.add_column("of the", Align::left, 1);
    for (const auto& heading : {std::string("estimate"), std::string("lower"), std::string("upper"),
                                p_value_heading(tail)}) {
        table.add_column(heading, Align::right);
    }
    table.add_column("", Align::left);
    for (const auto& method : analyses.methods) {
        const auto* row = method.row;
        const analysis::Finding& finding = method.finding;
        table.add_row({method.label, std::string(row->brief),
                       row->measure ? words_of(*row->measure) : "", value_text(finding.estimate),
                       value_text(finding.interval.lower), value_text(finding.interval.upper),
                       p_value_text(finding.p_value.of(tail)), remark_on(method)});
    }
    return titled(
        fmt::format("Analyses of the women, {} % intervals", shortest_text(100 * plan.confidence)),
        table, use_colour);
}

std::string coefficients_text(const TrialData& data, const PatientAnalyses& analyses,
                              bool use_colour) {
    if (analyses.regressions.empty()) return "";
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
}

}  // namespace

std::string analysis_to_text(const TrialData& data, const design::AnalysisPlan& plan,
                             bool use_colour) {
    const auto analyses = analyse_patients(data, plan);
    return data_text(data, use_colour) + methods_text(analyses, plan, use_colour) +
           coefficients_text(data, analyses, use_colour) + "\n" +
           analysis_to_text(data.table, plan, use_colour);
}

}  // namespace rsasim::files
