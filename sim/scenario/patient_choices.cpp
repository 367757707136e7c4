#include "patient_choices.hpp"

#include "constant_feature.hpp"
#include "nulls.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <rsasim/scenario/patient_keys.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

using analysis::PatientFamily;
using analysis::PatientNeeds;
using analysis::PatientRow;
using design::PatientChoice;

const PatientRow& row_of(const PatientChoice& choice) {
    return *analysis::find_patient_method(choice.id, choice.measure);
}

std::string interval_name(const PatientRow& row) {
    return fmt::format("{}:{}", design::name_of(*row.measure), row.id);
}

std::vector<const PatientRow*> test_rows(std::string_view id) {
    std::vector<const PatientRow*> rows;
    for (const PatientRow& row : analysis::patient_catalogue()) {
        if (!row.test_id.empty() && row.test_id == id) rows.push_back(&row);
    }
    return rows;
}

std::vector<const PatientRow*> patient_interval_rows(std::string_view id) {
    std::vector<const PatientRow*> rows;
    for (const PatientRow& row : analysis::patient_catalogue()) {
        if (row.has_interval && (row.id == id || interval_name(row) == id)) rows.push_back(&row);
    }
    return rows;
}

bool is_array_of_something(const Value* value) {
    const auto* list = value == nullptr ? nullptr : value->as<Array>();
    return list != nullptr && !list->empty();
}

/// "[il33]" or "[draws=199]" or both.
std::string bracketed(const PatientChoice& choice) {
    std::string text;
    const auto open = choice.label.find('[');
    if (open == std::string::npos) return text;
    return choice.label.substr(open, choice.label.rfind(']') - open + 1);
}

std::string with_set(std::string text, const PatientChoice& choice, std::size_t sets) {
    const auto at = choice.label.rfind('@');
    if (choice.set > 0) return text + choice.label.substr(at);
    return sets > 1 ? fmt::format("{}@{}", text, primary_set) : text;
}

}  // namespace

bool is_patient_test(std::string_view id) {
    return !test_rows(id).empty();
}

bool is_patient_interval(std::string_view id) {
    return !patient_interval_rows(id).empty();
}

std::vector<std::string> patient_test_names() {
    std::vector<std::string> names;
    for (const PatientRow& row : analysis::patient_catalogue()) {
        if (!row.test_id.empty()) names.emplace_back(row.test_id);
    }
    return names;
}

std::vector<std::string> patient_interval_names() {
    std::vector<std::string> names;
    for (const PatientRow& row : analysis::patient_catalogue()) {
        if (!row.has_interval) continue;
        names.emplace_back(row.id);
        names.push_back(interval_name(row));
    }
    return names;
}

std::string test_text(const PatientChoice& choice, std::size_t sets) {
    return with_set(std::string(row_of(choice).test_id) + bracketed(choice), choice, sets);
}

std::string interval_text(const PatientChoice& choice, std::size_t sets) {
    return with_set(interval_name(row_of(choice)) + bracketed(choice), choice, sets);
}

PatientChoices::PatientChoices(const Settings& settings)
    : sets_(set_words(settings)),
      has_covariates_(is_array_of_something(settings.constant("analysis.adjust"))),
      has_strata_(is_array_of_something(settings.constant("analysis.strata")) ||
                  is_array_of_something(settings.constant("allocation.strata"))),
      has_interaction_(settings.has("analysis.interaction")),
      margin_(margin_measure(settings)) {
    const Value* interaction = settings.constant("analysis.interaction");
    const auto* feature = interaction == nullptr ? nullptr : interaction->as<std::string>();
    if (feature != nullptr) interaction_ = *feature;
    for (const NamedEntry& entry : settings.vocabulary().entries(biomarker_table)) {
        biomarkers_.push_back(entry.name);
        has_baseline_.push_back(settings.has(fmt::format("biomarker.{}.baseline", entry.name)));
    }
}

Share PatientChoices::take_test(const std::string& label, const NamedMethod& named,
                                Faults& faults) {
    return take({Part::test, label, named}, test_rows(named.id), faults);
}

Share PatientChoices::take_interval(const std::string& label, const NamedMethod& named,
                                    Faults& faults) {
    return take({Part::interval, label, named}, patient_interval_rows(named.id), faults);
}

