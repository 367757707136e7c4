#include "patient_sets.hpp"

#include "patient_conduct.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

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

/// The words "delta-treated = x" and "delta-control = x" of a set.
struct DeltaWord {
    std::string_view name;
    std::string_view key;  ///< that moves the outcomes of every imputed set
    double AnalysisSet::*delta;
};
constexpr std::array delta_words{
    DeltaWord{"delta-treated", "dropout.delta.treated", &AnalysisSet::delta_treated},
    DeltaWord{"delta-control", "dropout.delta.control", &AnalysisSet::delta_control}};

const DeltaWord* delta_in(std::string_view word) {
    const auto condition = condition_in(word);
    if (!condition) return nullptr;
    const auto found = std::ranges::find(delta_words, condition->name, &DeltaWord::name);
    return found == delta_words.end() ? nullptr : &*found;
}

/// Imputes with another delta; what is wrong with it, or nothing.
std::string apply_delta(const std::string& word, const DeltaWord& delta, AnalysisSet& set) {
    const auto condition = condition_in(word);
    const auto number = finite_number_in(condition->right);
    if (condition->comparison != design::Comparison::equal || !number || *number == 0) {
        return fmt::format(
            "a delta is a number other than 0, log odds that are added to imputed outcomes. Write "
            "\"{} = -0.5\"; \"multiple-imputation\" alone has none.",
            delta.name);
    }
    set.handling = Handling::multiple_imputation;
    set.*delta.delta = *number;
    return {};
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
    if (const auto* delta = delta_in(word)) return apply_delta(word, *delta, set);
    if (!condition_in(word)) {
        const auto near = nearest(word, known_words());
        return fmt::format(
            "\"{}\" is no word for a set.{} A set is one of {}, a condition on a "
            "covariate, a delta of imputed outcomes, or a list of these.",
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

/// Gives an imputing set the delta of [dropout]; what is wrong with a delta of its own, or nothing.
std::string take_delta(const DeltaWord& word, const CellReader& cell, AnalysisSet& set) {
    const bool imputes = set.handling == Handling::multiple_imputation;
    const bool has_own = set.*word.delta != 0;
    if (has_own && !imputes) return "a delta moves imputed outcomes alone. Leave out one of them.";
    const auto given = cell.number(word.key);
    if (!given || !imputes) return {};
    if (has_own) {
        return fmt::format(
            "{} moves the outcomes of every imputed set. Remove that key, or the delta of the set.",
            word.key);
    }
    set.*word.delta = *given;
    return {};
}

/// Nothing where a word is wrong; the fault is reported.
std::optional<AnalysisSet> read_set(const SetWords& words, AnalysisSet set, const CellReader& cell,
                                    const std::vector<CovariateEntry>& covariates) {
    bool is_sound = true;
    const auto note = [&](const std::string& problem) {
        if (!problem.empty()) cell.fault(sets_path, words.index, problem);
        return problem.empty();
    };
    for (const std::string& word : words.words)
        is_sound = note(apply(word, covariates, set)) && is_sound;
    for (const DeltaWord& word : delta_words)
        note(take_delta(word, cell, set));
    set.label = words.label;
    return is_sound ? std::optional(std::move(set)) : std::nullopt;
}

/// Whatever the labels.
bool sees_the_same(AnalysisSet a, const AnalysisSet& b) {
    a.label = b.label;
    return a == b;
}

}  // namespace

bool SetWords::imputes() const {
    return std::ranges::any_of(words, [](const std::string& word) {
        return word == "multiple-imputation" || delta_in(word) != nullptr;
    });
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
        auto set = read_set(words, primary, cell, covariates);
        if (!set) continue;
        const auto is_same = [&](const AnalysisSet& other) {
            const bool may_differ = is_handling_swept && &other == &sets.front();
            return !may_differ && sees_the_same(other, *set);
        };
        if (const auto reason = useless(*set, cell); !reason.empty()) {
            cell.fault(sets_path, words.index, reason);
        } else if (std::ranges::any_of(sets, is_same)) {
            cell.fault(sets_path, words.index,
                       "the set is the primary one or stands in the list already. Remove it.");
        }
        sets.push_back(*std::move(set));
    }
    return sets;
}

}  // namespace rsasim::scenario
