#include "pairs.hpp"

#include "method_lists.hpp"
#include "nulls.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/scenario/scenario.hpp>

namespace rsasim::scenario {
namespace {

using design::AnalysisPlan;
using design::MeasuredChoice;
using design::MethodChoice;

constexpr std::string_view pairs_path = "analysis.pairs";

/// The measure of a margin, if one is tested.
using Margin = std::optional<design::Measure>;

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

void add_pairs(AnalysisPlan& plan, const Settings& settings, Faults& faults) {
    const Margin margin = margin_measure(settings);
    const Array* pairs = list_of(pairs_path, settings, faults);
    add_standard_pairs(plan, margin);
    if (pairs != nullptr) add_given_pairs(*pairs, margin, plan, faults);
}

std::size_t standard_pairs_in(const AnalysisPlan& plan, const Settings& settings) {
    AnalysisPlan standard;
    standard.tests = plan.tests;
    standard.intervals = plan.intervals;
    add_standard_pairs(standard, margin_measure(settings));
    return standard.pairs.size();
}

}  // namespace rsasim::scenario
