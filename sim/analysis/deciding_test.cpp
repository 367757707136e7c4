#include <cmath>

#include <rsasim/analysis/deciding_test.hpp>
#include <rsasim/analysis/decisions.hpp>

namespace rsasim::analysis {
namespace {

/// The larger one; NaN where either is.
double larger(double p, double q) {
    return std::isnan(p) || p > q ? p : q;
}

}  // namespace

DecidingTest::DecidingTest(const design::AnalysisPlan& plan, std::size_t test,
                           design::ArmSizes sizes, Wanted wanted) {
    const auto add = [&](const design::Effect& null, Tail tail) {
        Setting setting{sizes};
        setting.null = null;
        if (wanted == Wanted::side_of_alpha) setting.decision = {tail, plan.alpha};
        parts_.push_back(
            {prepare(Role::test, design::Measure::odds_ratio, plan.tests.at(test), setting), tail});
    };
    if (const auto& margins = plan.equivalence) {
        add({margins->measure, margins->lower}, Tail::greater);
        add({margins->measure, margins->upper}, Tail::less);
    } else {
        add(plan.null, deciding_tail(plan));
    }
}

double DecidingTest::operator()(const design::Table2x2& table) const {
    double largest = 0;
    for (const Part& part : parts_)
        largest = larger(largest, part.judge(table).p_value.of(part.tail));
    return largest;
}

std::vector<double> deciding_p_values(const design::AnalysisPlan& plan,
                                      const design::Table2x2& table) {
    std::vector<double> p_values(plan.tests.size(), not_a_number);
    const design::ArmSizes sizes{table.treated.n, table.control.n};
    if (sizes.treated == 0 || sizes.control == 0) return p_values;
    for (std::size_t test = 0; test < p_values.size(); ++test)
        p_values[test] = DecidingTest(plan, test, sizes, Wanted::p_value)(table);
    return p_values;
}

}  // namespace rsasim::analysis
