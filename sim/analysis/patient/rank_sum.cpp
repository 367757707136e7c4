#include "patient/rank_sum.hpp"

#include "table/z_finding.hpp"

#include <algorithm>
#include <cmath>

namespace rsasim::analysis {

Finding RankSum::judge(const design::PatientColumns& columns, const double* y, std::size_t lane) {
    values_.clear();
    for (std::size_t woman = 0; woman < columns.women; ++woman) {
        const std::size_t i = woman * design::lanes + lane;
        if (columns.weight != nullptr && columns.weight[i] == 0) continue;
        if (columns.biomarker_weight != nullptr && columns.biomarker_weight[i] == 0) continue;
        values_.push_back({y[i], columns.treated[i] != 0});
    }
    std::ranges::sort(values_, {}, &Value::y);
    // Twice the treated women's ranks above the middle rank: whole numbers.
    const auto n = static_cast<double>(values_.size());
    double treated = 0, excess = 0, ties = 0;
    for (auto first = values_.begin(); first != values_.end();) {
        const auto last = std::find_if(first, values_.end(),
                                       [&](const Value& value) { return value.y != first->y; });
        const auto tied = static_cast<double>(last - first);
        const auto treated_here = static_cast<double>(
            std::count_if(first, last, [](const Value& value) { return value.is_treated; }));
        const auto before = static_cast<double>(first - values_.begin());
        excess += treated_here * (2 * before + tied - n);
        treated += treated_here;
        ties += tied * (tied * tied - 1);
        first = last;
    }
    const double control = n - treated;
    if (treated == 0 || control == 0) return {};
    const double variance = treated * control / 12 * (n + 1 - ties / (n * (n - 1)));
    if (!(ties < n * (n * n - 1))) return degenerate_finding();
    const double z = excess / 2 / std::sqrt(variance);
    return z_finding(z, z);
}

}  // namespace rsasim::analysis
