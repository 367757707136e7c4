#include "conditions.hpp"

#include "flag_text.hpp"
#include "value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <rsasim/design/design.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

using design::Comparison;
using design::Family;
using design::Feature;

struct Operator {
    std::string_view text;
    Comparison comparison;
};

/// Longer ones first.
constexpr std::array operators{Operator{">=", Comparison::at_least},
                               Operator{"<=", Comparison::at_most},
                               Operator{">", Comparison::above}, Operator{"<", Comparison::below},
                               Operator{"=", Comparison::equal}};

std::string_view text_of(Comparison comparison) {
    return std::ranges::find(operators, comparison, &Operator::comparison)->text;
}

std::string label_of(const Condition& condition) {
    const auto number = finite_number_in(condition.right);
    return fmt::format("{} {} {}", condition.name, text_of(condition.comparison),
                       number ? design::canonical_decimal(*number) : condition.right);
}

using Covariates = std::vector<CovariateEntry>;

Read<std::size_t> index_of(std::string_view name, const Covariates& covariates) {
    std::vector<std::string_view> names;
    for (const CovariateEntry& entry : covariates)
        names.push_back(entry.covariate.name);
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    if (names.empty()) {
        return fmt::format(
            "{} is not a covariate, there is none. Add a [[covariate]] of this "
            "name.",
            quoted(shortened(name)));
    }
    const auto near = nearest(name, names);
    return fmt::format("{} is not a covariate.{} The covariates are {}.", quoted(shortened(name)),
                       near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near),
                       fmt::join(names, ", "));
}

/// The threshold of a comparison: a number, or the index of a level.
Read<double> threshold_of(const Condition& condition, const design::Covariate& covariate) {
    const Family family = covariate.distribution.family;
    if (family == Family::categorical) {
        const auto level = std::ranges::find(covariate.levels, condition.right);
        if (condition.comparison == Comparison::equal && level != covariate.levels.end()) {
            return static_cast<double>(level - covariate.levels.begin());
        }
        return fmt::format("{} has levels. Write \"{} = {}\" for one of {}.", covariate.name,
                           covariate.name, covariate.levels.back(),
                           fmt::join(covariate.levels, ", "));
    }
    const auto number = finite_number_in(condition.right);
    if (!number) {
        return fmt::format("a number is needed after the sign. Write \"{} {} 1.2\".",
                           covariate.name, text_of(condition.comparison));
    }
    if (condition.comparison == Comparison::equal && !design::is_discrete(family)) {
        return fmt::format("{} is continuous and equals no number. Compare it by > or <.",
                           covariate.name);
    }
    return *number;
}

Read<Feature> comparison_with(const Condition& condition, const Covariates& covariates) {
    const auto index = index_of(condition.name, covariates);
    if (const auto* problem = std::get_if<std::string>(&index)) return *problem;
    const std::size_t covariate = std::get<std::size_t>(index);
    const auto threshold = threshold_of(condition, covariates[covariate].covariate);
    if (const auto* problem = std::get_if<std::string>(&threshold)) return *problem;
    return Feature{covariate, condition.comparison, std::get<double>(threshold), 0,
                   1,         label_of(condition)};
}

Feature indicator(std::size_t covariate, std::size_t level, const CovariateEntry& entry) {
    return {covariate,
            Comparison::equal,
            static_cast<double>(level),
            0,
            1,
            fmt::format("{} = {}", entry.covariate.name, entry.covariate.levels[level])};
}

/// The number of levels of a covariate by itself.
std::vector<double> own_cuts(const CovariateEntry& entry) {
    std::vector<double> cuts = entry.cuts;
    const auto& distribution = entry.covariate.distribution;
    if (distribution.family == Family::binary) cuts = {0.5};
    if (distribution.family == Family::categorical) {
        for (std::size_t level = 1; level < distribution.probabilities.size(); ++level)
            cuts.push_back(static_cast<double>(level) - 0.5);
    }
    return cuts;
}

/// Where a comparison cuts the values in two: the least value of the upper part.
std::optional<double> cut_of(const Feature& feature, const design::Covariate& covariate) {
    const double next = std::nextafter(feature.threshold, std::numeric_limits<double>::infinity());
    switch (feature.comparison) {
        case Comparison::above:
        case Comparison::at_most:
            return next;
        case Comparison::at_least:
        case Comparison::below:
            return feature.threshold;
        case Comparison::equal:
        case Comparison::none:
            break;
    }
    if (covariate.distribution.family == Family::binary) return 0.5;
    const double last = static_cast<double>(covariate.distribution.probabilities.size()) - 1;
    if (covariate.distribution.family != Family::categorical) return std::nullopt;
    if (feature.threshold == 0) return 0.5;
    return feature.threshold == last ? std::optional(last - 0.5) : std::nullopt;
}

}  // namespace

