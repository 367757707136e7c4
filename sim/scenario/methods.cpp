#include "methods.hpp"

#include "method_choice.hpp"
#include "nulls.hpp"

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

constexpr std::string_view tests_path = "analysis.tests";
constexpr std::string_view intervals_path = "analysis.intervals";
constexpr std::string_view pairs_path = "analysis.pairs";

std::string_view words_of(design::Measure measure) {
    switch (measure) {
        case design::Measure::odds_ratio:
            return "odds ratio";
        case design::Measure::risk_difference:
            return "risk difference";
        case design::Measure::risk_ratio:
            return "risk ratio";
        case design::Measure::conditional_odds_ratio:
            return "conditional odds ratio";
        case design::Measure::mean_difference:
            return "difference of means";
    }
    return "effect";
}

std::string element(std::string_view path, std::size_t i) {
    return fmt::format("{}[{}]", path, i);
}

/// The list that a key gives; a null pointer where it gives none, which is a fault unless the key
/// is absent.
const Array* list_of(std::string_view path, const Settings& settings, Faults& faults) {
    const Value* value = settings.constant(path);
    if (value == nullptr) return nullptr;
    const auto* list = value->as<Array>();
    const KeyRow& row = *find_key(path);
    if (list == nullptr) {
        faults.add_for(path, value->place,
                       fmt::format("{} = {}: {}, not {}. {}", path, shown(*value), row.rule,
                                   type_of(*value), row.remedy));
    } else if (list->empty() && row.kind != Kind::pairs) {
        faults.add_for(path, value->place,
                       fmt::format("{} = []: at least one method is needed. Leave the key out for "
                                   "the whole catalogue.",
                                   path));
        return nullptr;
    }
    return list;
}

void add_unknown(const std::string& label, std::string_view kind, const NamedMethod& named,
                 const std::vector<std::string>& known, Faults& faults) {
    const std::vector<std::string_view> views(known.begin(), known.end());
    const auto near = faults.want_suggestions() ? nearest(named.id, views) : std::string_view();
    const std::string hint = near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near);
    faults.add(named.place, fmt::format("{} = {} is not a known {}.{} List them: rsasim methods",
                                        label, quoted(shortened(named.id)), kind, hint));
}

