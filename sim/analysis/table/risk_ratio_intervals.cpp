#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "interval_finding.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

Finding log_interval(const Cells& cells, double z) {
    const double ratio = cells.risk_ratio();
    const double factor = std::exp(z * std::sqrt(cells.log_risk_ratio_variance()));
    return interval_finding(design::Measure::risk_ratio, ratio / factor, ratio * factor);
}

/// What the prior adds to the events and to the non-events of each arm: Price & Bonett 2008.
constexpr double prior_events = 0.25;
constexpr double prior_non_events = 1.5;

}  // namespace

Judge prepare_katz(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        const Cells cells = cells_of(table);
        if (cells.a == 0 || cells.c == 0) return uninformative_ratio();
        return log_interval(cells, z);
    };
}

Judge prepare_katz_adjusted(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.events() == 0) return uninformative_ratio();
        const Cells cells = cells_of(table);
        return log_interval({cells.a + 0.5, cells.b, cells.c + 0.5, cells.d}, z);
    };
}

Judge prepare_price_bonett(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.events() == 0) return uninformative_ratio();
        const Cells cells = cells_of(table);
        return log_interval({cells.a + prior_events, cells.b + prior_non_events,
                             cells.c + prior_events, cells.d + prior_non_events},
                            z);
    };
}

}  // namespace rsasim::analysis
