#include "analysis_fragility.hpp"

#include <map>
#include <memory>
#include <utility>

#include <rsasim/analysis/judgement.hpp>

namespace rsasim::files {
namespace {

constexpr std::int64_t most_women = 10'000;

}  // namespace

std::string_view name_of(FragilityStatus status) {
    switch (status) {
        case FragilityStatus::ok:
            return "ok";
        case FragilityStatus::not_significant:
            return "not_significant";
        case FragilityStatus::never_lost:
            return "never_lost";
        case FragilityStatus::too_large:
            return "too_large";
    }
    return "";
}

std::vector<TestFragility> fragility_of_tests(const design::Table2x2& table,
                                              const design::AnalysisPlan& plan) {
    design::AnalysisPlan tests = plan;
    tests.intervals.clear();
    tests.estimators.clear();
    tests.pairs.clear();
    analysis::Judgement judgement(std::make_shared<const design::AnalysisPlan>(std::move(tests)),
                                  {table});
    judgement.judge(0, 1);
    std::vector<TestFragility> list;
    for (std::size_t i = 0; i < plan.tests.size(); ++i) {
        const auto rejects = [&](const design::Table2x2& one) {
            return judgement.rejects_at(i, one);
        };
        TestFragility fragility;
        if (judgement.rejects(i, 0)) {
            fragility.status = FragilityStatus::too_large;
            if (table.total() <= most_women) {
                fragility.index = analysis::fragility_index(table, rejects);
                fragility.status =
                    fragility.index ? FragilityStatus::ok : FragilityStatus::never_lost;
            }
        }
        list.push_back(fragility);
    }
    return list;
}

std::vector<LostTogether> lost_together(const std::vector<TestFragility>& fragility,
                                        const design::Table2x2& table,
                                        const design::AnalysisPlan& plan) {
    const bool is_treated = analysis::arm_to_change(table) == analysis::Arm::treated;
    std::map<std::int64_t, LostTogether> by_index;
    for (std::size_t i = 0; i < fragility.size(); ++i) {
        if (!fragility[i].index) continue;
        auto& lost = by_index[*fragility[i].index];
        lost.changes = *fragility[i].index;
        lost.arm = is_treated ? table.treated : table.control;
        lost.arm.events += lost.changes;
        lost.tests.push_back(plan.tests[i].label());
    }
    std::vector<LostTogether> list;
    for (auto& [index, lost] : by_index)
        list.push_back(std::move(lost));
    return list;
}

}  // namespace rsasim::files
