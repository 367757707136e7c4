#include "planning_input.hpp"

#include "console.hpp"
#include "input.hpp"
#include "rate_range.hpp"
#include "table_designs.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

/// Stands for the total that is looked for: large, so that its split shows the ratio.
constexpr std::int64_t any_total = 1'000'000;
constexpr std::int64_t largest_share = 1000;

constexpr std::array<std::string_view, 4> effect_flags{"--treated-rate", "--odds-ratio",
                                                       "--risk-ratio", "--risk-difference"};

bool has_effect_flag(const DesignInput& input) {
    return std::ranges::any_of(effect_flags,
                               [&](std::string_view flag) { return has_flag(input, flag); });
}

/// Whether a setting is an effect, as a flag of its own or by --set.
bool sets_effect(const scenario::FlagSetting& setting) {
    return std::ranges::any_of(scenario::flags(), [&](const scenario::FlagRow& row) {
        if (std::ranges::find(effect_flags, row.flag) == effect_flags.end()) return false;
        const auto key = setting.value.substr(0, setting.value.find('='));
        return setting.flag == row.flag || (setting.flag == "--set" && key == row.path);
    });
}

/// Planning asks for powers, whatever the methods estimate.
scenario::Scenario read_for_power(const DesignInput& input) {
    return read_input(input, true, scenario::Truths::rates_alone);
}

/// Priors given as flags, as settings of their keys. A design without a scenario that leaves its
/// rates to priors takes the means and medians of those.
void add_priors(DesignInput& input, const std::map<std::string, std::string>& priors) {
    const bool is_bare = !input.scenario_path;
    for (const auto& [key, text] : priors) {
        input.settings.push_back({"--set", fmt::format("prior.{}={}", key, text)});
        const auto comma = text.find(',');
        if (!is_bare || comma == std::string::npos) continue;
        const auto first = number_in(text.substr(0, comma));
        const auto second = number_in(text.substr(comma + 1));
        if (!first || !second) continue;
        const double mean = *first / (*first + *second);
        if (key == "control_rate" && !has_flag(input, "--control-rate"))
            input.settings.push_back({"--control-rate", fmt::format("{}", mean)});
        if (key == "control_rate" || has_effect_flag(input)) continue;
        if (key == "treated_rate") {
            input.settings.push_back({"--treated-rate", fmt::format("{}", mean)});
        } else {
            const auto* flag = key == "odds_ratio" ? "--odds-ratio" : "--risk-ratio";
            input.settings.push_back({flag, fmt::format("{}", *first)});
        }
    }
}

}  // namespace

bool has_flag(const DesignInput& input, std::string_view flag) {
    return std::ranges::any_of(
        input.settings, [&](const scenario::FlagSetting& setting) { return setting.flag == flag; });
}

void tell_of_unused(const DesignInput& input, std::initializer_list<std::string_view> flags,
                    std::string_view why) {
    for (const auto flag : flags) {
        if (has_flag(input, flag)) tell(fmt::format("note: {} is not used: {}.", flag, why));
    }
}

scenario::Scenario read_without_sizes(const PlanningOptions& options, std::string_view command) {
    for (const std::string_view flag : {"--n", "--total"}) {
        if (!has_flag(options.input, flag)) continue;
        throw scenario::InputErrors({fmt::format(
            "{} {}: the number of women is what {} finds. Leave it out; --ratio gives the split.",
            command, flag, command)});
    }
    DesignInput input = options.input;
    input.settings.push_back({"--total", fmt::format("{}", any_total)});
    add_priors(input, options.priors);
    return read_for_power(input);
}

scenario::Scenario read_with_sizes(const PlanningOptions& options, const design::ArmSizes& sizes) {
    DesignInput input = options.input;
    // The sizes have the ratio, which is another way to give them.
    std::erase_if(input.settings,
                  [](const scenario::FlagSetting& setting) { return setting.flag == "--ratio"; });
    input.settings.push_back({"--n", fmt::format("{},{}", sizes.treated, sizes.control)});
    return read_for_power(input);
}

const design::Design& one_cell(const scenario::Scenario& scenario, std::string_view command) {
    if (scenario.grid.cells.size() == 1) return scenario.grid.cells.front().design;
    throw scenario::InputErrors({fmt::format(
        "{}: the input has {} cells, and one design is planned at a time. Give each flag one "
        "value.",
        command, scenario.grid.cells.size())});
}

scenario::Scenario read_without_effect(const PlanningOptions& options) {
    DesignInput input = options.input;
    if (!has_effect_flag(input) && !input.scenario_path)
        input.settings.push_back({"--risk-difference", "0"});
    return read_for_power(input);
}

scenario::Scenario read_without_effect_for_test(const PlanningOptions& options) {
    PlanningOptions of_test = options;
    if (options.test) of_test.input.settings.push_back({"--tests", *options.test});
    return read_without_effect(of_test);
}

scenario::Scenario read_with_treated_rate(const PlanningOptions& options, double treated_rate) {
    DesignInput input = options.input;
    std::erase_if(input.settings, sets_effect);
    input.settings.push_back({"--treated-rate", fmt::format("{}", treated_rate)});
    return read_for_power(input);
}

const design::Design& one_design(const scenario::Scenario& scenario, std::string_view command) {
    const design::Design& design = one_cell(scenario, command);
    if (design.analysis().tests.size() == 1) return design;
    throw scenario::InputErrors({fmt::format(
        "{}: the input names {} tests, and the answer is of one. Give it: --test fisher.", command,
        design.analysis().tests.size())});
}

const design::Design& one_interval(const scenario::Scenario& scenario, std::string_view command) {
    const design::Design& design = one_cell(scenario, command);
    if (design.analysis().intervals.size() == 1) return design;
    throw scenario::InputErrors({fmt::format(
        "{}: the input names {} intervals, and the half-width is of one. Give it: --intervals "
        "odds_ratio:woolf.",
        command, design.analysis().intervals.size())});
}

design::ArmSizes inflated_sizes(const design::ArmSizes& sizes, double dropout) {
    const auto inflated = [dropout](std::int64_t women) {
        return static_cast<std::int64_t>(
            std::ceil(static_cast<double>(women) / (1 - dropout) - 1e-9));
    };
    return {inflated(sizes.treated), inflated(sizes.control)};
}

planning::AllocationRatio ratio_of(const design::Design& design) {
    const double share = static_cast<double>(design.sizes().treated) / any_total;
    for (std::int64_t shares = 2; shares <= largest_share; ++shares) {
        const double treated = share * static_cast<double>(shares);
        const double rounded = std::round(treated);
        if (rounded < 1 || rounded >= static_cast<double>(shares)) continue;
        // A split is rounded to whole women; fractions of such shares are twice as far apart.
        if (std::abs(treated - rounded) * any_total > 0.6 * static_cast<double>(shares)) continue;
        const auto whole = static_cast<std::int64_t>(rounded);
        return {whole, shares - whole};
    }
    throw scenario::InputErrors(
        {fmt::format("size --ratio: shares of more than {} in all are not supported. Give a "
                     "simpler ratio.",
                     largest_share)});
}

}  // namespace rsasim::commands
