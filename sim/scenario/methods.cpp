#include "methods.hpp"

#include "method_choice.hpp"
#include "method_lists.hpp"
#include "nulls.hpp"
#include "pairs.hpp"
#include "patient_choices.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

using analysis::MethodRow;
using analysis::Role;
using design::AnalysisPlan;
using design::MeasuredChoice;
using design::MethodChoice;

void add_unknown(const std::string& label, std::string_view kind, const NamedMethod& named,
                 const std::vector<std::string>& known, Faults& faults) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    const auto near = faults.want_suggestions() ? nearest(named.id, views) : std::string_view();
    const std::string hint = near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near);
    faults.add(named.place, fmt::format("{} = {} is not a known {}.{} List them: rsasim methods",
                                        label, quoted(shortened(named.id)), kind, hint));
}

/// The measure of a margin, if one is tested.
using Margin = std::optional<design::Measure>;

bool has_margin_of(const MethodRow& test, design::Measure measure) {
    constexpr double any_margin = 0.5;  // no effect on no scale
    return analysis::has_null(test, {measure, any_margin});
}

std::vector<std::string> ids_of_tests(const auto& is_wanted) {
    std::vector<std::string> ids;
    for (const MethodRow& row : analysis::catalogue()) {
        if (row.role == Role::test && is_wanted(row)) ids.emplace_back(row.id);
    }
    return ids;
}

std::vector<std::string> ids_with_margin(design::Measure measure) {
    return ids_of_tests([=](const MethodRow& row) { return has_margin_of(row, measure); });
}

/// All tests that have the null; at no effect without the asymptotic ones of any null, which equal
/// others there.
std::vector<MethodChoice> default_tests(const Margin& margin) {
    const auto ids = margin ? ids_with_margin(*margin) : ids_of_tests([](const MethodRow& row) {
        return row.nulls != analysis::Nulls::any || row.family == "exact unconditional";
    });
    std::vector<MethodChoice> list;
    for (const std::string& id : ids)
        list.push_back({id, {}});
    return list;
}

/// All intervals or estimates; without those that take milliseconds a table, unless wanted.
std::vector<MeasuredChoice> all_measured(Role role, bool are_costly_wanted) {
    std::vector<MeasuredChoice> list;
    for (const MethodRow& row : analysis::catalogue()) {
        if (row.is_costly && !are_costly_wanted) continue;
        if (row.role == role) list.push_back({row.measure, {std::string(row.id), {}}});
    }
    return list;
}

void add_without_margin(const std::string& label, const NamedMethod& named, design::Measure measure,
                        Faults& faults) {
    faults.add(named.place,
               fmt::format("{} = {} does not test a margin of the {}. Choose from \"{}\".", label,
                           quoted(shortened(named.id)), words_of(measure),
                           fmt::join(ids_with_margin(measure), "\", \"")));
}

/// What the patient level makes of names; a null pointer where the scenario gives counts.
using Patients = PatientChoices*;

Grammar grammar_of(Patients patients) {
    return patients == nullptr ? Grammar::counts : Grammar::patients;
}

/// Methods of the 2x2 table look at the primary set and its outcome alone.
bool is_on_another_set(const std::string& label, const NamedMethod& named, Faults& faults) {
    if (!named.endpoint.empty()) {
        faults.add(named.place, fmt::format("{} = \"{}[{}]\": methods of the 2x2 table have the "
                                            "primary outcome alone. Leave out the brackets.",
                                            label, shortened(named.id), shortened(named.endpoint)));
        return true;
    }
    if (named.set.empty() || named.set == primary_set) return false;
    faults.add(
        named.place,
        fmt::format("{} = \"{}@{}\": methods of the 2x2 table have the primary set alone. On "
                    "another set use wald or wald-gart, the intervals woolf or gart, or a "
                    "patient-level method.",
                    label, shortened(named.id), shortened(named.set)));
    return true;
}

/// Says of a patient-level method what counts lack for it; true where it is one.
bool is_of_women(bool is_patient_method, const std::string& label, const NamedMethod& named,
                 Patients patients, Faults& faults) {
    if (patients != nullptr || !is_patient_method) return false;
    faults.add(named.place,
               fmt::format("{} = {} analyses single women, and the scenario gives counts only. Add "
                           "a [[covariate]], a [[stage]] or [allocation], or leave it out.",
                           label, quoted(shortened(named.id))));
    return true;
}

