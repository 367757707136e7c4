#include "hand_interval.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/decisions.hpp>
#include <rsasim/planning/reproduction.hpp>

namespace rsasim::planning {
namespace {

using analysis::Role;
using design::Measure;

/// One way of rounding that gives both figures.
Agreement both(Agreement left, Agreement right) {
    if (left == Agreement::none || right == Agreement::none) return Agreement::none;
    if (left == Agreement::always) return right;
    return right == Agreement::always || right == left ? left : Agreement::none;
}

analysis::Finding ask(Role role, Measure measure, const design::MethodChoice& method,
                      const design::Table2x2& table, double confidence) {
    const analysis::Setting setting{{table.treated.n, table.control.n}, confidence};
    return analysis::prepare(role, measure, method, setting)(table);
}

std::vector<TestReproduction> reproduce_tests(const design::Table2x2& table,
                                              const design::AnalysisPlan& plan,
                                              const PrintedNumber& printed) {
    using enum analysis::Tail;
    std::vector<TestReproduction> tests;
    for (const auto& method : plan.tests) {
        const auto found = ask(Role::test, Measure::odds_ratio, method, table, plan.confidence);
        for (const auto tail : {two_sided, greater, less}) {
            const double p = found.p_value.of(tail);
            if (std::isnan(p)) continue;
            tests.push_back({method, tail, p, agreement_of(printed, p)});
        }
    }
    return tests;
}

std::vector<EstimateReproduction> reproduce_estimates(const design::Table2x2& table,
                                                      const design::AnalysisPlan& plan,
                                                      const PrintedEffect& printed) {
    std::vector<EstimateReproduction> estimates;
    for (const auto& [measure, method] : plan.estimators) {
        if (measure != printed.measure) continue;
        const double x = ask(Role::estimate, measure, method, table, plan.confidence).estimate;
        estimates.push_back({method, {}, x, agreement_of(*printed.estimate, x)});
    }
    for (const Route& route : routes_of_rates()) {
        const auto result = by_hand(table, printed.measure, plan.confidence, route);
        if (!result) continue;
        const auto agreement = agreement_of(*printed.estimate, result->estimate);
        if (agreement == Agreement::none) continue;
        estimates.push_back({{"sample", {}}, route, result->estimate, agreement});
    }
    return estimates;
}

IntervalReproduction compared(design::MethodChoice method, const Route& route,
                              const analysis::Interval& interval, const PrintedInterval& printed) {
    IntervalReproduction one{std::move(method), route, interval, {}, {}, {}};
    one.lower = agreement_of(printed.lower, interval.lower);
    one.upper = agreement_of(printed.upper, interval.upper);
    one.agreement = both(one.lower, one.upper);
    return one;
}

std::vector<IntervalReproduction> reproduce_intervals(const design::Table2x2& table,
                                                      const design::AnalysisPlan& plan,
                                                      const PrintedEffect& printed) {
    std::vector<IntervalReproduction> intervals;
    const PrintedInterval& limits = *printed.interval;
    for (const auto& [measure, method] : plan.intervals) {
        if (measure != printed.measure) continue;
        const auto found = ask(Role::interval, measure, method, table, plan.confidence);
        intervals.push_back(compared(method, {}, found.interval, limits));
    }
    const bool has_estimate = printed.estimate && !printed.estimate->is_infinite;
    const PrintedNumber& shown = has_estimate ? *printed.estimate : limits.lower;
    const int decimals = shown.decimals + (shown.is_percent ? 2 : 0);
    for (const Route& route : routes_of(printed.measure, decimals)) {
        const auto result = by_hand(table, printed.measure, plan.confidence, route);
        if (!result) continue;
        auto one =
            compared({hand_interval_of(printed.measure), {}}, route, result->interval, limits);
        if (one.agreement != Agreement::none) intervals.push_back(std::move(one));
    }
    return intervals;
}

EffectReproduction reproduce_effect(const design::Table2x2& table, const design::AnalysisPlan& plan,
                                    const PrintedEffect& printed, Reading reading) {
    EffectReproduction effect{printed, reading, {}, {}};
    if (printed.estimate) effect.estimates = reproduce_estimates(table, plan, printed);
    if (printed.interval) effect.intervals = reproduce_intervals(table, plan, printed);
    return effect;
}

/// Readings that give other figures, each once: swapped outcomes have the odds ratio and the risk
/// difference of swapped arms.
std::vector<Reading> other_readings_of(Measure measure) {
    using enum Reading;
    if (measure != Measure::risk_ratio) return {arms_swapped};
    return {arms_swapped, outcomes_swapped, both_swapped};
}

design::Table2x2 read_as(const design::Table2x2& table, Reading reading) {
    switch (reading) {
        case Reading::arms_swapped:
            return design::with_arms_swapped(table);
        case Reading::outcomes_swapped:
            return design::with_outcomes_swapped(table);
        case Reading::both_swapped:
            return design::with_arms_swapped(design::with_outcomes_swapped(table));
        default:
            return table;
    }
}

template <class List>
bool has_agreement(const List& list) {
    return std::ranges::any_of(list,
                               [](const auto& one) { return one.agreement != Agreement::none; });
}

/// The element whose distance is least and finite; the first of equals.
template <class List, class Distance>
auto least(const List& list, Distance distance) {
    const auto found = std::ranges::min_element(list, {}, distance);
    return found == list.end() || std::isinf(distance(*found)) ? nullptr : &*found;
}

}  // namespace

std::string describe(const Route& route) {
    switch (route.step) {
        case Step::none:
            return "at full precision";
        case Step::z:
            return fmt::format("with z rounded to {} decimals", route.decimals);
        case Step::estimate:
            return fmt::format("around the estimate rounded to {} decimals", route.decimals);
        case Step::estimate_and_z:
            return fmt::format("around the estimate rounded to {} decimals, z to 2",
                               route.decimals);
        case Step::log_estimate:
            return fmt::format("with the logarithm of the estimate rounded to {} decimals",
                               route.decimals);
        case Step::standard_error:
            return fmt::format("with the standard error rounded to {} decimals", route.decimals);
        case Step::rates:
            return fmt::format("from rates rounded to {} decimals", route.decimals);
    }
    return "";
}

std::string describe(Reading reading) {
    switch (reading) {
        case Reading::as_given:
            return "";
        case Reading::arms_swapped:
            return "control against treated";
        case Reading::outcomes_swapped:
            return "the absence of the event";
        case Reading::both_swapped:
            return "control against treated, the absence of the event";
    }
    return "";
}

bool EffectReproduction::is_reproduced() const {
    return (!printed.estimate || has_agreement(estimates)) &&
           (!printed.interval || has_agreement(intervals));
}

std::vector<const TestReproduction*> Reproduction::printing(bool is_looked_for) const {
    std::vector<const TestReproduction*> found;
    for (const auto& test : tests) {
        if (test.agreement != Agreement::none && (test.tail == tail) == is_looked_for)
            found.push_back(&test);
    }
    return found;
}

std::vector<const TestReproduction*> Reproduction::tests_that_print() const {
    return printing(true);
}

std::vector<const TestReproduction*> Reproduction::tests_that_print_elsewhere() const {
    return printing(false);
}

Reproduction reproduce(const design::Table2x2& table, const design::AnalysisPlan& plan,
                       const PrintedFigures& printed) {
    Reproduction result;
    result.p_value = printed.p_value;
    result.tail = analysis::deciding_tail(plan);
    if (printed.p_value) result.tests = reproduce_tests(table, plan, *printed.p_value);
    for (const auto& effect : printed.effects) {
        result.effects.push_back(reproduce_effect(table, plan, effect, Reading::as_given));
        if (result.effects.back().is_reproduced()) continue;
        for (const auto reading : other_readings_of(effect.measure)) {
            auto other = reproduce_effect(read_as(table, reading), plan, effect, reading);
            if (other.is_reproduced()) result.other_readings.push_back(std::move(other));
        }
    }
    return result;
}

const TestReproduction* nearest(const PrintedNumber& printed,
                                std::span<const TestReproduction> tests, analysis::Tail tail) {
    return least(tests, [&](const TestReproduction& one) {
        return one.tail == tail ? digits_off(printed, one.p_value) : analysis::infinity;
    });
}

const EstimateReproduction* nearest(const PrintedNumber& printed,
                                    std::span<const EstimateReproduction> estimates) {
    return least(estimates, [&](const EstimateReproduction& one) {
        return digits_off(printed, one.estimate);
    });
}

const IntervalReproduction* nearest(const PrintedInterval& printed,
                                    std::span<const IntervalReproduction> intervals) {
    return least(intervals, [&](const IntervalReproduction& one) {
        return std::max(digits_off(printed.lower, one.interval.lower),
                        digits_off(printed.upper, one.interval.upper));
    });
}

}  // namespace rsasim::planning
