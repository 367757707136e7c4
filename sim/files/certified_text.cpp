#include "number_text.hpp"
#include "statement_text.hpp"
#include "text_table.hpp"

#include <fmt/format.h>

#include <rsasim/files/certified_text.hpp>

namespace rsasim::files {
namespace {

constexpr int rate_decimals = 6;
constexpr std::size_t line_width = 100;

std::string effect_text(const design::Effect& effect) {
    return fmt::format("{} = {}", design::name_of(effect.measure), shortest_text(effect.value));
}

std::string null_text(const design::AnalysisPlan& plan) {
    if (const auto& margins = plan.equivalence) {
        return fmt::format("{} not between {} and {}", design::name_of(margins->measure),
                           shortest_text(margins->lower), shortest_text(margins->upper));
    }
    return plan.null.is_no_effect() ? "no effect" : effect_text(plan.null);
}

std::vector<std::string> extreme_row(std::string what, const planning::CertifiedExtreme& extreme) {
    return {std::move(what), fixed_text(extreme.lower, rate_decimals + 2),
            fixed_text(extreme.upper, rate_decimals + 2),
            fixed_text(extreme.at.control, rate_decimals),
            fixed_text(extreme.at.treated, rate_decimals)};
}

std::string table_of_extremes(const CertifiedReport& report, bool use_colour) {
    TextTable table;
    table.add_column("proved", Align::left);
    table.add_column("at least", Align::right);
    table.add_column("at most", Align::right);
    table.add_column("at control rate", Align::right);
    table.add_column("treated rate", Align::right);
    if (report.size) table.add_row(extreme_row("size of the test", report.size->supremum));
    if (report.coverage) table.add_row(extreme_row("minimum coverage", *report.coverage));
    if (report.power) {
        table.add_row(
            extreme_row("minimum power at " + effect_text(report.power_at), *report.power));
    }
    return table.render({line_width, 2, use_colour}).text;
}

std::string calibrated_text(const CertifiedReport& report) {
    const auto& [level, next, power, scope] = *report.calibrated;
    const std::string alpha = shortest_text(report.design.analysis().alpha);
    std::string text = "\nCalibrated alpha\n";
    if (level) {
        text += wrapped(
            fmt::format("Reject where P <= {}: the size is at most {}, and the power at rates {} "
                        "against {} is {}.",
                        fixed_text(level->p_value, rate_decimals + 4),
                        fixed_text(level->size.upper, rate_decimals + 2),
                        shortest_text(report.design.rates().treated),
                        shortest_text(report.design.rates().control),
                        fixed_text(power, rate_decimals)),
            line_width, 2);
    } else {
        text += fmt::format("  No attained P-value keeps the size at {}.\n", alpha);
    }
    if (next) {
        text += wrapped(fmt::format("The next attained P-value is {}; its size is at least {}.",
                                    fixed_text(next->p_value, rate_decimals + 4),
                                    fixed_text(next->size.lower, rate_decimals + 2)),
                        line_width, 2);
    }
    return text;
}

std::string curve_text(const CertifiedReport& report, bool use_colour) {
    TextTable table;
    table.add_column("control rate", Align::right);
    table.add_column("treated rate", Align::right);
    table.add_column(report.coverage ? "coverage" : "rejection probability", Align::right);
    for (const auto& point : report.curve) {
        table.add_row({fixed_text(point.rates.control, rate_decimals),
                       fixed_text(point.rates.treated, rate_decimals),
                       fixed_text(point.probability, rate_decimals + 2)});
    }
    return "\nProfile\n" + table.render({line_width, 2, use_colour}).text;
}

/// One sentence on the extreme that was proved.
std::string sentence_on(const CertifiedReport& report) {
    const double alpha = report.design.analysis().alpha;
    const auto range =
        fmt::format("For control rates from {} to {} ", shortest_text(report.range.lowest),
                    shortest_text(report.range.highest));
    if (report.coverage) {
        return fmt::format("{}{} contains the effect with probability {} or more.", range,
                           report.method, fixed_text(report.coverage->lower, rate_decimals + 2));
    }
    if (!report.size) return "";
    const auto& [lower, upper, at] = report.size->supremum;
    const auto* verdict = upper <= alpha  ? "alpha is kept"
                          : lower > alpha ? "alpha is exceeded"
                                          : "the bracket contains alpha";
    return fmt::format("{}{} rejects a true null hypothesis with probability {} or less: {}.",
                       range, report.method, fixed_text(upper, rate_decimals + 2), verdict);
}

}  // namespace

std::string certified_to_text(const CertifiedReport& report, bool use_colour) {
    const design::AnalysisPlan& plan = report.design.analysis();
    const auto& [treated, control] = report.design.sizes();
    std::string text = emphasised(
        fmt::format("{}, {} treated v {} control", report.method, treated, control), use_colour);
    text += "\n  ";
    if (report.coverage) {
        text += fmt::format("confidence {}, {}", shortest_text(plan.confidence),
                            effect_text(report.effect));
    } else {
        text += fmt::format("alpha {}, {}, null: {}", shortest_text(plan.alpha),
                            plan.sides == design::Sides::two ? "two-sided" : "one-sided",
                            null_text(plan));
    }
    text += fmt::format("; control rates from {} to {}\n\n", shortest_text(report.range.lowest),
                        shortest_text(report.range.highest));
    text += table_of_extremes(report, use_colour);
    text += wrapped(sentence_on(report), line_width, 2);
    if (report.size && report.size->scope == planning::Scope::boundary_only) {
        text += wrapped(plan.equivalence
                            ? "Proved on both margins; rates beyond them were not looked at."
                            : "Proved on the boundary of the null alone: the rejection region is "
                              "not monotone, so that rates inside the null could reject more "
                              "often.",
                        line_width, 2);
    }
    if (report.calibrated) text += calibrated_text(report);
    if (!report.curve.empty()) text += curve_text(report, use_colour);
    if (!report.coverage) {
        const auto definition = wrapped(definitions_of_tests({report.method}), line_width, 2);
        text += fmt::format("\n{}", muted(definition, use_colour));
    }
    return text;
}

}  // namespace rsasim::files