std::vector<PatientChoice> PatientChoices::named_choices(const NamedMethod& named,
                                                         const PatientRow& row) const {
    std::vector<PatientChoice> list;
    const std::size_t first = row.family == PatientFamily::table ? 1 : 0;
    for (std::size_t set = first; set < sets_.size(); ++set) {
        const bool is_wanted =
            named.set.empty() ||
            (named.set == primary_set ? set == 0 : sets_[set].label == named.set);
        if (!is_wanted || !can_estimate(row, sets_[set])) continue;
        for (const auto endpoint : endpoints_of(row)) {
            const bool is_other =
                endpoint && !named.endpoint.empty() && biomarkers_[*endpoint] != named.endpoint;
            if (is_other) continue;
            list.push_back({std::string(row.id), row.measure, set, endpoint, {}, "", false, false});
        }
    }
    return list;
}

Share PatientChoices::take(const Request& request, const std::vector<const PatientRow*>& rows,
                           Faults& faults) {
    const NamedMethod& named = request.named;
    if (!is_known_set(request, faults)) return Share::patients_only;
    for (const PatientRow* row : rows) {
        if (has_problem(request, *row, faults)) return Share::patients_only;
        const auto options = chosen(row->id, row->options, request.label, named, faults);
        if (!options) return Share::patients_only;
        for (PatientChoice& choice : named_choices(named, *row)) {
            choice.options = options->options;
            if (add(std::move(choice), request.part)) continue;
            faults.add(named.place, fmt::format("{} = {} is in the list already. Remove one of the "
                                                "two.",
                                                request.label, quoted(shortened(named.id))));
            return Share::patients_only;
        }
    }
    const bool is_on_primary = named.set.empty() || named.set == primary_set;
    const bool has_table_rows = std::ranges::any_of(
        rows, [](const PatientRow* row) { return row->family == PatientFamily::table; });
    return rows.empty() || (has_table_rows && is_on_primary) ? Share::table_too
                                                             : Share::patients_only;
}

void PatientChoices::take_default_tests() {
    take_defaults(Part::test);
}

void PatientChoices::take_default_intervals() {
    take_defaults(Part::interval);
}

void PatientChoices::take_defaults(Part part) {
    for (std::size_t set = 0; set < sets_.size(); ++set) {
        for (const PatientRow& row : analysis::patient_catalogue()) {
            const bool has_part = part == Part::test ? !row.test_id.empty() : row.has_interval;
            const bool is_of_table = row.family == PatientFamily::table && set == 0;
            const bool is_pooled =
                !sets_[set].imputes() || row.pooling == analysis::Pooling::estimate;
            const bool has_null = part == Part::interval || !margin_ || row.measure == margin_;
            if (!has_part || is_of_table || !is_pooled || !has_null || row.is_costly ||
                !can_estimate(row, sets_[set])) {
                continue;
            }
            for (const auto endpoint : endpoints_of(row)) {
                if (!has_needs(row, endpoint)) continue;
                add({std::string(row.id), row.measure, set, endpoint, {}, "", false, false}, part);
            }
        }
    }
}

bool PatientChoices::add(PatientChoice choice, Part part) {
    choice.label = label_of(choice);
    auto at = std::ranges::find_if(choices_, [&choice](const PatientChoice& other) {
        return other.measure == choice.measure && other.label == choice.label;
    });
    if (at == choices_.end()) at = choices_.insert(at, std::move(choice));
    bool& reports = part == Part::test ? at->reports_test : at->reports_interval;
    return !std::exchange(reports, true);
}

bool PatientChoices::has_needs(const PatientRow& row, std::optional<std::size_t> endpoint) const {
    switch (row.needs) {
        case PatientNeeds::nothing:
            return true;
        case PatientNeeds::covariates:
            return has_covariates_;
        case PatientNeeds::strata:
            return has_strata_;
        case PatientNeeds::interaction:
            return has_interaction_;
        case PatientNeeds::biomarker:
            break;
    }
    // Without a baseline, covariance analysis would be a comparison of means with one variance.
    return endpoint.has_value() && (row.id != "ancova" || has_baseline_[*endpoint]);
}

std::vector<std::optional<std::size_t>> PatientChoices::endpoints_of(const PatientRow& row) const {
    if (row.needs != PatientNeeds::biomarker) return {std::nullopt};
    std::vector<std::optional<std::size_t>> endpoints;
    for (std::size_t i = 0; i < biomarkers_.size(); ++i)
        endpoints.emplace_back(i);
    return endpoints;
}

std::string PatientChoices::label_of(const PatientChoice& choice) const {
    std::string inside = choice.endpoint ? biomarkers_[*choice.endpoint] : "";
    for (const auto& [name, value] : choice.options) {
        inside += fmt::format("{}{}={}", inside.empty() ? "" : ",", name,
                              design::canonical_decimal(value));
    }
    std::string label = inside.empty() ? choice.id : fmt::format("{}[{}]", choice.id, inside);
    return choice.set == 0 ? label : fmt::format("{}@{}", label, sets_[choice.set].label);
}

}  // namespace rsasim::scenario