std::optional<double> finite_number_in(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole_text = end == text.data() + text.size();
    if (error != std::errc{} || !is_whole_text || !std::isfinite(number)) return std::nullopt;
    return number;
}

std::optional<Condition> condition_in(std::string_view text) {
    const auto at = text.find_first_of("<>=");
    if (at == std::string_view::npos) return std::nullopt;
    for (const Operator& each : operators) {
        if (!text.substr(at).starts_with(each.text)) continue;
        return Condition{std::string(trimmed(text.substr(0, at))), each.comparison,
                         std::string(trimmed(text.substr(at + each.text.size())))};
    }
    return std::nullopt;
}

std::string canonical_condition(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        text = trimmed(text.substr(1, text.size() - 2));
    }
    const auto condition = condition_in(text);
    return condition ? label_of(*condition) : std::string(text);
}

Read<Feature> comparison_of(std::string_view text, const Covariates& covariates) {
    const auto condition = condition_in(text);
    if (!condition) {
        return "a condition is a covariate, one of >= <= > < = and a number or level. Write "
               "\"prior_losses >= 3\".";
    }
    return comparison_with(*condition, covariates);
}

Read<Feature> feature_of(std::string_view text, const Covariates& covariates) {
    if (const auto condition = condition_in(text)) return comparison_with(*condition, covariates);
    const auto index = index_of(trimmed(text), covariates);
    if (const auto* problem = std::get_if<std::string>(&index)) return *problem;
    const CovariateEntry& entry = covariates[std::get<std::size_t>(index)];
    if (entry.covariate.distribution.family == Family::categorical) {
        return fmt::format("{} has levels and is not a number. Write \"{} = {}\" for one of {}.",
                           entry.covariate.name, entry.covariate.name,
                           entry.covariate.levels.back(), fmt::join(entry.covariate.levels, ", "));
    }
    return Feature{std::get<std::size_t>(index), Comparison::none, 0, entry.centre, entry.unit,
                   entry.covariate.name};
}

Read<std::vector<Feature>> columns_of(std::string_view text, const Covariates& covariates) {
    const auto index = index_of(trimmed(text), covariates);
    if (const auto* at = std::get_if<std::size_t>(&index)) {
        const CovariateEntry& entry = covariates[*at];
        if (entry.covariate.distribution.family == Family::categorical) {
            std::vector<Feature> columns;
            for (std::size_t level = 1; level < entry.covariate.levels.size(); ++level)
                columns.push_back(indicator(*at, level, entry));
            return columns;
        }
    }
    auto feature = feature_of(text, covariates);
    if (auto* problem = std::get_if<std::string>(&feature)) return std::move(*problem);
    return std::vector<Feature>{std::get<Feature>(feature)};
}

Read<design::Factor> factor_of(std::string_view text, const Covariates& covariates) {
    const auto condition = condition_in(text);
    const auto index = index_of(condition ? condition->name : trimmed(text), covariates);
    if (const auto* problem = std::get_if<std::string>(&index)) return *problem;
    const std::size_t covariate = std::get<std::size_t>(index);
    const CovariateEntry& entry = covariates[covariate];
    if (!condition) {
        std::vector<double> cuts = own_cuts(entry);
        if (!cuts.empty()) return design::Factor{covariate, std::move(cuts), entry.covariate.name};
        return fmt::format("{} has no levels. Give it cuts = [...], or write a condition.",
                           entry.covariate.name);
    }
    const auto feature = comparison_with(*condition, covariates);
    if (const auto* problem = std::get_if<std::string>(&feature)) return *problem;
    const auto cut = cut_of(std::get<Feature>(feature), entry.covariate);
    if (!cut) {
        return fmt::format(
            "one value among several does not cut {} in two. Write \"{}\" alone "
            "with its own levels, or compare by > or <.",
            entry.covariate.name, entry.covariate.name);
    }
    return design::Factor{covariate, {*cut}, std::get<Feature>(feature).label};
}

}  // namespace rsasim::scenario
