#include "json_values.hpp"
#include "number_text.hpp"
#include "text_table.hpp"
#include "titles.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/files/replay_text.hpp>

namespace rsasim::files {
namespace {

using Texts = std::vector<std::string>;

/// A column of the women's table: its name, and what it says of a woman.
struct WomanColumn {
    std::string name;
    std::string (*text)(const design::ReplayedWoman& woman, std::size_t index);
    std::size_t index = 0;
};

std::string zero_or_one(bool holds) {
    return fmt::format("{:d}", holds);
}

std::vector<WomanColumn> columns_shown(const design::PatientModel& model) {
    using Woman = design::ReplayedWoman;
    std::vector<WomanColumn> columns;
    for (std::size_t i = 0; i < model.covariates.size(); ++i) {
        columns.push_back({model.covariates[i].name,
                           [](const Woman& woman, std::size_t index) {
                               return shortest_text(woman.covariates[index]);
                           },
                           i});
    }
    const auto add = [&](const char* name, auto text) { columns.push_back({name, text, 0}); };
    add("treated", [](const Woman& w, std::size_t) { return zero_or_one(w.is_treated); });
    add("adherent", [](const Woman& w, std::size_t) { return zero_or_one(w.is_adherent); });
    add("stages_passed",
        [](const Woman& w, std::size_t) { return fmt::format("{}", w.stages_passed); });
    add("event", [](const Woman& w, std::size_t) { return zero_or_one(w.has_event); });
    add("observed", [](const Woman& w, std::size_t) { return zero_or_one(w.is_observed); });
    for (std::size_t i = 0; i < model.biomarkers.size(); ++i) {
        columns.push_back({model.biomarkers[i].name,
                           [](const Woman& woman, std::size_t index) {
                               return shortest_text(woman.biomarkers[index]);
                           },
                           i});
    }
    return columns;
}

Texts row_of(const std::vector<WomanColumn>& columns, const design::ReplayedWoman& woman) {
    Texts row;
    for (const WomanColumn& column : columns)
        row.push_back(column.text(woman, column.index));
    return row;
}

/// The findings of the table's methods.
analysis::Judgement judged(const ReplayedReplicate& trial) {
    analysis::Judgement judgement(
        std::make_shared<const design::AnalysisPlan>(trial.design.analysis()), {trial.table});
    judgement.judge(0, 1);
    return judgement;
}

std::string tests_text(const ReplayedReplicate& trial, const TextOptions& options) {
    const auto judgement = judged(trial);
    const design::AnalysisPlan& plan = trial.design.analysis();
    TextTable table;
    table.add_column("test of the 2x2 table", Align::left);
    table.add_column("P", Align::right);
    table.add_column("", Align::left);
    for (std::size_t i = 0; i < plan.tests.size(); ++i) {
        const auto label = plan.tests[i].label();
        table.add_row({title_of(analysis::Role::test, design::Measure::odds_ratio, label),
                       p_value_text(judgement.p_value(i, 0)),
                       judgement.rejects(i, 0) ? "rejects" : ""});
    }
    const auto width = static_cast<std::size_t>(std::max(options.width, 1));
    return fmt::format("\n{}", table.render({width, 2, options.use_colour}).text);
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
    for (std::size_t i = 0; i < methods.size(); ++i) {
        const analysis::Finding& finding = trial.findings[i];
        const auto number = [](double value) { return fixed_text(value, decimals); };
        table.add_row({analysis::measured_label(methods[i]),
                       std::string(analysis::name_of(finding.status)), number(finding.estimate),
                       number(finding.standard_error), number(finding.interval.lower),
                       number(finding.interval.upper), p_value_text(finding.p_value.two_sided)});
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
        auto row = row_of(columns, trial.women[woman]);
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
    for (std::size_t i = 0; i < model.covariates.size(); ++i)
        json["covariates"][model.covariates[i].name] = json_number(woman.covariates[i]);
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
    const auto judgement = judged(trial);
    const design::AnalysisPlan& plan = trial.design.analysis();
    json["tests"] = Json::object();
    for (std::size_t i = 0; i < plan.tests.size(); ++i)
        json["tests"][plan.tests[i].label()] = json_number(judgement.p_value(i, 0));
    json["analyses"] = Json::object();
    for (std::size_t i = 0; i < trial.findings.size(); ++i) {
        json["analyses"][analysis::measured_label(plan.patients->methods[i])] =
            json_of(trial.findings[i]);
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
        csv += fmt::format("{},{},{}\n", trial.replicate, woman + 1,
                           fmt::join(row_of(columns, trial.women[woman]), ","));
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
