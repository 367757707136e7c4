#include "beta_methods.hpp"

#include "cells.hpp"
#include "interval_finding.hpp"
#include "null_agreement.hpp"
#include "z_finding.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/beta_log_odds_ratio.hpp>

namespace rsasim::analysis {

namespace {

math::BetaShape prior_of(const Setting& setting) {
    return {setting.options.at("prior-a"), setting.options.at("prior-b")};
}

math::BetaLogOddsRatio posterior(const design::Table2x2& table, const math::BetaShape& prior) {
    const Cells cells = cells_of(table);
    return {{cells.a + prior.a, cells.b + prior.b}, {cells.c + prior.a, cells.d + prior.b}};
}

PValues p_values_at_one(const math::BetaLogOddsRatio& log_odds_ratio) {
    const auto [lower, upper] = log_odds_ratio.tails(0);
    return {std::min(1.0, 2 * std::min(lower, upper)), lower, upper};
}

}  // namespace

Judge prepare_beta_binomial(const Setting& setting) {
    return [prior = prior_of(setting)](const design::Table2x2& table) {
        if (table.has_empty_margin()) return degenerate_finding();
        Finding finding;
        const PValues p = p_values_at_one(posterior(table, prior));
        if (std::isnan(p.two_sided)) return unconverged_finding();
        finding.status = Status::ok;
        finding.p_value = p;
        return finding;
    };
}

Judge prepare_beta_interval(const Setting& setting) {
    const double tail = (1 - setting.confidence) / 2;
    return [prior = prior_of(setting), tail](const design::Table2x2& table) {
        if (table.has_empty_margin()) return uninformative_ratio();
        const math::BetaLogOddsRatio log_odds_ratio = posterior(table, prior);
        Interval limits{std::exp(-log_odds_ratio.mirrored().upper_quantile(tail)),
                        std::exp(log_odds_ratio.upper_quantile(tail))};
        if (std::isnan(limits.lower) || std::isnan(limits.upper)) return unconverged_finding();
        constexpr double near_one = 1e-6;
        if (std::abs(limits.lower - 1) < near_one || std::abs(limits.upper - 1) < near_one) {
            limits = limits_that_agree_at(1, limits, p_values_at_one(log_odds_ratio), tail);
        }
        return interval_finding(design::Measure::odds_ratio, limits.lower, limits.upper);
    };
}

}  // namespace rsasim::analysis
