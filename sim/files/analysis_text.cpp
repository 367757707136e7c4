#include "analysis_findings.hpp"
#include "analysis_tables_text.hpp"
#include "fragility_text.hpp"
#include "number_needed_text.hpp"
#include "number_text.hpp"
#include "text_table.hpp"
#include "titles.hpp"

#include <fmt/format.h>

#include <rsasim/files/analysis_text.hpp>

namespace rsasim::files {
namespace {

using analysis::Role;

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
        text.render({analysis_width, 2, use_colour}).text);
}

std::string estimates_text(const AnalysisFindings& findings, bool use_colour) {
    if (findings.estimates.empty()) return "";
    TextTable text;
    text.add_column("of the", Align::left);
    text.add_column("estimate", Align::left);
    text.add_column("what it is", Align::left);
    text.add_column("value", Align::right);
    text.add_column("", Align::left);
    for (const auto& [choice, finding] : findings.estimates) {
        const auto* row = analysis::find_method(Role::estimate, choice.method.id, choice.measure);
        text.add_row({words_of(choice.measure), choice.method.label(),
                      std::string(row == nullptr ? "" : row->brief), value_text(finding.estimate),
                      remark_of(finding.status)});
    }
    return titled("Estimates", text, use_colour);
}

std::string agreement_text(const WholeAnalysis& analysis, const design::AnalysisPlan& plan) {
    if (plan.margin_measure()) return "";
    std::string text;
    for (const auto& contradiction : analysis.contradictions)
        text += wrapped(sentence_on(contradiction), analysis_width, 2);
    if (text.empty()) {
        text = wrapped(fmt::format("Each P-value agrees with its own interval about no effect at "
                                   "alpha {}.",
                                   shortest_text(plan.alpha)),
                       analysis_width, 2);
    }
    return "\n" + text;
}

std::string numbers_needed_text(const design::Table2x2& table, const design::AnalysisPlan& plan,
                                bool use_colour) {
    const auto numbers = numbers_needed(table, plan);
    TextTable text;
    text.add_column("from", Align::left);
    text.add_column("number", Align::left);
    text.add_row({"observed rates", number_needed_text(numbers.estimate)});
    for (const auto& [id, finding, number] : numbers.intervals) {
        text.add_row({fmt::format("{}, {} %", id, shortest_text(100 * plan.confidence)),
                      number_needed_text(number)});
    }
    const bool is_higher = plan.direction == design::Direction::higher_is_better;
    return titled(fmt::format("Number needed to treat for one to benefit (NNTB) or be harmed "
                              "(NNTH), an event being {}",
                              is_higher ? "good" : "bad"),
                  text, use_colour);
}

constexpr std::string_view analysis_legend =
    "P is two-sided; greater: against the treated arm having the higher rate, less: the lower. "
    "fragile: the fragility index. –: there is none. ≠: P-value and own interval contradict each "
    "other.";
constexpr std::string_view margin_legend =
    "P is two-sided, or the larger of the two that equivalence needs; greater: against an effect "
    "above the null (the lower margin), less: below it (the upper margin). fragile: the fragility "
    "index. –: there is none.";
constexpr std::string_view further =
    "Title, definition and source of a method: rsasim methods ID. Statistics and all digits: "
    "--json.";

}  // namespace

std::string analysis_to_text(const design::Table2x2& table, const design::AnalysisPlan& plan,
                             bool use_colour) {
    WholeAnalysis analysis{analyse(table, plan), {}, fragility_of_tests(table, plan)};
    analysis.contradictions = contradicting_pairs(analysis.findings, table, plan);
    auto text = table_text(table, use_colour) + estimates_text(analysis.findings, use_colour) +
                tests_text(analysis, tests_heading(plan.null, plan.equivalence), use_colour);
    for (const auto measure : design::all_measures) {
        text += intervals_text(analysis, measure, plan.confidence, use_colour);
    }
    text += agreement_text(analysis, plan) +
            fragility_text(analysis.fragility, table, plan, use_colour) +
            numbers_needed_text(table, plan, use_colour);
    const auto remarks =
        wrapped(plan.margin_measure() ? margin_legend : analysis_legend, analysis_width, 2) +
        wrapped(further, analysis_width, 2);
    return fmt::format("{}\n{}", text, muted(remarks, use_colour));
}

}  // namespace rsasim::files
