#include "constant_feature.hpp"
#include "patient_choices.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {

using analysis::PatientNeeds;
using analysis::PatientRow;

bool PatientChoices::has_problem(const Request& request, const PatientRow& row,
                                 Faults& faults) const {
    const NamedMethod& named = request.named;
    const auto refuse = [&](const std::string& why) {
        faults.add(named.place,
                   fmt::format("{} = {}: {}", request.label, quoted(shortened(named.id)), why));
        return true;
    };
    if (row.needs == PatientNeeds::biomarker && biomarkers_.empty()) {
        return refuse("this method compares a biomarker, and there is none. Add a [[biomarker]].");
    }
    if (!named.endpoint.empty() && row.needs != PatientNeeds::biomarker) {
        return refuse(
            "this method has the primary outcome and no other endpoint. Leave out the "
            "brackets.");
    }
    if (!named.endpoint.empty() && std::ranges::count(biomarkers_, named.endpoint) == 0) {
        const std::vector<std::string_view> known(biomarkers_.begin(), biomarkers_.end());
        const auto near = nearest(named.endpoint, known);
        return refuse(fmt::format("\"{}\" is not a biomarker.{} The biomarkers are {}.",
                                  named.endpoint,
                                  near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near),
                                  fmt::join(biomarkers_, ", ")));
    }
    if (row.needs == PatientNeeds::interaction && !has_interaction_) {
        return refuse(
            "no interaction is named. Write interaction = \"il33_st2 > 1.2\" below "
            "[analysis].");
    }
    const auto named_set = std::ranges::find(sets_, named.set, &SetWords::label);
    if (!named.set.empty() && named_set != sets_.end() && !can_estimate(row, *named_set)) {
        return refuse(
            fmt::format("in the set \"{}\" all women have one value of \"{}\", so that there is no "
                        "interaction to estimate. Name another set, or \"{}@{}\".",
                        named.set, interaction_, row.id, primary_set));
    }
    if (request.part == Part::test && margin_ && row.measure != margin_) {
        return refuse("this method does not test a margin on this scale. Leave it out.");
    }
    return false;
}

bool PatientChoices::can_estimate(const PatientRow& row, const SetWords& set) const {
    if (row.needs != PatientNeeds::interaction) return true;
    return std::ranges::none_of(set.words, [this](const std::string& word) {
        return is_constant_where(interaction_, word);
    });
}

bool PatientChoices::is_known_set(const Request& request, Faults& faults) const {
    const std::string& set = request.named.set;
    const bool is_known =
        set.empty() || set == primary_set || std::ranges::count(sets_, set, &SetWords::label) > 0;
    if (is_known) return true;
    std::vector<std::string> labels{std::string(primary_set)};
    for (std::size_t i = 1; i < sets_.size(); ++i)
        labels.push_back(sets_[i].label);
    faults.add(request.named.place,
               fmt::format("{}: \"{}\" is not a set of this analysis. The sets are {}; others are "
                           "added to analysis.sets.",
                           request.label, shortened(set), fmt::join(labels, ", ")));
    return false;
}

}  // namespace rsasim::scenario