std::vector<MethodChoice> read_tests(const Array& given, const Margin& margin, Patients patients,
                                     Faults& faults) {
    auto known = ids_of_tests([](const MethodRow&) { return true; });
    if (patients != nullptr) std::ranges::move(patient_test_names(), std::back_inserter(known));
    std::vector<MethodChoice> tests;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string label = element(tests_path, i);
        const auto named = named_method(label, given[i], grammar_of(patients), faults);
        if (!named) continue;
        if (patients != nullptr &&
            patients->take_test(label, *named, faults) == Share::patients_only) {
            continue;
        }
        const MethodRow* row = analysis::find_method(Role::test, named->id);
        if (row == nullptr) {
            if (is_of_women(is_patient_test(named->id), label, *named, patients, faults)) continue;
            add_unknown(label, "test", *named, known, faults);
            continue;
        }
        if (is_on_another_set(label, *named, faults)) continue;
        if (margin && !has_margin_of(*row, *margin)) {
            add_without_margin(label, *named, *margin, faults);
            continue;
        }
        auto choice = chosen(row->id, row->options, label, *named, faults);
        if (!choice) continue;
        if (std::ranges::count(tests, *choice) > 0) {
            add_repeated(label, choice->label(), named->place, faults);
        } else {
            tests.push_back(*std::move(choice));
        }
    }
    return tests;
}

/// The rows that "woolf" or "odds_ratio:woolf" names.
std::vector<const MethodRow*> interval_rows(std::string_view id) {
    const auto colon = id.find(':');
    std::vector<const MethodRow*> rows;
    for (const MethodRow& row : analysis::catalogue()) {
        if (row.role != Role::interval) continue;
        const bool is_named = colon == std::string_view::npos
                                  ? row.id == id
                                  : design::name_of(row.measure) == id.substr(0, colon) &&
                                        row.id == id.substr(colon + 1);
        if (is_named) rows.push_back(&row);
    }
    return rows;
}

std::vector<std::string> interval_names() {
    std::vector<std::string> names;
    for (const MethodRow& row : analysis::catalogue()) {
        if (row.role != Role::interval) continue;
        names.emplace_back(row.id);
        names.push_back(fmt::format("{}:{}", design::name_of(row.measure), row.id));
    }
    return names;
}

/// The list ["all"].
bool is_everything(const Array& given) {
    const auto* word = given.size() == 1 ? given.front().as<std::string>() : nullptr;
    return word != nullptr && *word == "all";
}

std::vector<MeasuredChoice> read_intervals(const Array& given, Patients patients, Faults& faults) {
    if (is_everything(given)) {
        if (patients != nullptr) patients->take_default_intervals();
        return all_measured(Role::interval, true);
    }
    auto known = interval_names();
    if (patients != nullptr) std::ranges::move(patient_interval_names(), std::back_inserter(known));
    std::vector<MeasuredChoice> intervals;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string label = element(intervals_path, i);
        const auto named = named_method(label, given[i], grammar_of(patients), faults);
        if (!named) continue;
        if (patients != nullptr &&
            patients->take_interval(label, *named, faults) == Share::patients_only) {
            continue;
        }
        const auto rows = interval_rows(named->id);
        if (rows.empty() &&
            !is_of_women(is_patient_interval(named->id), label, *named, patients, faults)) {
            add_unknown(label, "interval", *named, known, faults);
        }
        if (!rows.empty() && is_on_another_set(label, *named, faults)) continue;
        for (const MethodRow* row : rows) {
            auto choice = chosen(row->id, row->options, label, *named, faults);
            if (!choice) break;
            MeasuredChoice interval{row->measure, *std::move(choice)};
            if (std::ranges::count(intervals, interval) > 0) {
                add_repeated(label, interval.label(), named->place, faults);
            } else {
                intervals.push_back(std::move(interval));
            }
        }
    }
    return intervals;
}

}  // namespace

AnalysisPlan read_methods(const Settings& settings, Faults& faults) {
    AnalysisPlan plan;
    const Margin margin = margin_measure(settings);
    const Array* tests = list_of(tests_path, settings, faults);
    const Array* intervals = list_of(intervals_path, settings, faults);
    std::optional<PatientChoices> patients;
    if (settings.is_patient_level()) patients.emplace(settings);
    PatientChoices* const choices = patients ? &*patients : nullptr;
    if (choices != nullptr && tests == nullptr) choices->take_default_tests();
    plan.tests =
        tests != nullptr ? read_tests(*tests, margin, choices, faults) : default_tests(margin);
    if (choices != nullptr && intervals == nullptr) choices->take_default_intervals();
    plan.intervals = intervals != nullptr ? read_intervals(*intervals, choices, faults)
                                          : all_measured(Role::interval, false);
    plan.estimators = all_measured(Role::estimate, true);
    add_pairs(plan, settings, faults);
    if (patients) {
        plan.patients.emplace();
        plan.patients->methods = patients->choices();
        plan.patients->multiplicity = read_multiplicity(settings, patients->choices(), faults);
    }
    return plan;
}

}  // namespace rsasim::scenario
