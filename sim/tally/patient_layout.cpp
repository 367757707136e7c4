#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/finding.hpp>
#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/design/near_truth.hpp>
#include <rsasim/tally/fixed_point.hpp>
#include <rsasim/tally/patient_layout.hpp>

namespace rsasim::tally {
namespace {

using design::Measure;

std::string_view name_of(design::Procedure procedure) {
    switch (procedure) {
        case design::Procedure::fixed_sequence:
            return "fixed-sequence";
        case design::Procedure::holm:
            return "holm";
        case design::Procedure::bonferroni:
            return "bonferroni";
    }
    throw std::logic_error("name_of: not a procedure");
}

/// Whether the null of a test without an estimate is true.
bool is_null_of_test(const design::Design& design, const design::PatientChoice& choice) {
    const bool rates_are_equal = design::are_equal(design.rates());
    if (!choice.endpoint) return rates_are_equal;
    const design::Biomarker& biomarker = design.patients()->biomarkers.at(*choice.endpoint);
    return biomarker.treatment_shift == 0 && (biomarker.outcome_shift == 0 || rates_are_equal);
}

/// NaN where women are described and no more: words and labels do not depend on it.
double truth_of_method(const design::Design& design, std::size_t method) {
    const auto* truth = design.patient_truth();
    return truth == nullptr ? analysis::not_a_number : truth->methods.at(method).value;
}

double origin_of(double value, bool is_ratio) {
    return is_ratio ? std::log(value) : value;
}

}  // namespace

std::size_t WidthBins::bin_of(double log_width) {
    if (std::isnan(log_width)) return 0;
    const double place = std::floor(steps * log_width) - lowest;
    constexpr double last = bins - 1;
    return static_cast<std::size_t>(std::clamp(place, 0.0, last));
}

double WidthBins::width_at(std::size_t bin) {
    if (bin == bins - 1) return analysis::infinity;
    return std::exp((static_cast<double>(bin) + lowest + 0.5) / steps);
}

PatientLayout::PatientLayout(const design::Design& design) : design_(design) {
    const bool has_women = design.patients() != nullptr && design.analysis().patients;
    if (!has_women && !design.is_tallied_one_by_one()) {
        throw std::logic_error("PatientLayout: the design is tallied by its tables alone");
    }
    trials_ = take(1);
    if (design.is_tallied_one_by_one()) describe_table_methods();
    if (has_women) {
        describe_methods();
        describe_decisions();
        describe_characteristics();
    }
    for (const TalliedMethod& method : methods_)
        place_method(method);
    if (design.is_tallied_one_by_one()) {
        for (std::size_t i = 0; i < design.analysis().pairs.size(); ++i)
            pairs_.push_back({take(1), take(1), take(1)});
    }
    both_ = take(rejections() * (rejections() + 1) / 2);
    first_characteristic_ = words_;
    for (std::size_t i = 0; i < characteristics_.size(); ++i) {
        take_moments();
        take(1);
    }
}

std::size_t PatientLayout::take(std::size_t words) {
    const std::size_t place = words_;
    words_ += words;
    is_low_word_.resize(words_, false);
    return place;
}

std::size_t PatientLayout::take_moments() {
    const std::size_t place = take(moment_words);
    is_low_word_[place] = is_low_word_[place + 2] = true;
    return place;
}

void PatientLayout::describe_table_methods() {
    const design::AnalysisPlan& plan = design_.analysis();
    const auto add = [&](TalliedMethod method, Measure measure) {
        method.is_of_table = true;
        method.is_ratio = design::is_ratio(measure);
        method.truth = design_.truth(measure);
        const double origin = origin_of(method.truth, method.is_ratio);
        method.origin = std::isfinite(origin) ? origin : 0;
        methods_.push_back(method);
    };
    TalliedMethod test;
    test.has_test = test.weighs_effect = true;
    test.side = design_.rates().treated > design_.rates().control ? 1 : -1;
    test.is_null = design_.is_null() || design::are_equal(design_.rates());
    TalliedMethod interval, estimator;
    interval.has_interval = true;
    estimator.has_estimate = true;
    for (std::size_t i = 0; i < plan.tests.size(); ++i) {
        tests_.push_back(methods_.size());
        add(test, Measure::odds_ratio);
    }
    for (const auto& choice : plan.intervals)
        add(interval, choice.measure);
    for (const auto& choice : plan.estimators)
        add(estimator, choice.measure);
    table_methods_ = methods_.size();
}

void PatientLayout::describe_methods() {
    const auto& choices = plan().methods;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const auto* row = analysis::find_patient_method(choices[i].id, choices[i].measure);
        if (row == nullptr) throw std::logic_error("PatientLayout: unknown " + choices[i].label);
        TalliedMethod method;
        method.has_test = choices[i].reports_test && !row->test_id.empty();
        method.has_interval = choices[i].reports_interval && row->has_interval;
        method.has_estimate = method.weighs_effect = row->measure.has_value();
        method.is_ratio = row->measure && design::is_ratio(*row->measure);
        method.is_two_sided = row->needs == analysis::PatientNeeds::biomarker;
        method.truth = truth_of_method(design_, i);
        const double origin = origin_of(method.truth, method.is_ratio);
        method.origin = method.side = std::isfinite(origin) ? origin : 0;
        method.is_null = row->measure ? design::is_no_effect(*row->measure, method.truth)
                                      : is_null_of_test(design_, choices[i]);
        if (method.has_test) tests_.push_back(methods_.size());
        methods_.push_back(method);
    }
}

