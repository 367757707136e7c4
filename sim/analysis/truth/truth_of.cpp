#include "eligible_women.hpp"
#include "estimands.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <rsasim/analysis/truth.hpp>

namespace rsasim::analysis {
namespace {

/// The mean of independent estimates with its standard error; a single one is exact.
design::TrueValue mean_of(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    double sum = 0, squares = 0;
    for (const double value : values)
        sum += value;
    if (values.size() == 1 || !std::isfinite(sum)) return {sum / n, 0};
    for (const double value : values)
        squares += (value - sum / n) * (value - sum / n);
    return {sum / n, std::sqrt(squares / (n - 1) / n)};
}

design::TrueValue mean_of(const std::vector<Estimands>& all,
                          const std::function<double(const Estimands&)>& value) {
    std::vector<double> values;
    for (const Estimands& one : all)
        values.push_back(value(one));
    return mean_of(values);
}

}  // namespace

design::PatientTruth truth_of(const design::PatientModel& model, design::ArmSizes sizes,
                              const design::PatientPlan& plan) {
    std::vector<Estimands> all;
    for (const Population& population : eligible_women(model, &plan))
        all.push_back(estimands_in(population, model, sizes, plan));
    const auto treated = mean_of(all, [](const Estimands& e) { return e.rates.treated; });
    const auto control = mean_of(all, [](const Estimands& e) { return e.rates.control; });
    design::PatientTruth truth;
    truth.rates = {treated.value, control.value};
    truth.rates_standard_error = std::max(treated.standard_error, control.standard_error);
    truth.eligible = mean_of(all, [](const Estimands& e) { return e.eligible; }).value;
    for (std::size_t k = 0; k < plan.methods.size(); ++k)
        truth.methods.push_back(mean_of(all, [k](const Estimands& e) { return e.methods[k]; }));
    return truth;
}

}  // namespace rsasim::analysis