void add_repeated(const std::string& label, const std::string& text, const Place& place,
                  Faults& faults) {
    faults.add(place, fmt::format("{} = \"{}\" is in the list already. Remove one of the two.",
                                  label, text));
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

std::vector<MethodChoice> read_tests(const Array& given, const Margin& margin, Faults& faults) {
    const auto known = ids_of_tests([](const MethodRow&) { return true; });
    std::vector<MethodChoice> tests;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string label = element(tests_path, i);
        const auto named = named_method(label, given[i], faults);
        if (!named) continue;
        const MethodRow* row = analysis::find_method(Role::test, named->id);
        if (row == nullptr) {
            add_unknown(label, "test", *named, known, faults);
            continue;
        }
        if (margin && !has_margin_of(*row, *margin)) {
            add_without_margin(label, *named, *margin, faults);
            continue;
        }
        auto choice = chosen(*row, label, *named, faults);
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

std::vector<MeasuredChoice> read_intervals(const Array& given, Faults& faults) {
    if (is_everything(given)) return all_measured(Role::interval, true);
    std::vector<MeasuredChoice> intervals;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string label = element(intervals_path, i);
        const auto named = named_method(label, given[i], faults);
        if (!named) continue;
        const auto rows = interval_rows(named->id);
        if (rows.empty()) add_unknown(label, "interval", *named, interval_names(), faults);
        for (const MethodRow* row : rows) {
            auto choice = chosen(*row, label, *named, faults);
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

/// At a margin only intervals on its scale can agree with a test.
void add_standard_pairs(AnalysisPlan& plan, const Margin& margin) {
    for (const analysis::PairRow& row : analysis::standard_pairs()) {
        if (margin && row.measure != *margin) continue;
        const MethodChoice test{std::string(row.test), {}};
        const MeasuredChoice interval{row.measure, {std::string(row.interval), {}}};
        const auto at_test = std::ranges::find(plan.tests, test);
        const auto at_interval = std::ranges::find(plan.intervals, interval);
        if (at_test == plan.tests.end() || at_interval == plan.intervals.end()) continue;
        plan.pairs.push_back({static_cast<std::size_t>(at_test - plan.tests.begin()),
                              static_cast<std::size_t>(at_interval - plan.intervals.begin())});
    }
}

/// The index of the method in a list of the plan by its label; the list's size where it is not in.
template <class Choice>
std::size_t index_of(std::string_view label, const std::vector<Choice>& list) {
    const auto at = std::ranges::find(list, label, &Choice::label);
    return static_cast<std::size_t>(at - list.begin());
}

template <class Choice>
std::optional<std::size_t> member(const std::string& label, const Value& value,
                                  std::string_view list_path, const std::vector<Choice>& list,
                                  Faults& faults) {
    const auto* text = value.as<std::string>();
    if (text != nullptr) {
        if (const std::size_t index = index_of(*text, list); index < list.size()) return index;
    }
    std::vector<std::string> labels;
    for (const Choice& choice : list)
        labels.push_back(choice.label());
    const std::vector<std::string_view> views(labels.begin(), labels.end());
    const auto near = text != nullptr ? nearest(*text, views) : std::string_view();
    faults.add(value.place,
               fmt::format("{}: {} is not among {}.{} A pair names two methods of the lists.",
                           label, shown(value), list_path,
                           near.empty() ? "" : fmt::format(" Did you mean \"{}\"?", near)));
    return std::nullopt;
}

void add_given_pairs(const Array& given, const Margin& margin, AnalysisPlan& plan, Faults& faults) {
    std::set<std::pair<std::size_t, std::size_t>> seen;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const std::string label = element(pairs_path, i);
        const auto* two = given[i].as<Array>();
        if (two == nullptr || two->size() != 2) {
            faults.add(given[i].place,
                       fmt::format("{} = {}: a test and an interval are needed. Write [\"fisher\", "
                                   "\"odds_ratio:woolf\"].",
                                   label, shown(given[i])));
            continue;
        }
        const auto test = member(label, (*two)[0], tests_path, plan.tests, faults);
        const auto interval = member(label, (*two)[1], intervals_path, plan.intervals, faults);
        if (!test || !interval) continue;
        if (margin && plan.intervals[*interval].measure != *margin) {
            faults.add(given[i].place,
                       fmt::format("{} = {}: a margin of the {} says nothing of an interval on "
                                   "another scale. Remove the pair.",
                                   label, shown(given[i]), words_of(*margin)));
            continue;
        }
        if (!seen.insert({*test, *interval}).second) {
            add_repeated(label, shown(given[i]), given[i].place, faults);
        } else if (const design::PairChoice pair{*test, *interval};
                   std::ranges::count(plan.pairs, pair) == 0) {
            plan.pairs.push_back(pair);
        }
    }
}

}  // namespace

AnalysisPlan read_methods(const Settings& settings, Faults& faults) {
    AnalysisPlan plan;
    const Margin margin = margin_measure(settings);
    const Array* tests = list_of(tests_path, settings, faults);
    const Array* intervals = list_of(intervals_path, settings, faults);
    const Array* pairs = list_of(pairs_path, settings, faults);
    plan.tests = tests != nullptr ? read_tests(*tests, margin, faults) : default_tests(margin);
    plan.intervals = intervals != nullptr ? read_intervals(*intervals, faults)
                                          : all_measured(Role::interval, false);
    plan.estimators = all_measured(Role::estimate, true);
    add_standard_pairs(plan, margin);
    if (pairs != nullptr) add_given_pairs(*pairs, margin, plan, faults);
    return plan;
}

std::size_t standard_pairs_in(const AnalysisPlan& plan, const Settings& settings) {
    AnalysisPlan standard;
    standard.tests = plan.tests;
    standard.intervals = plan.intervals;
    add_standard_pairs(standard, margin_measure(settings));
    return standard.pairs.size();
}

}  // namespace rsasim::scenario
