#include "console.hpp"
#include "one_test_trials.hpp"
#include "options.hpp"
#include "planning_input.hpp"
#include "size_aim.hpp"
#include "size_by_simulation.hpp"
#include "table_designs.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

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

/// A failure is the absence of the favourable outcome.
double rate_as_failure(double rate, double dropout, design::Direction direction) {
    const double kept = rate * (1 - dropout);
    return direction == design::Direction::higher_is_better ? kept : kept + dropout;
}

/// What is left of the power at given rates if drop-outs are failures.
files::DropoutReport::AsFailures as_failures(const SampleSizeReport& report,
                                             const files::DropoutReport& dropout) {
    const auto failing = [&](double rate) {
        return rate_as_failure(rate, dropout.rate, report.plan->direction);
    };
    const design::Rates rates{failing(report.rates.treated), failing(report.rates.control)};
    const planning::TestRule rule(dropout.recruited, *report.plan, 0);
    return {rates, planning::exact_power(dropout.recruited, rule, rates)};
}

files::DropoutReport dropout_of(const SampleSizeReport& report, double rate) {
    const auto& first = report.answer.first->sizes;
    files::DropoutReport dropout;
    dropout.rate = rate;
    dropout.recruited = inflated_sizes(first, rate);
    if (report.aim.name() != "power") {
        dropout.why_no_power = "the aim is no power at given rates";
    } else if (!report.question.goal->is_judged(dropout.recruited)) {
        dropout.why_no_power = "the test has too many tables to order at the recruited sizes";
    } else {
        dropout.as_failures = as_failures(report, dropout);
    }
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

/// What belongs to the answer.
void add_figures(SampleSizeReport& report, const design::AnalysisPlan& widths) {
    const auto& question = report.question;
    const auto& sizes = report.answer.first->sizes;
    const auto splits = planning::splits_near(question, sizes);
    report.nearby = *std::ranges::max_element(splits, {}, &planning::SizedPower::power);
    report.curve = curve_around(report);
    report.width = planning::expected_width(widths, 0, sizes, report.rates);
    const bool is_small = analysis::TableGrid(sizes).size() <= most_certified_tables;
    if (is_small && !report.plan->tests.empty()) {
        const design::Design at_first(sizes, report.rates, report.plan);
        report.size_of_test =
            planning::size_of_test(at_first, 0, {}, certified_width, question.threads);
    }
}

/// The plan of the search: its test or, for a half-width, its interval.
planning::SharedPlan plan_of_search(design::AnalysisPlan plan, bool is_of_interval) {
    plan.estimators.clear();
    plan.pairs.clear();
    if (is_of_interval) {
        plan.tests.clear();
    } else {
        plan.intervals.clear();
    }
    return std::make_shared<const design::AnalysisPlan>(std::move(plan));
}

/// The plan with the interval whose width is shown: the one that was chosen, else Woolf's.
design::AnalysisPlan plan_of_width(design::AnalysisPlan plan) {
    if (plan.intervals.size() != 1) plan.intervals = {{design::Measure::odds_ratio, {"woolf", {}}}};
    return plan;
}

/// The textbook sizes, each with the power that the test has there.
std::vector<files::FormulaRow> formula_rows(const SampleSizeReport& report) {
    std::vector<files::FormulaRow> rows;
    const auto& question = report.question;
    const auto asked =
        planning::formula_question(*report.plan, report.rates, question.ratio, question.target);
    for (const auto& size : planning::all_formula_sizes(asked)) {
        const bool is_in_reach = size.sizes.treated + size.sizes.control <= question.cap &&
                                 question.goal->is_judged(size.sizes);
        rows.push_back(
            {size, is_in_reach ? std::optional(question.goal->at(size.sizes)) : std::nullopt});
    }
    return rows;
}

bool has_test(const design::AnalysisPlan& plan, std::string_view label) {
    return std::ranges::any_of(plan.tests, [&](const auto& test) { return test.label() == label; });
}

/// The design as tables, with the test of --test alone, whether the scenario lists it or not.
scenario::Scenario with_chosen_test(const PlanningOptions& options,
                                    const scenario::Scenario& scenario) {
    if (!options.test) return reduced_to_tables(scenario, "size");
    if (!has_test(one_cell(scenario, "size").analysis(), *options.test)) {
        PlanningOptions of_test = options;
        of_test.input.settings.push_back({"--tests", *options.test});
        return reduced_to_tables(read_without_sizes(of_test, "size"), "size");
    }
    auto chosen = reduced_to_tables(scenario, "size");
    auto& design = chosen.grid.cells.front().design;
    auto plan = design.analysis();
    std::erase_if(plan.tests, [&](const auto& test) { return test.label() != *options.test; });
    design = design::Design(design.sizes(), design.rates(),
                            std::make_shared<const design::AnalysisPlan>(std::move(plan)));
    return chosen;
}

/// Says how far the search went and what the largest size has, so that what would help can be told
/// from what cannot.
[[noreturn]] void refuse_unreached(const SampleSizeReport& report) {
    const auto& question = report.question;
    const auto sought = report.aim.half_width ? "probability" : report.aim.name();
    const auto& judged_up_to = report.answer.judged_up_to;
    const auto largest = judged_up_to.value_or(question.cap) / question.ratio.women_per_step();
    const double reached = largest < 1 ? 0 : question.goal->at(question.ratio.sizes(largest));
    const auto found = fmt::format("size: no size up to {} women in all reaches a {} of {}",
                                   judged_up_to.value_or(question.cap), sought, question.target);
    if (largest >= 1 && reached <= 0) {
        throw scenario::InputErrors({fmt::format(
            "{}, and none can be seen to: the {} is 0 there too, as where no table that can come "
            "up has {}. Choose another method, or other rates.",
            found, sought, report.aim.half_width ? "an interval" : "a P-value small enough")});
    }
    throw scenario::InputErrors(
        {judged_up_to
             ? fmt::format("{}: {:.4f} there, and the method is not judged in larger "
                           "trials, whose tables are too many to order. Choose another "
                           "method, or ask for less.",
                           found, reached)
             : fmt::format("{}: {:.4f} there. Raise --cap, or ask for less.", found, reached)});
}

SampleSizeReport find_size(const PlanningOptions& options, const scenario::Scenario& scenario) {
    const bool is_of_interval = options.half_width.has_value();
    const design::Design& design =
        is_of_interval ? one_interval(scenario, "size") : one_design(scenario, "size");
    SampleSizeReport report;
    report.plan = plan_of_search(design.analysis(), is_of_interval);
    report.rates = design.rates();
    auto [aim, goal] = choose_aim(options, scenario, report.rates, report.plan);
    report.aim = aim;
    report.question = {goal,
                       ratio_of(design),
                       options.power,
                       options.cap,
                       options.horizon,
                       options.threads > 0 ? options.threads : engine::available_threads()};
    report.answer = planning::exact_sample_size(report.question);
    if (!report.answer.first) refuse_unreached(report);
    add_figures(report, plan_of_width(design.analysis()));
    if (options.method == PlanningMethod::formula) report.formulas = formula_rows(report);
    if (options.dropout) report.dropout = dropout_of(report, *options.dropout);
    return report;
}

}  // namespace

ExitStatus size(const PlanningOptions& options) {
    require_one_aim(options);
    try {
        const auto scenario = read_without_sizes(options, "size");
        tell_of_unused(options.input, {"--precision"}, "only rsasim run stops at a precision");
        const auto why = why_simulated(options, one_cell(scenario, "size"), "size");
        if (!why.empty()) {
            print_size_by_simulation(options, scenario, why);
        } else {
            tell_of_unused(options.input, {"--replicates", "--seed"},
                           "the size is found by enumeration; --method simulation simulates");
            const auto report = find_size(options, with_chosen_test(options, scenario));
            print(options.json ? files::sample_size_to_json(report)
                               : files::sample_size_to_text(report, wants_colour()));
        }
    } catch (const std::invalid_argument& error) {
        throw scenario::InputErrors({fmt::format("size: {}.", error.what())});
    }
    return ExitStatus::success;
}

}  // namespace rsasim::commands
