#include "conditional_methods.hpp"
#include "conditional_p_values.hpp"

namespace rsasim::analysis {

namespace {

/// The odds ratio of the null, which may say "no effect" on another scale.
double null_odds_ratio(const Setting& setting) {
    return setting.null.is_no_effect() ? 1 : setting.null.value;
}

/// The judge whose P-values come from `p_values(distribution, observed count, odds ratio)`.
template <class Function>
Judge conditional_test(const Setting& setting, Function p_values) {
    return [p_values, odds_ratio = null_odds_ratio(setting)](const design::Table2x2& table) {
        Finding finding;
        finding.status = Status::ok;
        finding.p_value = p_values(ConditionalDistribution(table),
                                   ConditionalDistribution::count_of(table), odds_ratio);
        return finding;
    };
}

Judge minlike_test(const Setting& setting, TailRule rule) {
    return conditional_test(setting, [rule](const ConditionalDistribution& distribution,
                                            std::int64_t observed, double odds_ratio) {
        return minlike_p_values(distribution, observed, rule, odds_ratio);
    });
}

Judge central_test(const Setting& setting, TailRule rule) {
    return conditional_test(setting, [rule](const ConditionalDistribution& distribution,
                                            std::int64_t observed, double odds_ratio) {
        return central_p_values(distribution, observed, rule, odds_ratio);
    });
}

}  // namespace

Judge prepare_fisher(const Setting& setting) {
    return minlike_test(setting, TailRule::whole);
}

Judge prepare_fisher_central(const Setting& setting) {
    return central_test(setting, TailRule::whole);
}

Judge prepare_fisher_blaker(const Setting& setting) {
    return conditional_test(setting, blaker_p_values);
}

Judge prepare_fisher_midp(const Setting& setting) {
    return minlike_test(setting, TailRule::half);
}

Judge prepare_fisher_midp_central(const Setting& setting) {
    return central_test(setting, TailRule::half);
}

}  // namespace rsasim::analysis
