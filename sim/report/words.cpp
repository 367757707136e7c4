#include "words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/files/results_labels.hpp>

namespace rsasim::report {
namespace {

bool has_effect(const summary::CellResults& cell) {
    return cell.parameters.is_null != summary::InNull::yes;
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

std::string_view words_of(design::Handling handling) {
    switch (handling) {
        case design::Handling::failure:
            return "counted as no event";
        case design::Handling::complete_case:
            return "left out";
        case design::Handling::worst_case:
            return "counted as no event under treatment and as an event under control";
        case design::Handling::best_case:
            return "counted as an event under treatment and as no event under control";
        case design::Handling::multiple_imputation:
            return "imputed";
    }
    return "";
}

/// The mean over a cell's trials of the share of women with this label: "7.6 %".
std::string share_text(const summary::Results& results, const summary::CellResults& cell,
                       std::string_view label) {
    const auto found = std::ranges::find(results.characteristics, label);
    if (found == results.characteristics.end()) return "an unknown share";
    const auto place = static_cast<std::size_t>(found - results.characteristics.begin());
    return fmt::format("{:.3g} %", 100 * cell.summary.characteristics[place].mean_value.value);
}

/// The rates of the event, and what losing women makes of them.
std::string rates_words(const ReportInput& input, const summary::CellResults& cell) {
    const auto& p = cell.parameters;
    const auto& lost = input.samples.lost;
    std::string text;
    if (lost) {
        text = fmt::format(
            "rates of {:.4g} under treatment and {:.4g} under control were every outcome known, "
            "and outcomes of {} and {} that are missing and {}, so that the 2x2 table has ",
            lost->rates.treated, lost->rates.control,
            share_text(input.results, cell, "missing:treated"),
            share_text(input.results, cell, "missing:control"), words_of(lost->handling));
    }
    return text + fmt::format(
                      "rates of {:.4g} under treatment and {:.4g} under control (odds ratio "
                      "{:.4g}, risk difference {:.4g})",
                      p.treated_rate, p.control_rate, p.odds_ratio, p.risk_difference);
}

/// The power of the adjusted test on the same trials; empty where there is none.
std::string adjusted_words(const ReportInput& input, const summary::CellResults& cell) {
    const auto& tests = input.results.tests;
    const auto found = std::ranges::find(tests, input.samples.adjusted_test);
    if (found == tests.begin() || found == tests.end()) return "";
    const auto& power = cell.summary.tests[static_cast<std::size_t>(found - tests.begin())].power;
    return fmt::format(", and the adjusted test \"{}\" with probability {:.4f} ({})",
                       files::test_title(*found), power.value, how(input.results, cell, power));
}

std::string protocol(const ReportInput& input) {
    const auto& results = input.results;
    const auto& cell = results.cells[cell_of_words(results)];
    const auto& p = cell.parameters;
    std::string text = fmt::format(
        "{} women are to be randomised, {} to the treated and {} to the control arm. The outcome "
        "is {}. Assuming {}",
        p.n_treated + p.n_control, p.n_treated, p.n_control,
        results.outcome.empty() ? "binary" : results.outcome, rates_words(input, cell));
    if (results.tests.empty()) return text + ".";
    const auto& power = cell.summary.tests.front().power;
    return text + fmt::format(", the test \"{}\" {} rejects with probability {:.4f} ({}){}.",
                              files::test_title(results.tests.front()), test_words(results, p),
                              power.value, how(results, cell, power), adjusted_words(input, cell));
}

std::string axes_words(const summary::Results& results) {
    if (results.axes.empty()) return "One design was studied.";
    std::string text =
        results.cells.size() == 1
            ? std::string("1 design was studied: ")
            : fmt::format("{} designs were studied: all combinations of ", results.cells.size());
    std::string list;
    for (const auto& axis : files::shown_axes(results)) {
        list += fmt::format("{}{} ({} value{})", list.empty() ? "" : ", ", axis.title,
                            axis.values.size(), axis.values.size() == 1 ? "" : "s");
    }
    const bool any_effect = std::ranges::any_of(results.cells, has_effect);
    return text + list +
           (any_effect ? ". The paragraph is about the first with an effect."
                       : ". The paragraph is about the first: none has an effect.");
}

}  // namespace

std::size_t cell_of_words(const summary::Results& results) {
    const auto found = std::ranges::find_if(results.cells, has_effect);
    return found == results.cells.end() ? 0
                                        : static_cast<std::size_t>(found - results.cells.begin());
}

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
        escaped(axes_words(input.results)), escaped(protocol(input)));
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
