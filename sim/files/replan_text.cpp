#include "analysis_tables_text.hpp"
#include "fragility_text.hpp"
#include "number_text.hpp"
#include "planning_words.hpp"
#include "replan_words.hpp"
#include "text_table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace rsasim::files {
namespace {

using planning::TruthKind;
using EstimateOfMethod = planning::EstimateReproduction;
using IntervalOfMethod = planning::IntervalReproduction;

std::string words_of(TruthKind kind) {
    switch (kind) {
        case TruthKind::observed:
            return "as observed";
        case TruthKind::cochrane:
            return "shrunken (cochrane)";
        case TruthKind::empirical_bayes:
            return "shrunken (empirical-bayes)";
        case TruthKind::confidence_limit:
            return "at the confidence limit";
    }
    return "";
}

/// The columns that say what is taken to be true.
TextTable table_of_truths() {
    TextTable table;
    table.add_column("the effect is", Align::left);
    table.add_column("odds ratio", Align::right);
    table.add_column("treated", Align::right);
    table.add_column("control", Align::right);
    return table;
}

std::vector<std::string> truth_cells(const planning::AssumedTruth& truth) {
    return {words_of(truth.kind), value_text(truth.odds_ratio), value_text(truth.rates.treated),
            value_text(truth.rates.control)};
}

/// Rows of the truths that the trial does not have: a dash in each further column, then the reason.
void add_omitted(TextTable& table, const ReplanReport& report, std::size_t further_columns) {
    for (const auto& truth : report.omitted) {
        std::vector<std::string> cells(4 + further_columns, "–");
        cells.front() = words_of(truth.kind);
        cells.push_back(truth.why_not);
        table.add_row(std::move(cells));
    }
}

constexpr int probability_decimals = 4;
constexpr int ratio_decimals = 2;

std::string replications_text(const ReplanReport& report, bool use_colour) {
    const auto heading =
        fmt::format("A trial of the same size, judged by {} ({}-sided, alpha {})",
                    report.test.label(), report.plan->sides == design::Sides::two ? "two" : "one",
                    shortest_text(report.plan->alpha));
    if (report.replications.empty()) {
        return fmt::format("\n{}\n{}", emphasised(heading, use_colour),
                           wrapped(fmt::format("Too large: more than {} tables matter.",
                                               count_text(planning::most_replication_tables)),
                                   analysis_width, 2));
    }
    TextTable table = table_of_truths();
    for (const auto* name : {"significant", "same side", "averaged", "type M", "type S"})
        table.add_column(name, Align::right);
    if (!report.omitted.empty()) table.add_column("", Align::left);
    for (std::size_t i = 0; i < report.truths.size(); ++i) {
        const auto& one = report.replications[i];
        auto cells = truth_cells(report.truths[i]);
        for (const double probability :
             {one.significant, one.same_direction, one.averaged.value_or(std::nan(""))}) {
            cells.push_back(fixed_text(probability, probability_decimals));
        }
        cells.push_back(fixed_text(one.exaggeration, ratio_decimals));
        cells.push_back(p_value_text(one.sign_error));
        if (!report.omitted.empty()) cells.emplace_back();
        table.add_row(std::move(cells));
    }
    add_omitted(table, report, 5);
    return titled(heading, table, use_colour);
}

std::string trial_text(const std::optional<planning::ConfirmatoryTrial>& trial) {
    if (!trial) return "–";
    return fmt::format("{0} + {0}", count_text(trial->n_per_arm));
}

std::string power_text(const std::optional<planning::ConfirmatoryTrial>& trial) {
    return trial ? fixed_text(trial->power, probability_decimals) : "–";
}

std::string confirmatory_text(const ReplanReport& report, bool use_colour) {
    if (report.sizes.empty()) return "";
    TextTable table = table_of_truths();
    for (const auto* name : {"first", "power", "stable", "power"})
        table.add_column(name, Align::right);
    table.add_column("", Align::left);
    for (std::size_t i = 0; i < report.sizes.size(); ++i) {
        const auto& size = report.sizes[i];
        auto cells = truth_cells(report.truths[i]);
        for (const auto& trial : {size.first, size.stable}) {
            cells.push_back(trial_text(trial));
            cells.push_back(power_text(trial));
        }
        cells.push_back(size.why_not);
        table.add_row(std::move(cells));
    }
    add_omitted(table, report, 4);
    return titled(fmt::format("A confirmatory trial in equal arms, power {} by {}",
                              shortest_text(report.rule.power), report.test.label()),
                  table, use_colour);
}

constexpr std::string_view combination_legend =
    "significant: probability that the test rejects; same side: that it does in favour of the same "
    "arm as the published trial; averaged: when the log odds ratio is uncertain (flat, or as "
    "shrunken) and the control rate as observed. type M: mean of |log odds ratio| among "
    "significant "
    "trials, 1/2 added to each cell, over the true one; type S: share of significant trials whose "
    "rates differ in the wrong direction (Gelman & Carlin 2014). All by enumeration of the tables.";
constexpr std::string_view shrinkage_legend =
    "cochrane: posterior mean under the signal-to-noise ratios of 23,551 trials (van Zwet, Schwab "
    "& "
    "Senn 2021); empirical-bayes: the log odds ratio times 1 - SE²/estimate² (Pawel & Held 2020); "
    "confidence limit: the one nearer to no effect, estimate -+ z SE of the log odds ratio.";
constexpr std::string_view size_legend =
    "first: the smallest trial whose exact power reaches the target; stable: from which on every "
    "larger one that was looked at does (JSON: looked_at_per_arm).";

/// "The printed figures can be reproduced, but ..."; empty where none were printed.
std::string sentence_on_figures(const planning::Reproduction& reproduction) {
    if (!reproduction.p_value && reproduction.effects.empty()) return "";
    const bool is_p_reproduced = !reproduction.p_value || !reproduction.tests_that_print().empty();
    bool is_all = is_p_reproduced, is_direct = true;
    for (const auto& effect : reproduction.effects) {
        is_all = is_all && effect.is_reproduced();
        is_direct = is_direct &&
                    (!effect.printed.estimate ||
                     std::ranges::any_of(effect.estimates, prints_directly<EstimateOfMethod>)) &&
                    (!effect.printed.interval ||
                     std::ranges::any_of(effect.intervals, prints_directly<IntervalOfMethod>));
    }
    if (!is_all) return "Not all printed figures can be reproduced. ";
    return is_direct ? "The printed figures can be reproduced. "
                     : "The printed figures can be reproduced, but only with a rounding on the "
                       "way. ";
}

}  // namespace

