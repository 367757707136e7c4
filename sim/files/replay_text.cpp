#include "json_values.hpp"
#include "number_text.hpp"
#include "text_table.hpp"
#include "titles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/analysis/deciding_test.hpp>
#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/files/replay_text.hpp>

namespace rsasim::files {
namespace {

using Texts = std::vector<std::string>;

/// A column of the women's table: its name, and what it says of a woman.
struct WomanColumn {
    std::string name;
    std::string (*text)(const design::PatientModel& model, const design::ReplayedWoman& woman,
                        std::size_t index);
    std::size_t index = 0;
};

std::string zero_or_one(bool holds) {
    return fmt::format("{:d}", holds);
}

/// The name of a categorical covariate's level; nothing for a value that was not drawn.
std::optional<std::string> level_name(const design::Covariate& covariate, double value) {
    if (covariate.distribution.family != design::Family::categorical || std::isnan(value)) {
        return std::nullopt;
    }
    const auto level = static_cast<std::size_t>(value);
    return level < covariate.levels.size() ? covariate.levels[level] : fmt::format("{}", level + 1);
}

/// Names have no dot, so that one with a dot is nobody else's.
std::string distinct_name(const std::string& name, std::string_view kind,
                          const std::vector<WomanColumn>& others) {
    constexpr std::array<std::string_view, 7> fixed{"replicate",     "woman", "treated", "adherent",
                                                    "stages_passed", "event", "observed"};
    const bool is_taken = std::ranges::count(fixed, name) > 0 ||
                          std::ranges::count(others, name, &WomanColumn::name) > 0;
    return is_taken ? fmt::format("{}.{}", kind, name) : name;
}

std::vector<WomanColumn> columns_shown(const design::PatientModel& model) {
    using Model = design::PatientModel;
    using Woman = design::ReplayedWoman;
    std::vector<WomanColumn> columns;
    for (std::size_t i = 0; i < model.covariates.size(); ++i) {
        columns.push_back({distinct_name(model.covariates[i].name, "covariate", columns),
                           [](const Model& patients, const Woman& woman, std::size_t index) {
                               const double value = woman.covariates[index];
                               return level_name(patients.covariates[index], value)
                                   .value_or(shortest_text(value));
                           },
                           i});
    }
    const auto add = [&](const char* name, auto text) { columns.push_back({name, text, 0}); };
    add("treated",
        [](const Model&, const Woman& w, std::size_t) { return zero_or_one(w.is_treated); });
    add("adherent",
        [](const Model&, const Woman& w, std::size_t) { return zero_or_one(w.is_adherent); });
    add("stages_passed", [](const Model&, const Woman& w, std::size_t) {
        return fmt::format("{}", w.stages_passed);
    });
    add("event",
        [](const Model&, const Woman& w, std::size_t) { return zero_or_one(w.has_event); });
    add("observed",
        [](const Model&, const Woman& w, std::size_t) { return zero_or_one(w.is_observed); });
    for (std::size_t i = 0; i < model.biomarkers.size(); ++i) {
        columns.push_back({distinct_name(model.biomarkers[i].name, "biomarker", columns),
                           [](const Model&, const Woman& woman, std::size_t index) {
                               return shortest_text(woman.biomarkers[index]);
                           },
                           i});
    }
    return columns;
}

/// A cell of a CSV file, in quotes where it needs them (RFC 4180).
std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char letter : text)
        quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    return quoted + '"';
}

Texts row_of(const std::vector<WomanColumn>& columns, const design::PatientModel& model,
             const design::ReplayedWoman& woman) {
    Texts row;
    for (const WomanColumn& column : columns)
        row.push_back(column.text(model, woman, column.index));
    return row;
}

std::string tests_text(const ReplayedReplicate& trial, const TextOptions& options) {
    const design::AnalysisPlan& plan = trial.design.analysis();
    const auto p_values = analysis::deciding_p_values(plan, trial.table);
    TextTable table;
    table.add_column("test of the 2x2 table", Align::left);
    table.add_column("P", Align::right);
    table.add_column("", Align::left);
    for (std::size_t i = 0; i < plan.tests.size(); ++i) {
        const auto label = plan.tests[i].label();
        table.add_row({title_of(analysis::Role::test, design::Measure::odds_ratio, label),
                       p_value_text(p_values[i]),
                       analysis::rejects(p_values[i], plan.alpha) ? "rejects" : ""});
    }
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    return fmt::format("\n{}", table.render({width, 2, options.use_colour}).text);
}

/// A finding without the P-value that the plan does not ask for, such as one of another null.
analysis::Finding reported(const design::PatientChoice& choice, analysis::Finding finding) {
    if (!choice.reports_test) finding.p_value = {};
    return finding;
}

std::string findings_text(const ReplayedReplicate& trial, const TextOptions& options) {
    if (trial.findings.empty()) return "";
    constexpr int decimals = 4;
    TextTable table;
    for (const auto* heading :
         {"patient-level method", "status", "estimate", "SE", "lower", "upper", "P"}) {
        table.add_column(heading, Align::left);
    }
    const auto& methods = trial.design.analysis().patients->methods;
    const auto tail = analysis::deciding_tail(trial.design.analysis());
    for (std::size_t i = 0; i < methods.size(); ++i) {
        const analysis::Finding finding = reported(methods[i], trial.findings[i]);
        const auto number = [](double value) { return fixed_text(value, decimals); };
        table.add_row({analysis::measured_label(methods[i]),
                       std::string(analysis::name_of(finding.status)), number(finding.estimate),
                       number(finding.standard_error), number(finding.interval.lower),
                       number(finding.interval.upper), p_value_text(finding.p_value.of(tail))});
    }
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    return fmt::format("\n{}", table.render({width, 2, options.use_colour}).text);
}

