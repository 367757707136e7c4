#include "size_aim.hpp"

#include "rate_range.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

planning::WorstCase worst_case_of(const PlanningOptions& options, const design::Rates& rates) {
    const auto range = rate_range_in(*options.worst_case);
    if (!range)
        throw scenario::InputErrors({rate_range_fault("size --worst-case", *options.worst_case)});
    const auto* measure = std::ranges::find_if(design::all_measures, [&](design::Measure known) {
        return design::name_of(known) == options.held;
    });
    if (measure == design::all_measures.end()) {
        throw scenario::InputErrors(
            {fmt::format("size --hold {}: is no measure of effect. Give odds_ratio, risk_ratio or "
                         "risk_difference.",
                         options.held)});
    }
    return {*range, {*measure, design::effect_of(*measure, rates)}};
}

design::RatesPrior prior_of(const scenario::Scenario& scenario) {
    if (scenario.prior) return *scenario.prior;
    throw scenario::InputErrors(
        {"size --assurance: there is no prior. Give one of the effect, as --odds-ratio-prior "
         "2.3,0.35, or in the scenario's table [prior]."});
}

}  // namespace

bool asks_for_assurance(const PlanningOptions& options) {
    return options.assurance || !options.priors.empty();
}

void require_one_aim(const PlanningOptions& options) {
    const int aims = static_cast<int>(options.worst_case.has_value()) +
                     static_cast<int>(asks_for_assurance(options)) +
                     static_cast<int>(options.half_width.has_value());
    if (options.method == PlanningMethod::formula && aims > 0) {
        throw scenario::InputErrors(
            {"size --method formula: the textbook formulas give the power at known rates. Leave "
             "out --worst-case, --assurance and --half-width, or the method."});
    }
    if (aims <= 1) return;
    throw scenario::InputErrors(
        {"size: --worst-case, --assurance (and its priors) and --half-width are different aims. "
         "Keep one of them."});
}

ChosenAim choose_aim(const PlanningOptions& options, const scenario::Scenario& scenario,
                     const design::Rates& rates, const planning::SharedPlan& plan) {
    files::SizeAim aim;
    if (options.half_width) {
        aim.half_width = {plan->intervals.front(), *options.half_width};
        return {aim, planning::half_width_goal(plan, 0, rates, *options.half_width)};
    }
    if (options.worst_case) {
        aim.worst_case = worst_case_of(options, rates);
        return {aim, planning::worst_case_goal(plan, 0, *aim.worst_case)};
    }
    if (!asks_for_assurance(options)) return {aim, planning::power_goal(plan, 0, rates)};
    aim.prior = prior_of(scenario);
    auto goal = planning::assurance_goal(plan, 0, *aim.prior);
    aim.largest_assurance = planning::largest_assurance(*plan, *aim.prior);
    if (options.power >= aim.largest_assurance) {
        throw scenario::InputErrors({fmt::format(
            "size: no size reaches an assurance of {}. Under the prior the truth favours the "
            "treatment with probability {:.4f}, which assurance tends to as a trial grows. Ask for "
            "less.",
            options.power, aim.largest_assurance)});
    }
    return {aim, std::move(goal)};
}

}  // namespace rsasim::commands
