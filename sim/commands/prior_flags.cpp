#include "prior_flags.hpp"

#include "planning_input.hpp"
#include "rate_range.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <rsasim/math/normal.hpp>

namespace rsasim::commands {
namespace {

/// Below this a median would be that of a tail that no double holds.
constexpr double least_tail = 1e-300;

std::optional<std::pair<double, double>> two_positive_numbers(const std::string& text) {
    const auto comma = text.find(',');
    if (comma == std::string::npos) return {};
    const auto first = number_in(text.substr(0, comma));
    const auto second = number_in(text.substr(comma + 1));
    const bool is_sound = first && second && *first > 0 && *second > 0;
    return is_sound ? std::optional(std::pair(*first, *second)) : std::nullopt;
}

/// Median of the treated rate under a log-normal prior of the risk ratio that is cut at a rate
/// of 1.
double median_treated_rate(double control, double median, double log_sd) {
    const double cut = -(std::log(control) + std::log(median)) / log_sd;
    const double half = std::max(math::normal_cdf(cut) / 2, least_tail);
    return std::min(1.0, control * median * std::exp(log_sd * math::normal_quantile(half)));
}

std::optional<double> control_rate_of(const DesignInput& input) {
    const auto found = std::ranges::find(input.settings, std::string_view("--control-rate"),
                                         &scenario::FlagSetting::flag);
    return found == input.settings.end() ? std::nullopt : number_in(found->value);
}

/// The rates of a design that has none but those of a prior. What is not sound is left to the
/// reader of the prior itself, beside a rate that is.
void add_rates(DesignInput& input, const std::string& key, const PlanningOptions::Prior& prior) {
    const auto numbers = two_positive_numbers(prior.text);
    const auto [first, second] = numbers.value_or(std::pair(1.0, 1.0));
    const auto add = [&](const char* flag, double value) {
        if (!has_flag(input, flag))
            input.settings.push_back({flag, fmt::format("{}", value), prior.flag});
    };
    if (key == "control_rate") add("--control-rate", first / (first + second));
    if (key == "control_rate" || has_effect_flag(input)) return;
    const auto control = control_rate_of(input);
    if (key == "treated_rate") {
        add("--treated-rate", first / (first + second));
    } else if (key == "risk_ratio" && control && *control > 0) {
        add("--treated-rate", median_treated_rate(*control, first, second));
    } else {
        add(key == "odds_ratio" ? "--odds-ratio" : "--risk-ratio", first);
    }
}

}  // namespace

void add_priors(DesignInput& input, const std::map<std::string, PlanningOptions::Prior>& priors) {
    // In the order of the keys, the control rate comes first: a risk ratio's rate needs it.
    for (const auto& [key, prior] : priors) {
        input.settings.push_back(
            {"--set", fmt::format("prior.{}={}", key, prior.text), prior.flag});
        if (!input.scenario_path) add_rates(input, key, prior);
    }
}

}  // namespace rsasim::commands
