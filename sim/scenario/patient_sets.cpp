#include "patient_sets.hpp"

#include "patient_conduct.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

using design::AnalysisSet;
using design::Handling;
using design::Population;

constexpr std::string_view sets_path = "analysis.sets";
/// Of the row in the table of keys.
std::span<const std::string_view> known_words() {
    return std::ranges::find(patient_keys(), sets_path, &KeyRow::path)->words;
}

/// Changes a set by one word; what is wrong with the word, or nothing.
std::string apply(const std::string& word, const std::vector<CovariateEntry>& covariates,
                  AnalysisSet& set) {
    if (const auto handling = handling_of(word)) {
        set.handling = *handling;
        return {};
    }
    if (word == "treatment-policy" || word == "per-protocol") {
        set.population =
            word == "per-protocol" ? Population::per_protocol : Population::treatment_policy;
        return {};
    }
    if (!condition_in(word)) {
        const auto near = nearest(word, known_words());
        return fmt::format(
            "\"{}\" is no word for a set.{} A set is one of {}, a condition on a "
            "covariate, or a list of these.",
            shortened(word), near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near),
            fmt::join(known_words(), ", "));
    }
    auto feature = comparison_of(word, covariates);
    if (auto* problem = std::get_if<std::string>(&feature)) return *problem;
    if (set.subgroup) return "a set has one condition. Leave one of them out.";
    set.subgroup = std::get<design::Feature>(feature);
    return {};
}

/// Why a set is of no use in this scenario; empty where it is of use.
std::string_view useless(const AnalysisSet& set, const CellReader& cell) {
    const bool has_dropout = cell.has("dropout.treated.rate") || cell.has("dropout.control.rate");
    const bool has_adherence = cell.has("adherence.treated") || cell.has("adherence.control");
    if (set.population == Population::per_protocol && !has_adherence) {
        return "all women take the treatment of their arm. Add [adherence], or remove the set.";
    }
    if (set.handling != Handling::failure && !has_dropout) {
        return "no outcome is missing. Add [dropout], or remove the set.";
    }
    return {};
}

}  // namespace

bool SetWords::imputes() const {
    return std::ranges::count(words, "multiple-imputation") > 0;
}

std::vector<SetWords> set_words(const Settings& settings) {
    std::vector<SetWords> sets(1);
    const Value* value = settings.constant(sets_path);
    const auto* list = value == nullptr ? nullptr : value->as<Array>();
    if (list == nullptr) return sets;
    for (std::size_t i = 0; i < list->size(); ++i) {
        SetWords set;
        set.index = i;
        const auto add = [&set](const Value& word) {
            if (const auto* text = word.as<std::string>()) {
                set.words.push_back(canonical_condition(*text));
            }
        };
        if (const auto* several = (*list)[i].as<Array>()) {
            std::ranges::for_each(*several, add);
        } else {
            add((*list)[i]);
        }
        set.label = fmt::format("{}", fmt::join(set.words, "+"));
        if (!set.words.empty()) sets.push_back(std::move(set));
    }
    return sets;
}

std::vector<AnalysisSet> read_sets(const CellReader& cell,
                                   const std::vector<CovariateEntry>& covariates) {
    const AnalysisSet primary{"", Population::treatment_policy, std::nullopt, read_handling(cell)};
    const bool is_handling_swept =
        cell.has("dropout.handling") && cell.settings().constant("dropout.handling") == nullptr;
    std::vector<AnalysisSet> sets{primary};
    for (const SetWords& words : set_words(cell.settings())) {
        if (words.words.empty()) continue;
        AnalysisSet set = primary;
        bool is_sound = true;
        for (const std::string& word : words.words) {
            const std::string problem = apply(word, covariates, set);
            if (!problem.empty()) cell.fault(sets_path, words.index, problem);
            is_sound = is_sound && problem.empty();
        }
        set.label = words.label;
        const auto is_same = [&](const AnalysisSet& other) {
            const bool may_differ = is_handling_swept && &other == &sets.front();
            return !may_differ && other.population == set.population &&
                   other.subgroup == set.subgroup && other.handling == set.handling;
        };
        if (!is_sound) continue;
        if (const auto reason = useless(set, cell); !reason.empty()) {
            cell.fault(sets_path, words.index, reason);
        } else if (std::ranges::any_of(sets, is_same)) {
            cell.fault(sets_path, words.index,
                       "the set is the primary one or stands in the list already. Remove it.");
        }
        sets.push_back(std::move(set));
    }
    return sets;
}

}  // namespace rsasim::scenario