std::string replan_summary(const ReplanReport& report) {
    std::string text = sentence_on_figures(report.reproduction);
    if (report.replications.empty()) return text;
    text += fmt::format(
        "A trial of the same size would be significant ({}) with probability {} at the observed "
        "effect",
        report.test.label(), fixed_text(report.replications.front().significant, 2));
    if (report.replications.size() > 1) {
        text += fmt::format(" and {} at the effect shrunken as in trials of the Cochrane database",
                            fixed_text(report.replications[1].significant, 2));
    }
    const auto& size = report.sizes.size() > 1 ? report.sizes[1].first : std::nullopt;
    if (size) {
        text += fmt::format(", which asks for {} women at power {}",
                            count_text(2 * size->n_per_arm), shortest_text(report.rule.power));
    }
    return text + ".";
}

std::string replan_to_text(const ReplanReport& report, bool use_colour) {
    const auto& [treated, control] = report.table;
    auto text = fmt::format(
        "{}\n", emphasised(fmt::format("{}/{} treated ({}) against {}/{} control ({})",
                                       treated.events, treated.n, value_text(treated.rate()),
                                       control.events, control.n, value_text(control.rate())),
                           use_colour));
    text += wrapped(replan_summary(report), analysis_width, 2);
    text += figures_text(report.reproduction, use_colour);
    text += fragility_text(fragility_of_tests(report.table, *report.plan), report.table,
                           *report.plan, use_colour);
    text += replications_text(report, use_colour) + confirmatory_text(report, use_colour);
    text += fmt::format("\n{}\n{}{}", emphasised("The test of new trials", use_colour),
                        hypotheses_text(*report.plan), test_text(report.test));
    const auto remarks = wrapped(combination_legend, analysis_width, 2) +
                         wrapped(shrinkage_legend, analysis_width, 2) +
                         wrapped(size_legend, analysis_width, 2);
    return fmt::format("{}\n{}", text, muted(remarks, use_colour));
}

}  // namespace rsasim::files
