#include "analysis_flags.hpp"
#include "console.hpp"
#include "largest_total.hpp"
#include "observed_arms.hpp"
#include "options.hpp"
#include "printed_flags.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include <rsasim/engine/parallel.hpp>
#include <rsasim/files/replan_text.hpp>

namespace rsasim::commands {
namespace {

void require_rule(const ReplanOptions& options) {
    std::vector<std::string> faults;
    if (!(options.power > 0 && options.power <= 1 - 1e-9)) {
        faults.push_back(fmt::format(
            "--power {}: a power lies above 0 and is at most 1 - 1e-9. Give one such as 0.9.",
            options.power));
    }
    if (options.largest_total < 2 || options.largest_total > largest_total) {
        faults.push_back(fmt::format("--largest-total {}: is a whole number from 2 to {}.",
                                     options.largest_total, largest_total));
    }
    if (!faults.empty()) throw scenario::InputErrors(std::move(faults));
}

AnalyzeOptions as_analysis(const ReplanOptions& options) {
    AnalyzeOptions analysis;
    analysis.treated = options.treated;
    analysis.control = options.control;
    analysis.settings = options.settings;
    return analysis;
}

void require_no_margin(const design::AnalysisPlan& plan) {
    if (!plan.margin_measure()) return;
    throw scenario::InputErrors(
        {"--null, --equivalence: replan looks at tests of no effect. Leave the margin out."});
}

/// The plan with the one test of new trials.
std::shared_ptr<const design::AnalysisPlan> plan_of_new_trials(const ReplanOptions& options,
                                                               const design::Table2x2& table) {
    auto analysis = as_analysis(options);
    analysis.settings.push_back({"--tests", options.test});
    std::erase_if(analysis.settings, [&](const scenario::FlagSetting& setting) {
        return setting.flag == "--tests" && setting.value != options.test;
    });
    auto plan =
        std::make_shared<design::AnalysisPlan>(*read_plan(analysis, table, {"replan", false}));
    if (plan->tests.size() != 1) {
        throw scenario::InputErrors(
            {fmt::format("--test {}: names {} tests, and new trials have one. Give one.",
                         options.test, plan->tests.size())});
    }
    plan->intervals.clear();
    plan->estimators.clear();
    plan->pairs.clear();
    return plan;
}

}  // namespace

ExitStatus replan(const ReplanOptions& options) {
    require_rule(options);
    const auto printed = read_printed(options.printed);
    files::ReplanReport report;
    report.table = read_arms(options.treated, options.control);
    report.plan = read_plan(as_analysis(options), report.table, {"replan"});
    require_no_margin(*report.plan);
    report.reproduction = planning::reproduce(report.table, *report.plan, printed);

    const auto plan = plan_of_new_trials(options, report.table);
    const unsigned threads = options.threads > 0 ? options.threads : engine::available_threads();
    report.test = plan->tests.front();
    report.truths = planning::assumed_truths(report.table, plan->confidence);
    report.omitted = planning::omitted_truths(report.table, plan->confidence);
    report.replications = planning::replicate_trial(report.table, report.truths, plan, threads);
    report.rule = {options.power, options.largest_total, threads};
    for (const auto& truth : report.truths)
        report.sizes.push_back(planning::confirmatory_size(truth, plan, report.rule));
    print(options.json ? files::replan_to_json(report)
                       : files::replan_to_text(report, wants_colour()));
    return ExitStatus::success;
}

}  // namespace rsasim::commands
