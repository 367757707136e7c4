#include "analysis_findings.hpp"
#include "number_text.hpp"
#include "text_table.hpp"
#include "titles.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/files/analysis_text.hpp>

namespace rsasim::files {
namespace {

using analysis::Finding;
using analysis::Role;
using analysis::Status;
using design::Measure;

constexpr std::size_t width = 100;

std::string remark_of(Status status) {
    switch (status) {
        case Status::ok:
            return "";
        case Status::degenerate:
            return "degenerate: at the edge";
        case Status::undefined:
            return "undefined for this table";
        case Status::not_converged:
            return "did not converge";
        case Status::too_large:
            return "trial too large for it";
    }
    return "";
}

/// Four digits after the first that counts, as a person compares them.
std::string value_text(double value) {
    constexpr int decimals = 4;
    return fixed_text(value, decimals);
}

std::string titled(std::string_view heading, const TextTable& table, bool use_colour) {
    return fmt::format("\n{}\n{}", emphasised(heading, use_colour),
                       table.render({width, 2, use_colour}).text);
}

std::string table_text(const design::Table2x2& table, bool use_colour) {
    TextTable text;
    text.add_column("", Align::left);
    for (const auto* heading : {"events", "no event", "women", "rate"}) {
        text.add_column(heading, Align::right);
    }
    const auto add = [&](const char* name, const design::ArmCounts& arm) {
        text.add_row({name, count_text(arm.events), count_text(arm.non_events()), count_text(arm.n),
                      value_text(arm.rate())});
    };
    add("treated", table.treated);
    add("control", table.control);
    return fmt::format(
        "{}\n{}",
        emphasised(fmt::format("{}/{} treated against {}/{} control", table.treated.events,
                               table.treated.n, table.control.events, table.control.n),
                   use_colour),
        text.render({width, 2, use_colour}).text);
}

std::string estimates_text(const AnalysisFindings& findings, bool use_colour) {
    if (findings.estimates.empty()) return "";
    TextTable text;
    text.add_column("of the", Align::left);
    text.add_column("estimate", Align::left);
    text.add_column("value", Align::right);
    text.add_column("", Align::left);
    for (const auto& [choice, finding] : findings.estimates) {
        text.add_row({words_of(choice.measure),
                      title_of(Role::estimate, choice.measure, choice.method.label()),
                      value_text(finding.estimate), remark_of(finding.status)});
    }
    return titled("Estimates", text, use_colour);
}

std::string tests_text(const AnalysisFindings& findings, const design::AnalysisPlan& plan,
                       bool use_colour) {
    if (findings.tests.empty()) return "";
    TextTable text;
    text.add_column("test", Align::left);
    text.add_column("id", Align::left, 2);
    text.add_column("kind", Align::left, 3);
    text.add_column("statistic", Align::right, 1);
    text.add_column("P", Align::right);
    text.add_column("P greater", Align::right);
    text.add_column("P less", Align::right);
    text.add_column("", Align::left);
    for (const auto& [choice, finding] : findings.tests) {
        const auto* row = analysis::find_method(Role::test, choice.id);
        text.add_row({title_of(Role::test, Measure::odds_ratio, choice.label()), choice.label(),
                      row == nullptr ? "" : std::string(row->family), value_text(finding.statistic),
                      p_value_text(finding.p_value.two_sided),
                      p_value_text(finding.p_value.greater), p_value_text(finding.p_value.less),
                      remark_of(finding.status)});
    }
    return titled(tests_heading(plan.null, plan.equivalence), text, use_colour);
}

std::string intervals_text(const AnalysisFindings& findings, Measure measure, double confidence,
                           bool use_colour) {
    TextTable text;
    text.add_column("interval", Align::left);
    text.add_column("id", Align::left, 1);
    text.add_column("kind", Align::left, 2);
    text.add_column("lower", Align::right);
    text.add_column("upper", Align::right);
    text.add_column("", Align::left);
    bool is_empty = true;
    for (const auto& [choice, finding] : findings.intervals) {
        if (choice.measure != measure) continue;
        is_empty = false;
        const auto* row = analysis::find_method(Role::interval, choice.method.id, measure);
        text.add_row({title_of(Role::interval, measure, choice.method.label()),
                      choice.method.label(), row == nullptr ? "" : std::string(row->family),
                      value_text(finding.interval.lower), value_text(finding.interval.upper),
                      remark_of(finding.status)});
    }
    if (is_empty) return "";
    return titled(
        fmt::format("{} % intervals of the {}", shortest_text(100 * confidence), words_of(measure)),
        text, use_colour);
}

const TestFinding* find_test(const AnalysisFindings& findings, std::string_view id) {
    const auto found =
        std::ranges::find(findings.tests, id, [](const auto& test) { return test.choice.id; });
    return found == findings.tests.end() ? nullptr : &*found;
}

/// One sentence where a P-value and the interval that belongs to it contradict each other about no
/// effect; the interval at confidence 1 - alpha.
std::string contradiction(const AnalysisFindings& findings, const analysis::PairRow& pair,
                          const design::Table2x2& table, const design::AnalysisPlan& plan) {
    const auto* test = find_test(findings, pair.test);
    if (test == nullptr || !std::isfinite(test->finding.p_value.two_sided)) return "";
    const auto judge =
        analysis::prepare(Role::interval, pair.measure, {std::string(pair.interval), {}},
                          {{table.treated.n, table.control.n}, 1 - plan.alpha});
    const auto interval = judge(table).interval;
    const auto position = analysis::position_of(interval, design::no_effect(pair.measure));
    if (position == analysis::Position::undefined) return "";
    const bool rejects = analysis::rejects(test->finding.p_value.two_sided, plan.alpha);
    const bool covers = position == analysis::Position::covers;
    if (rejects != covers) return "";
    return fmt::format("{} has P = {} and {}, but its interval {}:{} is {} to {} and {} {}.",
                       pair.test, p_value_text(test->finding.p_value.two_sided),
                       rejects ? "rejects" : "does not reject", design::name_of(pair.measure),
                       pair.interval, value_text(interval.lower), value_text(interval.upper),
                       covers ? "contains" : "excludes",
                       shortest_text(design::no_effect(pair.measure)));
}

std::string agreement_text(const AnalysisFindings& findings, const design::Table2x2& table,
                           const design::AnalysisPlan& plan) {
    if (plan.margin_measure()) return "";
    std::string text;
    for (const auto& pair : analysis::standard_pairs()) {
        const auto sentence = contradiction(findings, pair, table, plan);
        if (!sentence.empty()) text += wrapped(sentence, width, 2);
    }
    if (text.empty()) {
        text = wrapped(fmt::format("Each P-value agrees with its own interval about no effect at "
                                   "alpha {}.",
                                   shortest_text(plan.alpha)),
                       width, 2);
    }
    return "\n" + text;
}

constexpr std::string_view legend =
    "P is two-sided; greater: against the treated arm having the higher rate, less: the lower. –: "
    "the method does not have it.";
constexpr std::string_view margin_legend =
    "P is two-sided, or the larger of the two that equivalence needs; greater: against an effect "
    "above the null (the lower margin), less: below it (the upper margin). –: the method does not "
    "have it.";
constexpr std::string_view further = "Definition and source of a method: rsasim methods ID.";

}  // namespace

std::string analysis_to_text(const design::Table2x2& table, const design::AnalysisPlan& plan,
                             bool use_colour) {
    const auto findings = analyse(table, plan);
    auto text = table_text(table, use_colour) + estimates_text(findings, use_colour) +
                tests_text(findings, plan, use_colour);
    for (const auto measure : design::all_measures) {
        text += intervals_text(findings, measure, plan.confidence, use_colour);
    }
    text += agreement_text(findings, table, plan);
    return text + "\n" +
           muted(wrapped(plan.margin_measure() ? margin_legend : legend, width, 2) +
                     wrapped(further, width, 2),
                 use_colour);
}

}  // namespace rsasim::files
