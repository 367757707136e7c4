#include "number_text.hpp"
#include "text_table.hpp"

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/files/planning_text.hpp>

namespace rsasim::files {
namespace {

constexpr std::size_t text_width = 100;
constexpr int power_decimals = 6;

std::string hypotheses_text(const design::AnalysisPlan& plan) {
    std::string null = "no effect";
    if (const auto& margins = plan.equivalence) {
        null = fmt::format("{} not between {} and {}", design::name_of(margins->measure),
                           shortest_text(margins->lower), shortest_text(margins->upper));
    } else if (!plan.null.is_no_effect()) {
        null = fmt::format("{} = {}", design::name_of(plan.null.measure),
                           shortest_text(plan.null.value));
    }
    return fmt::format("  null        {}; {}, alpha {}\n", null,
                       plan.sides == design::Sides::two ? "two-sided" : "one-sided",
                       shortest_text(plan.alpha));
}

std::string test_text(const design::MethodChoice& choice) {
    const auto* row = analysis::find_method(analysis::Role::test, choice.id);
    return wrapped(fmt::format("{}: {}", choice.label(), row->definition), text_width, 2);
}

void add_size(TextTable& table, std::string what, const planning::SizedPower& sized) {
    table.add_row({std::move(what), count_text(sized.sizes.treated),
                   count_text(sized.sizes.control),
                   count_text(sized.sizes.treated + sized.sizes.control),
                   fixed_text(sized.power, power_decimals)});
}

TextTable size_table() {
    TextTable table;
    table.add_column("", Align::left);
    for (const auto* heading : {"treated", "control", "total", "power"})
        table.add_column(heading, Align::right);
    return table;
}

std::string dropout_text(const DropoutReport& dropout) {
    return wrapped(
        fmt::format("With {} of the women dropping out, recruit {} treated and {} control. If "
                    "drop-outs count as failures, the rates are {} and {}, and the power is {}.",
                    shortest_text(dropout.rate), count_text(dropout.recruited.treated),
                    count_text(dropout.recruited.control),
                    fixed_text(dropout.rates_as_failures.treated, power_decimals),
                    fixed_text(dropout.rates_as_failures.control, power_decimals),
                    fixed_text(dropout.power_as_failures, power_decimals)),
        text_width, 2);
}

std::string summary_text(const SampleSizeReport& report) {
    const auto& [question, answer, nearby, curve, size, dropout] = report;
    return wrapped(
        fmt::format(
            "{} women treated and {} control give the test {} a power of {} to tell a "
            "rate of {} from {}; {}.",
            count_text(answer.first->sizes.treated), count_text(answer.first->sizes.control),
            question.plan->tests.at(question.test).label(), fixed_text(answer.first->power, 4),
            shortest_text(question.rates.treated), shortest_text(question.rates.control),
            answer.stable
                ? fmt::format(
                      "from {} in all on, every size up to {} has at least {}",
                      count_text(answer.stable->sizes.treated + answer.stable->sizes.control),
                      count_text(answer.horizon), shortest_text(question.power))
                : fmt::format("no size up to {} in all is stable", count_text(answer.horizon))),
        text_width, 2);
}

std::string detectable_summary(const DetectableReport& report,
                               const std::optional<planning::DetectableRate>& found,
                               std::string_view where) {
    const double control = report.design.rates().control;
    if (!found) return fmt::format("  {}: no rate is detected with this power\n", where);
    const design::Rates rates{found->treated_rate, control};
    return fmt::format("  {}: treated rate {}, odds ratio {}, risk ratio {}, risk difference {}\n",
                       where, fixed_text(found->treated_rate, power_decimals),
                       fixed_text(design::effect_of(design::Measure::odds_ratio, rates), 4),
                       fixed_text(design::effect_of(design::Measure::risk_ratio, rates), 4),
                       fixed_text(design::effect_of(design::Measure::risk_difference, rates), 4));
}

}  // namespace

std::string sample_size_to_text(const SampleSizeReport& report, bool use_colour) {
    const auto& [question, answer, nearby, curve, size, dropout] = report;
    std::string text = emphasised("Sample size by enumeration", use_colour) + "\n";
    text +=
        fmt::format("  rates       {} treated, {} control; {}:{} allocation\n",
                    shortest_text(question.rates.treated), shortest_text(question.rates.control),
                    question.ratio.treated(), question.ratio.control());
    text += hypotheses_text(*question.plan);
    text += fmt::format("  target      power {}\n", shortest_text(question.power));
    text += test_text(question.plan->tests.at(question.test)) + "\n";
    TextTable table = size_table();
    add_size(table, "first", *answer.first);
    if (answer.stable) add_size(table, "stable", *answer.stable);
    add_size(table, "best nearby split", nearby);
    text += table.render({text_width, 2, use_colour}).text;
    if (size) {
        text += fmt::format("  size of the test at first: at most {} (proved)\n",
                            fixed_text(size->supremum.upper, power_decimals));
    }
    if (dropout) text += dropout_text(*dropout);
    TextTable tooth = size_table();
    for (const auto& point : curve)
        add_size(tooth, "", point);
    text += "\nThe saw-tooth\n" + tooth.render({text_width, 2, use_colour}).text + "\n";
    return text + summary_text(report);
}

std::string detectable_to_text(const DetectableReport& report, bool use_colour) {
    const auto& design = report.design;
    std::string text = emphasised("Minimum detectable effect by enumeration", use_colour) + "\n";
    text += fmt::format("  arms        {} treated, {} control; control rate {}\n",
                        count_text(design.sizes().treated), count_text(design.sizes().control),
                        shortest_text(design.rates().control));
    text += hypotheses_text(design.analysis());
    text += fmt::format("  target      power {}\n", shortest_text(report.power));
    text += test_text(design.analysis().tests.front()) + "\n";
    text += detectable_summary(report, report.rates.above, "above the null");
    return text + detectable_summary(report, report.rates.below, "below the null");
}

}  // namespace rsasim::files
