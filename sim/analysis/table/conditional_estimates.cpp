#include "cells.hpp"
#include "conditional_limits.hpp"
#include "conditional_methods.hpp"
#include "conditional_root.hpp"
#include "interval_finding.hpp"

#include <cmath>

namespace rsasim::analysis {

namespace {

/// The finding where the observed count is at an end of its support, or there is only one count.
Finding finding_at_edge(const design::Table2x2& table, std::int64_t observed) {
    Finding finding;
    if (table.has_empty_margin()) return finding;
    finding.status = Status::degenerate;
    finding.estimate = observed == 0 ? 0 : infinity;
    return finding;
}

Finding judge_conditional_mle(const design::Table2x2& table) {
    const ConditionalDistribution distribution(table);
    const std::int64_t observed = ConditionalDistribution::count_of(table);
    if (observed == 0 || observed == distribution.highest()) {
        return finding_at_edge(table, observed);
    }
    const math::Root root =
        log_conditional_mle(distribution, observed, cells_of(table).log_odds_ratio());
    if (!root.is_converged) return unconverged_finding();
    Finding finding;
    finding.status = Status::ok;
    finding.estimate = std::exp(root.value);
    finding.standard_error = 1 / std::sqrt(variance_at(distribution, observed, root.value));
    return finding;
}

Finding judge_median_unbiased(const design::Table2x2& table) {
    const ConditionalDistribution distribution(table);
    const std::int64_t observed = ConditionalDistribution::count_of(table);
    if (observed == 0 || observed == distribution.highest()) {
        return finding_at_edge(table, observed);
    }
    constexpr double even_odds = 0;
    const math::Root root =
        log_odds_ratio_at_tail(distribution, observed, share_of_observed(TailRule::half), even_odds,
                               cells_of(table).log_odds_ratio());
    if (!root.is_converged) return unconverged_finding();
    Finding finding;
    finding.status = Status::ok;
    finding.estimate = std::exp(root.value);
    return finding;
}

}  // namespace

Judge prepare_conditional_mle(const Setting&) {
    return judge_conditional_mle;
}

Judge prepare_median_unbiased(const Setting&) {
    return judge_median_unbiased;
}

}  // namespace rsasim::analysis
