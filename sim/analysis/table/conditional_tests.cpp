#include "conditional_methods.hpp"
#include "conditional_p_values.hpp"

namespace rsasim::analysis {

namespace {

using TwoSidedP = double (*)(const ConditionalDistribution&, std::int64_t);

/// The finding with one-sided P-values by `rule` and a two-sided P of its own.
Finding conditional_finding(const design::Table2x2& table, TailRule rule, TwoSidedP two_sided) {
    const ConditionalDistribution distribution(table);
    const std::int64_t observed = ConditionalDistribution::count_of(table);
    Finding finding;
    finding.status = Status::ok;
    finding.p_value = central_p_values(distribution, observed, rule);
    if (two_sided != nullptr) finding.p_value.two_sided = two_sided(distribution, observed);
    return finding;
}

double minlike(const ConditionalDistribution& distribution, std::int64_t observed) {
    return minlike_p_value(distribution, observed, TailRule::whole);
}

double minlike_midp(const ConditionalDistribution& distribution, std::int64_t observed) {
    return minlike_p_value(distribution, observed, TailRule::half);
}

}  // namespace

Judge prepare_fisher(const Setting&) {
    return [](const design::Table2x2& table) {
        return conditional_finding(table, TailRule::whole, minlike);
    };
}

Judge prepare_fisher_central(const Setting&) {
    return [](const design::Table2x2& table) {
        return conditional_finding(table, TailRule::whole, nullptr);
    };
}

Judge prepare_fisher_blaker(const Setting&) {
    return [](const design::Table2x2& table) {
        return conditional_finding(table, TailRule::whole, blaker_p_value);
    };
}

Judge prepare_fisher_midp(const Setting&) {
    return [](const design::Table2x2& table) {
        return conditional_finding(table, TailRule::half, minlike_midp);
    };
}

Judge prepare_fisher_midp_central(const Setting&) {
    return [](const design::Table2x2& table) {
        return conditional_finding(table, TailRule::half, nullptr);
    };
}

}  // namespace rsasim::analysis