std::string women_text(const ReplayedReplicate& trial, const TextOptions& options) {
    if (trial.women.empty()) return "";
    const auto columns = columns_shown(*trial.design.patients());
    TextTable table;
    table.add_column("woman", Align::right);
    for (const auto& column : columns)
        table.add_column(column.name, Align::right);
    for (std::size_t woman = 0; woman < trial.women.size(); ++woman) {
        auto row = row_of(columns, *trial.design.patients(), trial.women[woman]);
        Texts numbered{fmt::format("{}", woman + 1)};
        std::ranges::move(row, std::back_inserter(numbered));
        table.add_row(std::move(numbered));
    }
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    return fmt::format("\n{}", table.render({width, 2, options.use_colour}).text);
}

Json json_of(const analysis::Finding& finding) {
    Json json{{"status", analysis::name_of(finding.status)}};
    json["estimate"] = json_number(finding.estimate);
    json["standard_error"] = json_number(finding.standard_error);
    json["lower"] = json_number(finding.interval.lower);
    json["upper"] = json_number(finding.interval.upper);
    json["p_value"] = json_number(finding.p_value.two_sided);
    json["p_value_greater"] = json_number(finding.p_value.greater);
    json["p_value_less"] = json_number(finding.p_value.less);
    return json;
}

Json json_of(const ReplayedReplicate& trial, const design::ReplayedWoman& woman) {
    const design::PatientModel& model = *trial.design.patients();
    Json json;
    for (std::size_t i = 0; i < model.covariates.size(); ++i) {
        const double value = woman.covariates[i];
        const auto level = level_name(model.covariates[i], value);
        json["covariates"][model.covariates[i].name] = level ? Json(*level) : json_number(value);
    }
    json["treated"] = woman.is_treated;
    json["adherent"] = woman.is_adherent;
    json["stages_passed"] = woman.stages_passed;
    json["event"] = woman.has_event;
    json["observed"] = woman.is_observed;
    for (std::size_t i = 0; i < model.biomarkers.size(); ++i)
        json["biomarkers"][model.biomarkers[i].name] = json_number(woman.biomarkers[i]);
    return json;
}

Json document_of(const ReplayedReplicate& trial) {
    const auto& [treated, control] = trial.table;
    Json json{{"schema", "rsasim.replay/1"},
              {"cell", trial.cell},
              {"replicate", trial.replicate},
              {"table",
               {{"treated", {{"events", treated.events}, {"n", treated.n}}},
                {"control", {{"events", control.events}, {"n", control.n}}}}}};
    const design::AnalysisPlan& plan = trial.design.analysis();
    const auto p_values = analysis::deciding_p_values(plan, trial.table);
    json["tests"] = Json::object();
    for (std::size_t i = 0; i < plan.tests.size(); ++i)
        json["tests"][plan.tests[i].label()] = json_number(p_values[i]);
    json["analyses"] = Json::object();
    for (std::size_t i = 0; i < trial.findings.size(); ++i) {
        json["analyses"][analysis::measured_label(plan.patients->methods[i])] =
            json_of(reported(plan.patients->methods[i], trial.findings[i]));
    }
    json["women"] = Json::array();
    for (const auto& woman : trial.women)
        json["women"].push_back(json_of(trial, woman));
    return json;
}

}  // namespace

std::string replay_to_text(const ReplayedReplicate& trial, const TextOptions& options) {
    const auto& [treated, control] = trial.table;
    return fmt::format("Replicate {} of cell {}: {}/{} treated, {}/{} control had the event\n",
                       trial.replicate, trial.cell, treated.events, treated.n, control.events,
                       control.n) +
           women_text(trial, options) + tests_text(trial, options) + findings_text(trial, options) +
           fmt::format("\n  Every estimate and interval of the table: rsasim analyze {}/{} {}/{}\n",
                       treated.events, treated.n, control.events, control.n);
}

std::string replay_csv_header(const ReplayedReplicate& trial) {
    if (trial.women.empty()) return "replicate,arm,events,n\n";
    std::string header = "replicate,woman";
    for (const auto& column : columns_shown(*trial.design.patients()))
        header += fmt::format(",{}", column.name);
    return fmt::format("{}\n", header);
}

std::string replay_to_csv(const ReplayedReplicate& trial) {
    if (trial.women.empty()) {
        const auto& [treated, control] = trial.table;
        return fmt::format("{0},treated,{1},{2}\n{0},control,{3},{4}\n", trial.replicate,
                           treated.events, treated.n, control.events, control.n);
    }
    const auto columns = columns_shown(*trial.design.patients());
    std::string csv;
    for (std::size_t woman = 0; woman < trial.women.size(); ++woman) {
        auto row = row_of(columns, *trial.design.patients(), trial.women[woman]);
        std::ranges::transform(row, row.begin(), csv_cell);
        csv += fmt::format("{},{},{}\n", trial.replicate, woman + 1, fmt::join(row, ","));
    }
    return csv;
}

std::string replay_to_json(const ReplayedReplicate& trial) {
    return text_of(document_of(trial));
}

std::string replay_to_json_line(const ReplayedReplicate& trial) {
    return fmt::format("{}\n", document_of(trial).dump());
}

}  // namespace rsasim::files
