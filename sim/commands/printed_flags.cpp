#include "printed_flags.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace rsasim::commands {
namespace {

using design::Measure;
using planning::PrintedInterval;
using planning::PrintedNumber;

/// The flags of one measure.
struct MeasureFlags {
    Measure measure;
    const char* estimate_flag;
    const std::optional<std::string>* estimate;
    const char* interval_flag;
    const std::optional<std::string>* interval;
};

std::array<MeasureFlags, 3> flags_of(const PrintedOptions& options) {
    return {{{Measure::odds_ratio, "--printed-or", &options.odds_ratio, "--printed-or-ci",
              &options.odds_ratio_interval},
             {Measure::risk_ratio, "--printed-rr", &options.risk_ratio, "--printed-rr-ci",
              &options.risk_ratio_interval},
             {Measure::risk_difference, "--printed-rd", &options.risk_difference, "--printed-rd-ci",
              &options.risk_difference_interval}}};
}

/// What a measure's figure can be.
bool is_possible(Measure measure, const PrintedNumber& printed) {
    if (design::is_ratio(measure)) return printed.value() >= 0 && !printed.is_percent;
    return -1 <= printed.value() && printed.value() <= 1;
}

std::string_view range_of(Measure measure) {
    return design::is_ratio(measure) ? "a number from 0 up"
                                     : "a number from -1 to 1, or a "
                                       "percentage from -100% to 100%";
}

std::optional<PrintedNumber> read_p_value(const std::string& text,
                                          std::vector<std::string>& faults) {
    auto printed = planning::read_printed_number(text);
    const bool is_p = printed && !printed->is_infinite && !printed->is_percent &&
                      printed->digits >= 0 && printed->value() <= 1;
    if (is_p) return printed;
    faults.push_back(fmt::format(
        "--printed-p {}: is not a P-value. Write it as printed: a number from 0 to 1, as in 0.03 "
        "or <0.001.",
        text));
    return std::nullopt;
}

std::optional<PrintedNumber> read_estimate(const MeasureFlags& flags, const std::string& text,
                                           std::vector<std::string>& faults) {
    auto printed = planning::read_printed_number(text);
    const bool is_estimate = printed && printed->relation == planning::Relation::rounded &&
                             is_possible(flags.measure, *printed);
    if (is_estimate) return printed;
    faults.push_back(fmt::format("{} {}: is not the {} of a trial. Write it as printed: {}.",
                                 flags.estimate_flag, text, name_of(flags.measure),
                                 range_of(flags.measure)));
    return std::nullopt;
}

std::optional<PrintedInterval> read_interval(const MeasureFlags& flags, std::string_view flag,
                                             const std::string& text,
                                             std::vector<std::string>& faults) {
    auto printed = planning::read_printed_interval(text);
    const auto is_limit = [&](const PrintedNumber& limit) {
        return limit.relation == planning::Relation::rounded && is_possible(flags.measure, limit);
    };
    if (!printed || !is_limit(printed->lower) || !is_limit(printed->upper)) {
        faults.push_back(
            fmt::format("{} {}: is not an interval of the {}. Write both limits as printed, each "
                        "{}: 1.10,4.81.",
                        flag, text, name_of(flags.measure), range_of(flags.measure)));
        return std::nullopt;
    }
    if (printed->lower.value() > printed->upper.value()) {
        faults.push_back(fmt::format(
            "{} {}: the lower limit is above the upper one. Write the smaller limit first.", flag,
            text));
        return std::nullopt;
    }
    return printed;
}

/// The measure that --printed-ci is about, or nothing where it could be any of several.
std::optional<Measure> measure_of_interval(const PrintedOptions& options) {
    std::vector<Measure> given;
    for (const auto& flags : flags_of(options)) {
        if (flags.estimate->has_value()) given.push_back(flags.measure);
    }
    if (given.empty()) return Measure::odds_ratio;
    return given.size() == 1 ? std::optional(given.front()) : std::nullopt;
}

/// The interval's flag and text for a measure, if it has one.
std::optional<std::pair<std::string, std::string>> interval_text_of(
    const PrintedOptions& options, const MeasureFlags& flags, std::vector<std::string>& faults) {
    const bool is_meant = options.interval && measure_of_interval(options) == flags.measure;
    if (is_meant && flags.interval->has_value()) {
        faults.push_back(fmt::format(
            "--printed-ci {}, {} {}: give the interval of the {} twice. Leave one out.",
            *options.interval, flags.interval_flag, **flags.interval, name_of(flags.measure)));
    }
    if (flags.interval->has_value()) return std::pair(flags.interval_flag, **flags.interval);
    if (is_meant) return std::pair("--printed-ci", *options.interval);
    return std::nullopt;
}

}  // namespace

planning::PrintedFigures read_printed(const PrintedOptions& options) {
    std::vector<std::string> faults;
    planning::PrintedFigures printed;
    if (options.p_value) printed.p_value = read_p_value(*options.p_value, faults);
    if (options.interval && !measure_of_interval(options)) {
        faults.push_back(fmt::format(
            "--printed-ci {}: could be the interval of each of the effects given. Say of which: "
            "--printed-or-ci, --printed-rr-ci or --printed-rd-ci.",
            *options.interval));
    }
    for (const auto& flags : flags_of(options)) {
        planning::PrintedEffect effect{flags.measure, {}, {}};
        if (*flags.estimate) effect.estimate = read_estimate(flags, **flags.estimate, faults);
        if (const auto text = interval_text_of(options, flags, faults)) {
            effect.interval = read_interval(flags, text->first, text->second, faults);
        }
        if (effect.estimate || effect.interval) printed.effects.push_back(std::move(effect));
    }
    if (!faults.empty()) throw scenario::InputErrors(std::move(faults));
    return printed;
}

}  // namespace rsasim::commands
