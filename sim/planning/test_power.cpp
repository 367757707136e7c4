#include "contour_walk.hpp"

#include <algorithm>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/analysis/most_tables.hpp>
#include <rsasim/analysis/null_line.hpp>
#include <rsasim/planning/test_power.hpp>

namespace rsasim::planning {

TestRule::TestRule(const design::ArmSizes& sizes, const design::AnalysisPlan& plan,
                   std::size_t test) {
    const auto add_part = [&](const design::Effect& null, analysis::Tail tail) {
        analysis::Setting setting{sizes};
        setting.null = null;
        setting.decision = {tail, plan.alpha};
        parts_.push_back({analysis::prepare(analysis::Role::test, design::Measure::odds_ratio,
                                            plan.tests.at(test), setting),
                          null, tail, plan.alpha});
    };
    if (const auto& margins = plan.equivalence) {
        add_part({margins->measure, margins->lower}, analysis::Tail::greater);
        add_part({margins->measure, margins->upper}, analysis::Tail::less);
    } else {
        add_part(plan.null, analysis::deciding_tail(plan));
    }
}

bool TestRule::Part::rejects(const design::Table2x2& table) const {
    return analysis::rejects(judge(table).p_value.of(tail), alpha);
}

bool TestRule::rejects(const design::Table2x2& table) const {
    return std::ranges::all_of(parts_, [&](const Part& part) { return part.rejects(table); });
}

bool TestRule::is_judged(const design::ArmSizes& sizes) const {
    const design::Table2x2 empty{{0, sizes.treated}, {0, sizes.control}};
    return std::ranges::all_of(parts_, [&](const Part& part) {
        return part.judge(empty).status != analysis::Status::too_large;
    });
}

bool can_be_judged(const design::ArmSizes& sizes, const design::AnalysisPlan& plan,
                   std::size_t test) {
    const bool is_small = analysis::TableGrid(sizes).size() <= analysis::most_unconditional_tables;
    return is_small || TestRule(sizes, plan, test).is_judged(sizes);
}

double exact_power(const design::ArmSizes& sizes, const TestRule& rule,
                   const design::Rates& rates) {
    double power = 0;
    ContourWalk walk(sizes, rates);
    walk.visit_all([&](const design::Table2x2& table, double probability) {
        if (rule.rejects(table)) power += probability;
    });
    return power;
}

}  // namespace rsasim::planning
