#include "planning_input.hpp"

#include "console.hpp"
#include "input.hpp"
#include "prior_flags.hpp"
#include "table_designs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

/// Stands for the total that is looked for: large, so that its split shows the ratio.
constexpr std::int64_t any_total = 1'000'000;
constexpr std::int64_t largest_share = 1000;

constexpr std::array<std::string_view, 4> effect_flags{"--treated-rate", "--odds-ratio",
                                                       "--risk-ratio", "--risk-difference"};

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

/// The simplest ratio of which a total of as many women makes these arms: 1:1 of 75 + 74.
planning::AllocationRatio simplest_ratio(const design::ArmSizes& sizes) {
    const std::int64_t total = sizes.treated + sizes.control;
    for (std::int64_t shares = 2; shares < total; ++shares) {
        const std::int64_t share = std::max<std::int64_t>(1, sizes.treated * shares / total);
        for (const std::int64_t treated : {share, share + 1}) {
            // By largest remainder, ties to the treated: 2 treated = 2 total share / shares + 1.
            const bool is_split = (2 * total * treated + shares) / (2 * shares) == sizes.treated;
            if (treated < shares && is_split) return {treated, shares - treated};
        }
    }
    return {sizes.treated, sizes.control};
}

/// The ratio of the arms that a scenario gives as numbers of women; nothing where it gives none, or
/// several designs.
std::optional<planning::AllocationRatio> ratio_as_given(const DesignInput& input) {
    if (!input.scenario_path || has_flag(input, "--ratio")) return {};
    try {
        const auto scenario = read_for_power(input);
        if (scenario.grid.cells.size() != 1) return {};
        return simplest_ratio(scenario.grid.cells.front().design.sizes());
    } catch (const scenario::InputErrors&) {
        return {};  // What else is wrong is found again, and told, without its sizes.
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

bool has_effect_flag(const DesignInput& input) {
    return std::ranges::any_of(effect_flags,
                               [&](std::string_view flag) { return has_flag(input, flag); });
}

scenario::Scenario read_without_sizes(const PlanningOptions& options, std::string_view command) {
    for (const std::string_view flag : {"--n", "--total"}) {
        if (!has_flag(options.input, flag)) continue;
        throw scenario::InputErrors({fmt::format(
            "{} {}: the number of women is what {} finds. Leave it out; --ratio gives the split.",
            command, flag, command)});
    }
    DesignInput input = options.input;
    add_priors(input, options.priors);
    const auto given = ratio_as_given(input);
    input.settings.push_back({"--total", fmt::format("{}", any_total)});
    // The total displaces arms of their own numbers, and with them their ratio; a ratio stays.
    if (!given || given->treated() == given->control()) return read_for_power(input);
    auto with_ratio = input;
    with_ratio.settings.push_back(
        {"--ratio", fmt::format("{},{}", given->treated(), given->control())});
    try {
        auto scenario = read_for_power(input);
        const auto kept = ratio_of(scenario.grid.cells.front().design);
        if (kept.treated() != kept.control()) return scenario;
    } catch (const scenario::InputErrors&) {
        // Such as blocks that do not hold equal arms.
    }
    return read_for_power(with_ratio);
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
