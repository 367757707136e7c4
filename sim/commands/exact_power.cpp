#include "exact_power.hpp"

#include <algorithm>
#include <memory>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/judgement.hpp>
#include <rsasim/engine/enumerate.hpp>
#include <rsasim/replicate/allocation_scheme.hpp>

namespace rsasim::commands {
namespace {

/// Sizes rarer than this are left out, as tables are (see engine::enumerate).
constexpr double negligible = 1e-14;

/// The plan with one test and nothing else.
std::shared_ptr<const design::AnalysisPlan> plan_of(const design::AnalysisPlan& plan,
                                                    std::size_t test) {
    auto alone = std::make_shared<design::AnalysisPlan>(plan);
    alone->tests = {plan.tests[test]};
    alone->intervals.clear();
    alone->estimators.clear();
    alone->pairs.clear();
    alone->patients.reset();
    return alone;
}

double power_at(const std::shared_ptr<const design::AnalysisPlan>& plan, design::ArmSizes sizes,
                design::Rates rates) {
    const auto tables = engine::enumerate(design::Design(sizes, rates, plan)).tables;
    std::vector<design::Table2x2> list;
    for (const auto& row : tables)
        list.push_back(row.table());
    std::ranges::sort(list);
    analysis::Judgement judgement(plan, std::move(list));
    judgement.judge(0, judgement.tables().size());
    double power = 0;
    for (const auto& row : tables) {
        if (judgement.rejects(0, judgement.row_of(row.table()))) power += row.weight;
    }
    return power;
}

}  // namespace

summary::ControlTest exact_control(const design::Design& design, std::size_t test) {
    const auto plan = plan_of(design.analysis(), test);
    const auto mixture =
        replicate::arm_size_distribution(design.patients()->allocation, design.sizes());
    const auto power = [&](design::Rates rates) {
        rates = {std::clamp(rates.treated, 0.0, 1.0), std::clamp(rates.control, 0.0, 1.0)};
        double sum = 0;
        for (const auto& [sizes, probability] : mixture) {
            if (probability < negligible || sizes.treated == 0 || sizes.control == 0) continue;
            sum += probability * power_at(plan, sizes, rates);
        }
        return sum;
    };
    const design::Rates rates = design.rates();
    summary::ControlTest control{test, power(rates), 0};
    const double error = design.patient_truth()->rates_standard_error;
    if (!(error > 0)) return control;
    constexpr double step = 1e-4;
    const double slope = std::abs(power({rates.treated + step, rates.control}) - control.power) +
                         std::abs(power({rates.treated, rates.control + step}) - control.power);
    control.standard_error = slope / step * error;
    return control;
}

}  // namespace rsasim::commands
