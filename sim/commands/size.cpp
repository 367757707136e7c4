#include "console.hpp"
#include "options.hpp"
#include "planning_input.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/analysis/null_line.hpp>
#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/planning_text.hpp>
#include <rsasim/planning/test_power.hpp>

namespace rsasim::commands {
namespace {

using files::SampleSizeReport;

constexpr double certified_width = 1e-7;
/// Beyond this many tables the size of the test is left out: every table enters it.
constexpr std::size_t most_certified_tables = std::size_t{1} << 20;
/// Of the saw-tooth, on either side of the answer.
constexpr std::int64_t steps_shown = 10;

std::int64_t inflated(std::int64_t women, double rate) {
    return static_cast<std::int64_t>(std::ceil(static_cast<double>(women) / (1 - rate) - 1e-9));
}

/// A failure is the absence of the favourable outcome.
double rate_as_failure(double rate, double dropout, design::Direction direction) {
    const double kept = rate * (1 - dropout);
    return direction == design::Direction::higher_is_better ? kept : kept + dropout;
}

files::DropoutReport dropout_of(const SampleSizeReport& report, double rate) {
    const auto& question = report.question;
    const auto& first = report.answer.first->sizes;
    files::DropoutReport dropout;
    dropout.rate = rate;
    dropout.recruited = {inflated(first.treated, rate), inflated(first.control, rate)};
    const auto direction = question.plan->direction;
    dropout.rates_as_failures = {rate_as_failure(question.rates.treated, rate, direction),
                                 rate_as_failure(question.rates.control, rate, direction)};
    const planning::TestRule rule(dropout.recruited, *question.plan, question.test);
    dropout.power_as_failures =
        planning::exact_power(dropout.recruited, rule, dropout.rates_as_failures);
    return dropout;
}

/// Ten sizes below `first` to ten above `stable`.
std::vector<planning::SizedPower> curve_around(const SampleSizeReport& report) {
    const auto& ratio = report.question.ratio;
    const auto& first = *report.answer.first;
    const auto& stable = report.answer.stable.value_or(first);
    const std::int64_t begin = first.sizes.control / ratio.control() - steps_shown;
    const std::int64_t end = stable.sizes.control / ratio.control() + steps_shown;
    return planning::power_by_size(report.question, ratio.sizes(begin), ratio.sizes(end));
}

SampleSizeReport find_size(const planning::SampleSizeQuestion& question,
                           const PlanningOptions& options) {
    SampleSizeReport report{question, planning::exact_sample_size(question), {}, {}, {}, {}};
    if (!report.answer.first) {
        throw scenario::InputErrors({fmt::format(
            "size: no size up to {} women in all reaches a power of {}. Raise --cap, or ask for "
            "less.",
            question.cap, question.power)});
    }
    const auto splits = planning::splits_near(question, report.answer.first->sizes);
    report.nearby = *std::ranges::max_element(splits, {}, &planning::SizedPower::power);
    report.curve = curve_around(report);
    const design::Design at_first(report.answer.first->sizes, question.rates, question.plan);
    if (analysis::TableGrid(at_first.sizes()).size() <= most_certified_tables) {
        report.size_of_test =
            planning::size_of_test(at_first, 0, {}, certified_width, question.threads);
    }
    if (options.dropout) report.dropout = dropout_of(report, *options.dropout);
    return report;
}

}  // namespace

ExitStatus size(const PlanningOptions& options) {
    const auto scenario = read_without_sizes(options, "size");
    const design::Design& design = one_design(scenario, "size");
    auto plan = design.analysis();
    plan.intervals.clear();
    plan.estimators.clear();
    plan.pairs.clear();
    planning::SampleSizeQuestion question;
    question.plan = std::make_shared<const design::AnalysisPlan>(std::move(plan));
    question.rates = design.rates();
    question.ratio = ratio_of(design);
    question.power = options.power;
    question.cap = options.cap;
    question.horizon = options.horizon;
    question.threads = options.threads > 0 ? options.threads : engine::available_threads();
    try {
        const auto report = find_size(question, options);
        print(options.json ? files::sample_size_to_json(report)
                           : files::sample_size_to_text(report, wants_colour()));
    } catch (const std::invalid_argument& error) {
        throw scenario::InputErrors({fmt::format("size: {}.", error.what())});
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
