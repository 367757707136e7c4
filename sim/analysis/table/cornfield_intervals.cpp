#include "conditional_limits.hpp"
#include "conditional_methods.hpp"
#include "interval_finding.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

/// What a central interval prepares for.
struct CentralInterval {
    TailRule rule;
    double null;      ///< the odds ratio at which interval and test agree
    double tail;      ///< (1 - confidence) / 2
    double log_odds;  ///< of the tail
    double quantile;  ///< normal, where the search starts
};

CentralInterval central_interval(TailRule rule, const Setting& setting) {
    const double tail = (1 - setting.confidence) / 2;
    const bool is_other_scale = setting.null.measure != design::Measure::odds_ratio;
    return {rule, is_other_scale ? 1 : setting.null.value, tail, std::log(tail / (1 - tail)),
            math::normal_upper_quantile(tail)};
}

/// Moves a limit that touches the null to the side on which the test there stands. P-values that
/// equal the tail as fractions occur in small tables: the test rejects them (P <= alpha), while a
/// closed interval that ends at the null would cover it, and rounding would decide. Such a limit is
/// set just outside the slack of covering, twice cover_slack away from the null.
Interval limits_that_agree_at(double null, Interval limits, const PValues& p, double tail) {
    const double step = 2 * cover_slack * std::max(null, 1.0);
    limits.lower = rejects(p.greater, tail) ? std::max(limits.lower, null + step)
                                            : std::min(limits.lower, null);
    limits.upper = rejects(p.less, tail) ? std::min(limits.upper, std::max(null - step, 0.0))
                                         : std::max(limits.upper, null);
    return limits;
}

Finding judge_central(const design::Table2x2& table, const CentralInterval& plan) {
    if (table.has_empty_margin()) return uninformative_ratio();
    const ConditionalDistribution distribution(table);
    const std::int64_t observed = ConditionalDistribution::count_of(table);
    const RoughLogOddsRatio rough = rough_log_odds_ratio(table);
    const double share = share_of_observed(plan.rule);
    const double reach = plan.quantile * rough.standard_error;
    Interval limits{0, infinity};
    if (observed > 0) {
        const math::Root root = log_odds_ratio_at_tail(distribution, observed, share, plan.log_odds,
                                                       rough.value - reach);
        if (!root.is_converged) return unconverged_finding();
        limits.lower = std::exp(root.value);
    }
    if (observed < distribution.highest()) {
        const math::Root root = log_odds_ratio_at_tail(distribution, observed, 1 - share,
                                                       -plan.log_odds, rough.value + reach);
        if (!root.is_converged) return unconverged_finding();
        limits.upper = std::exp(root.value);
    }
    const PValues at_null = central_p_values(distribution, observed, plan.rule, plan.null);
    limits = limits_that_agree_at(plan.null, limits, at_null, plan.tail);
    return interval_finding(design::Measure::odds_ratio, limits.lower, limits.upper);
}

Judge prepare_central(TailRule rule, const Setting& setting) {
    return [plan = central_interval(rule, setting)](const design::Table2x2& table) {
        return judge_central(table, plan);
    };
}

}  // namespace

Judge prepare_cornfield_exact(const Setting& setting) {
    return prepare_central(TailRule::whole, setting);
}

Judge prepare_cornfield_midp(const Setting& setting) {
    return prepare_central(TailRule::half, setting);
}

}  // namespace rsasim::analysis
