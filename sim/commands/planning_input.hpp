#pragma once

#include "options.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

#include <rsasim/planning/allocation_ratio.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::commands {

/// Whether the flag is among the settings.
bool has_flag(const DesignInput& input, std::string_view flag);

/// Says on standard error of each of these flags that is given, and why it is not used.
void tell_of_unused(const DesignInput& input, std::initializer_list<std::string_view> flags,
                    std::string_view why);

/// Whether the effect is among the flags.
bool has_effect_flag(const DesignInput& input);

/// Reads a design whose number of women is yet to be found: the settings with a total in place of
/// any, so that the ratio is that of the flags, else of the scenario: its arms.ratio, or the
/// simplest ratio of which its total makes its arms.n; else 1:1. Throws scenario::InputErrors where
/// --n or --total is among the flags.
scenario::Scenario read_without_sizes(const PlanningOptions& options, std::string_view command);

/// The same at arm sizes.
scenario::Scenario read_with_sizes(const PlanningOptions& options, const design::ArmSizes& sizes);

/// Reads a design whose effect is yet to be found; without a scenario and without an effect among
/// the flags, no effect.
scenario::Scenario read_without_effect(const PlanningOptions& options);

/// The same with the test of --test alone, whether the scenario lists it or not.
scenario::Scenario read_without_effect_for_test(const PlanningOptions& options);

/// The same with a treated rate in place of any effect.
scenario::Scenario read_with_treated_rate(const PlanningOptions& options, double treated_rate);

/// The one design of the input. Throws scenario::InputErrors.
const design::Design& one_cell(const scenario::Scenario& scenario, std::string_view command);

/// The one design of the input, with one test. Throws scenario::InputErrors.
const design::Design& one_design(const scenario::Scenario& scenario, std::string_view command);

/// The one design of the input, with one interval. Throws scenario::InputErrors.
const design::Design& one_interval(const scenario::Scenario& scenario, std::string_view command);

/// How many to recruit so that as many stay when this share drops out.
design::ArmSizes inflated_sizes(const design::ArmSizes& sizes, double dropout);

/// The ratio of a design that read_without_sizes gave.
planning::AllocationRatio ratio_of(const design::Design& design);

}  // namespace rsasim::commands
