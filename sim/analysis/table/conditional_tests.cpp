#include "conditional_methods.hpp"
#include "conditional_p_values.hpp"

namespace rsasim::analysis {

namespace {

/// The judge whose P-values come from `p_values(distribution, observed count)`.
template <class Function>
Judge conditional_test(Function p_values) {
    return [p_values](const design::Table2x2& table) {
        Finding finding;
        finding.status = Status::ok;
        finding.p_value =
            p_values(ConditionalDistribution(table), ConditionalDistribution::count_of(table));
        return finding;
    };
}

Judge minlike_test(TailRule rule) {
    return conditional_test(
        [rule](const ConditionalDistribution& distribution, std::int64_t observed) {
            return minlike_p_values(distribution, observed, rule);
        });
}

Judge central_test(TailRule rule) {
    return conditional_test(
        [rule](const ConditionalDistribution& distribution, std::int64_t observed) {
            return central_p_values(distribution, observed, rule);
        });
}

}  // namespace

Judge prepare_fisher(const Setting&) {
    return minlike_test(TailRule::whole);
}

Judge prepare_fisher_central(const Setting&) {
    return central_test(TailRule::whole);
}

Judge prepare_fisher_blaker(const Setting&) {
    return conditional_test(blaker_p_values);
}

Judge prepare_fisher_midp(const Setting&) {
    return minlike_test(TailRule::half);
}

Judge prepare_fisher_midp_central(const Setting&) {
    return central_test(TailRule::half);
}

}  // namespace rsasim::analysis
