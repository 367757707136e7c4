#include "one_test.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <rsasim/analysis/patient_methods.hpp>

namespace rsasim::commands {
namespace {

/// Several rows of one method may share a P-value: one of them reports it.
bool has_p_value(const design::PatientChoice& choice) {
    const auto* row = analysis::find_patient_method(choice.id, choice.measure);
    return choice.reports_test && row != nullptr && !row->test_id.empty();
}

/// Keeps of the plan and its truths the method with the label, without its interval.
void keep_method(design::PatientPlan& plan, design::PatientTruth& truth, std::string_view label) {
    std::vector<design::PatientChoice> methods;
    std::vector<design::TrueValue> truths;
    for (std::size_t i = 0; i < plan.methods.size(); ++i) {
        if (!has_p_value(plan.methods[i]) || analysis::test_label(plan.methods[i]) != label)
            continue;
        methods.push_back(plan.methods[i]);
        methods.back().reports_interval = false;
        truths.push_back(truth.methods.at(i));
    }
    plan.methods = std::move(methods);
    plan.multiplicity.reset();
    plan.uses_control_variate = false;
    truth.methods = std::move(truths);
}

}  // namespace

std::vector<std::string> test_labels(const design::AnalysisPlan& plan) {
    std::vector<std::string> labels;
    for (const auto& test : plan.tests)
        labels.push_back(test.label());
    if (!plan.patients) return labels;
    for (const auto& method : plan.patients->methods) {
        if (has_p_value(method)) labels.push_back(analysis::test_label(method));
    }
    return labels;
}

bool is_test_of_women(const design::AnalysisPlan& plan, std::string_view label) {
    return plan.patients && std::ranges::any_of(plan.patients->methods, [&](const auto& method) {
               return has_p_value(method) && analysis::test_label(method) == label;
           });
}

std::optional<design::Design> with_one_test(const design::Design& design, std::string_view label) {
    auto plan = design.analysis();
    std::erase_if(plan.tests, [&](const auto& test) { return test.label() != label; });
    plan.intervals.clear();
    plan.estimators.clear();
    plan.pairs.clear();
    auto patients = design.shared_patients();
    if (plan.patients) {
        auto truth = *patients.truth;
        keep_method(*plan.patients, truth, label);
        patients.truth = std::make_shared<const design::PatientTruth>(std::move(truth));
    }
    if (test_labels(plan).size() != 1) return {};
    return design::Design(design.sizes(), design.rates(),
                          std::make_shared<const design::AnalysisPlan>(std::move(plan)),
                          std::move(patients));
}

}  // namespace rsasim::commands