void PatientLayout::describe_decisions() {
    if (!plan().multiplicity) return;
    using Asks = TalliedDecision::Asks;
    for (const auto procedure : plan().multiplicity->procedures) {
        const auto add = [&](Asks asks, std::size_t endpoint, std::string_view what) {
            decisions_.push_back(
                {procedure, asks, endpoint, fmt::format("{}({})", name_of(procedure), what)});
        };
        const auto& endpoints = plan().multiplicity->endpoints;
        for (std::size_t i = 0; i < endpoints.size(); ++i)
            add(Asks::endpoint, i, plan().methods[endpoints[i]].label);
        add(Asks::any, 0, "any");
        add(Asks::all, 0, "all");
        add(Asks::any_true_null, 0, "family-wise error");
    }
}

void PatientLayout::describe_characteristics() {
    const design::PatientModel& model = *design_.patients();
    const auto add = [&](std::string label, std::string meaning) {
        characteristics_.push_back({std::move(label), std::move(meaning)});
    };
    const auto add_by_arm = [&](const std::string& label, const std::string& meaning) {
        for (const auto* arm : {"treated", "control"})
            add(fmt::format("{}:{}", label, arm), fmt::format("{}, {} arm", meaning, arm));
    };
    add("screened", "women seen for each woman who entered");
    add("imbalance", "women treated minus women of control, scaled to the ratio");
    add("absolute_imbalance", "the same without its sign");
    add("stratum_imbalance", "largest absolute imbalance within a stratum of the allocation");
    add("correct_guesses", "share of the next arms guessed right by the convergence strategy");
    for (const design::Stage& stage : model.stages)
        add_by_arm("passed:" + stage.name, fmt::format("share who passed {}", stage.name));
    if (model.dropout) add_by_arm("missing", "share with a missing outcome");
    if (model.adherence) add_by_arm("adherent", "share who took the treatment of their arm");
}

void PatientLayout::place_method(const TalliedMethod& method) {
    MethodPlaces p;
    if (!method.is_of_table) p.statuses = take(analysis::statuses);
    if (method.has_test) {
        p.evaluable = take(1);
        p.reject_favourable = take(1);
        p.reject_finite = take(1);
        p.wrong_side = take(1);
        p.exaggeration = take_moments();
    }
    if (method.has_interval) {
        for (auto* place :
             {&p.cover, &p.miss_below, &p.miss_above, &p.infinite, &p.undefined, &p.bounded}) {
            *place = take(1);
        }
        p.width = take_moments();
        p.width_bins = take(WidthBins::bins);
    }
    if (method.has_estimate) {
        for (auto* place :
             {&p.finite, &p.infinite_estimates, &p.undefined_estimates, &p.overflow, &p.with_se}) {
            *place = take(1);
        }
        p.error = take_moments();
        p.squared_error = take_moments();
        p.variance = take_moments();
    }
    places_.push_back(p);
}

}  // namespace rsasim::tally
