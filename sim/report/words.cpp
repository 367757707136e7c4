#include "words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/files/results_labels.hpp>

namespace rsasim::report {
namespace {

bool has_effect(const summary::CellResults& cell) {
    return !cell.parameters.is_null;
}

/// A cell for the protocol: the first that is not under the null.
const summary::CellResults& chosen_cell(const summary::Results& results) {
    const auto found = std::ranges::find_if(results.cells, has_effect);
    return found == results.cells.end() ? results.cells.front() : *found;
}

std::string how(const summary::Results& results, const summary::CellResults& cell,
                const summary::Figure& power) {
    if (results.engine == summary::Engine::enumeration) return "exact, by enumeration";
    return fmt::format("simulation of {} trials, Monte Carlo standard error {:.2g}",
                       cell.replicates, power.mcse);
}

std::string test_words(const summary::Results& results, const summary::CellParameters& p) {
    const auto level = fmt::format("at a {} significance level of {:g}",
                                   p.sides == 2 ? "two-sided" : "one-sided", p.alpha);
    const auto measure = std::string(design::name_of(results.null_measure));
    if (results.null_kind == summary::NullKind::margin)
        return fmt::format("{} against the margin {} = {:g}", level, measure, p.null_value);
    if (results.null_kind == summary::NullKind::equivalence) {
        return fmt::format("{} for equivalence ({} between {:g} and {:g})", level, measure,
                           p.equivalence_lower, p.equivalence_upper);
    }
    return level;
}

std::string protocol(const summary::Results& results) {
    const auto& cell = chosen_cell(results);
    const auto& p = cell.parameters;
    std::string text = fmt::format(
        "{} women are to be randomised, {} to the treated and {} to the control arm. The outcome "
        "is "
        "{}. Assuming rates of {:.4g} under treatment and {:.4g} under control (odds ratio {:.4g}, "
        "risk difference {:.4g})",
        p.n_treated + p.n_control, p.n_treated, p.n_control,
        results.outcome.empty() ? "binary" : results.outcome, p.treated_rate, p.control_rate,
        p.odds_ratio, p.risk_difference);
    if (results.tests.empty()) return text + ".";
    const auto& power = cell.summary.tests.front().power;
    return text + fmt::format(", the test \"{}\" {} rejects with probability {:.4f} ({}).",
                              files::test_title(results.tests.front()), test_words(results, p),
                              power.value, how(results, cell, power));
}

std::string axes_words(const summary::Results& results) {
    if (results.axes.empty()) return "One design was studied.";
    std::string text =
        fmt::format("{} designs were studied: all combinations of ", results.cells.size());
    std::string list;
    for (const auto& axis : files::shown_axes(results)) {
        list += fmt::format("{}{} ({} values)", list.empty() ? "" : ", ", axis.title,
                            axis.values.size());
    }
    const bool any_effect = std::ranges::any_of(results.cells, has_effect);
    return text + list +
           (any_effect ? ". The paragraph is about the first with an effect."
                       : ". The paragraph is about the first: none has an effect.");
}

}  // namespace

std::string escaped(const std::string& text) {
    std::string html;
    for (const char c : text) {
        switch (c) {
            case '&':
                html += "&amp;";
                break;
            case '<':
                html += "&lt;";
                break;
            case '>':
                html += "&gt;";
                break;
            case '"':
                html += "&quot;";
                break;
            case '\'':
                html += "&#39;";
                break;
            default:
                html += c;
        }
    }
    return html;
}

std::string design_html(const ReportInput& input) {
    std::string html = fmt::format(
        "<h2>The design</h2>\n<p>{}</p>\n<blockquote><p>{}</p>"
        "</blockquote>\n",
        escaped(axes_words(input.results)), escaped(protocol(input.results)));
    for (const auto& note : input.samples.notes)
        html += fmt::format("<p>{}</p>\n", escaped(note));
    return html;
}

std::string provenance_html(const ReportInput& input) {
    const auto& results = input.results;
    std::string rows;
    const auto add = [&](const std::string& name, const std::string& value) {
        rows += fmt::format("<tr><th scope=\"row\">{}</th><td><bdi>{}</bdi></td></tr>\n",
                            escaped(name), escaped(value));
    };
    add("results file", input.file);
    add("seed", fmt::format("{}", results.seed));
    add("generator", results.rng);
    add("scenario SHA-256", results.scenario_sha256);
    for (const auto& [name, value] : results.provenance.attributes)
        add(name, value);
    return fmt::format(
        "<h2>Provenance</h2>\n<table><caption>Where these results come from"
        "</caption>\n<tbody>\n{}</tbody></table>\n<h3>The scenario</h3>\n"
        "<pre dir=\"auto\">{}</pre>\n",
        rows, escaped(results.provenance.scenario_resolved));
}

}  // namespace rsasim::report
