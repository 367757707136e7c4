#include "number_text.hpp"
#include "planning_words.hpp"
#include "text_table.hpp"

#include <cmath>

#include <fmt/format.h>

#include <rsasim/files/planning_text.hpp>
#include <rsasim/files/results_labels.hpp>

namespace rsasim::files {
namespace {

void add_size(TextTable& table, std::string what, const planning::SizedPower& sized) {
    table.add_row({std::move(what), count_text(sized.sizes.treated),
                   count_text(sized.sizes.control),
                   count_text(sized.sizes.treated + sized.sizes.control),
                   fixed_text(sized.power, power_decimals)});
}

TextTable size_table(const SizeAim& aim) {
    TextTable table;
    table.add_column("", Align::left);
    for (const std::string& heading :
         {std::string("treated"), std::string("control"), std::string("total"),
          std::string(aim.half_width ? "probability" : aim.name())})
        table.add_column(heading, Align::right);
    return table;
}

std::string beta_text(const design::BetaPrior& beta) {
    return fmt::format("beta({}, {})", shortest_text(beta.a), shortest_text(beta.b));
}

std::string prior_text(const design::RatesPrior& prior) {
    std::string text = prior.control_rate
                           ? "control rate " + beta_text(*prior.control_rate)
                           : "control rate " + shortest_text(prior.known_control_rate);
    if (prior.treated_rate) return text + ", treated rate " + beta_text(*prior.treated_rate);
    const auto& [measure, median, log_sd] = prior.ratio.value();
    return text + fmt::format(
                      ", {} log-normal with median {} and a standard deviation of {} of "
                      "the logarithm",
                      design::name_of(measure), shortest_text(median), shortest_text(log_sd));
}

/// What the trial is to attain.
std::string target_text(const SampleSizeReport& report) {
    const auto target = shortest_text(report.question.target);
    const SizeAim& aim = report.aim;
    if (aim.worst_case) {
        const auto& [rates, effect] = *aim.worst_case;
        return fmt::format("a power of {} at every control rate from {} to {}, with {} = {}",
                           target, shortest_text(rates.lowest), shortest_text(rates.highest),
                           design::name_of(effect.measure), fixed_text(effect.value, 4));
    }
    if (aim.prior) {
        return fmt::format(
            "an assurance of {}: a rejection in the favourable direction, averaged "
            "over the prior ({})",
            target, prior_text(*aim.prior));
    }
    if (aim.half_width) {
        return fmt::format(
            "{} {} with a half-width of at most {}{}, with probability {}",
            shortest_text(report.plan->confidence * 100) + " % interval",
            aim.half_width->interval.label(), shortest_text(aim.half_width->half_width),
            design::is_ratio(aim.half_width->interval.measure) ? " on the log scale" : "", target);
    }
    return "a power of " + target;
}

std::string dropout_text(const DropoutReport& dropout) {
    std::string text =
        fmt::format("With {} of the women dropping out, recruit {} treated and {} control.",
                    shortest_text(dropout.rate), count_text(dropout.recruited.treated),
                    count_text(dropout.recruited.control));
    if (dropout.as_failures) {
        const auto& [rates, power] = *dropout.as_failures;
        text += fmt::format(
            " If drop-outs count as failures, the rates are {} and {}, and the power is {}.",
            fixed_text(rates.treated, power_decimals), fixed_text(rates.control, power_decimals),
            fixed_text(power, power_decimals));
    } else {
        text += fmt::format(" What is left of it if drop-outs count as failures is not known: {}.",
                            dropout.why_no_power);
    }
    return wrapped(text, planning_width, 2);
}

std::string width_text(const planning::ExpectedWidth& width) {
    const bool is_ratio = design::is_ratio(width.interval.measure);
    return wrapped(
        fmt::format("Expected width of {} at first: {}{}{}.", width.interval.label(),
                    fixed_text(width.mean, 4),
                    is_ratio ? " on the log scale, limits apart by a factor of " +
                                   fixed_text(std::exp(width.mean), 2)
                             : std::string(),
                    width.infinite > 1e-6 ? fmt::format("; infinite with probability {}",
                                                        fixed_text(width.infinite, power_decimals))
                                          : std::string()),
        planning_width, 2);
}

std::string stable_text(const SampleSizeReport& report) {
    const auto& [first, stable, horizon, judged_up_to] = report.answer;
    const auto limit = judged_up_to ? ", beyond which the method has too many tables to order"
                                    : std::string_view();
    if (!stable)
        return fmt::format("no size up to {} in all is stable{}", count_text(horizon), limit);
    return fmt::format("from {} in all on, every size up to {} has at least {}{}",
                       count_text(stable->sizes.treated + stable->sizes.control),
                       count_text(horizon), shortest_text(report.question.target), limit);
}

/// What the trial does, in words that follow "give".
std::string attained_text(const SampleSizeReport& report) {
    const auto power = fixed_text(report.answer.first->power, 4);
    if (report.aim.half_width) {
        return fmt::format("an interval that is narrow enough with probability {}", power);
    }
    const auto test = report.plan->tests.front().label();
    if (report.aim.worst_case) {
        return fmt::format("the test {} a power of at least {} at every control rate of the range",
                           test, power);
    }
    if (report.aim.prior) return fmt::format("the test {} an assurance of {}", test, power);
    return fmt::format("the test {} a power of {} to tell a rate of {} from {}", test, power,
                       number_text(report.rates.treated), number_text(report.rates.control));
}

std::string summary_text(const SampleSizeReport& report) {
    const auto& sizes = report.answer.first->sizes;
    return wrapped(
        fmt::format("{} women treated and {} control give {}; {}.", count_text(sizes.treated),
                    count_text(sizes.control), attained_text(report), stable_text(report)),
        planning_width, 2);
}

std::string heading_text(const SampleSizeReport& report, bool use_colour) {
    const auto& ratio = report.question.ratio;
    std::string text = emphasised("Sample size by enumeration", use_colour) + "\n";
    text += fmt::format("  rates       {} treated, {} control; {}:{} allocation\n",
                        number_text(report.rates.treated), number_text(report.rates.control),
                        ratio.treated(), ratio.control());
    if (!report.plan->tests.empty()) text += hypotheses_text(*report.plan);
    const auto target = wrapped("target      " + target_text(report), planning_width, 2);
    text += target;
    if (!report.plan->tests.empty()) text += test_text(report.plan->tests.front());
    return text + "\n";
}

}  // namespace

std::string_view SizeAim::name() const {
    if (worst_case) return "worst-case power";
    if (prior) return "assurance";
    return half_width ? "half-width" : "power";
}

std::string sample_size_to_text(const SampleSizeReport& report, bool use_colour) {
    std::string text = heading_text(report, use_colour);
    TextTable table = size_table(report.aim);
    add_size(table, "first", *report.answer.first);
    if (report.answer.stable) add_size(table, "stable", *report.answer.stable);
    add_size(table, "best nearby split", report.nearby);
    text += table.render({planning_width, 2, use_colour}).text;
    if (report.size_of_test) {
        text += fmt::format("  size of the test at first: at most {} (proved)\n",
                            fixed_text(report.size_of_test->supremum.upper, power_decimals));
    }
    if (report.width) text += width_text(*report.width);
    if (report.dropout) text += dropout_text(*report.dropout);
    if (report.formulas)
        text += fmt::format("\n{}", formulas_to_text(*report.formulas, use_colour));
    TextTable tooth = size_table(report.aim);
    for (const auto& point : report.curve)
        add_size(tooth, "", point);
    text += "\nThe saw-tooth\n" + tooth.render({planning_width, 2, use_colour}).text + "\n";
    return text + summary_text(report);
}

}  // namespace rsasim::files
