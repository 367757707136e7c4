#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "interval_finding.hpp"
#include "wilson.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

/// An arm's estimate and limits on the scale whose ratio is wanted.
struct ArmEstimate {
    double estimate, lower, upper;
};

/// The smaller root R of the variance-recovery equation for treated / control,
/// (e1 - R e0)^2 = (e1 - l1)^2 + R^2 (u0 - e0)^2, divided by e1 so that an infinite e1 is allowed.
double lower_ratio(const ArmEstimate& treated, const ArmEstimate& control) {
    if (treated.estimate == 0 || std::isinf(control.upper)) return 0;
    if (std::isinf(treated.estimate) && control.estimate == 0) return treated.lower / control.upper;
    const double share = treated.lower / treated.estimate;
    const double weight = share * (2 - share);
    const double discriminant = control.estimate * control.estimate -
                                weight * control.upper * (2 * control.estimate - control.upper);
    return treated.lower * (2 - share) / (control.estimate + std::sqrt(discriminant));
}

Finding ratio_interval(design::Measure measure, const ArmEstimate& treated,
                       const ArmEstimate& control) {
    return interval_finding(measure, lower_ratio(treated, control),
                            1 / lower_ratio(control, treated));
}

ArmEstimate rate_of(double events, double non_events, double z) {
    const double n = events + non_events;
    const Interval limits = wilson_limits(events, n, z);
    return {events / n, limits.lower, limits.upper};
}

/// Each limit of the odds is a limit of the event rate over the opposite limit of the other rate.
ArmEstimate odds_of(double events, double non_events, double z) {
    const ArmEstimate rate = rate_of(events, non_events, z);
    const ArmEstimate rest = rate_of(non_events, events, z);
    return {events / non_events, rate.lower / rest.upper, rate.upper / rest.lower};
}

}  // namespace

Judge prepare_odds_ratio_mover_wilson(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.has_empty_margin()) return uninformative_ratio();
        const Cells cells = cells_of(table);
        return ratio_interval(design::Measure::odds_ratio, odds_of(cells.a, cells.b, z),
                              odds_of(cells.c, cells.d, z));
    };
}

Judge prepare_risk_ratio_mover_wilson(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        const Cells cells = cells_of(table);
        return ratio_interval(design::Measure::risk_ratio, rate_of(cells.a, cells.b, z),
                              rate_of(cells.c, cells.d, z));
    };
}

}  // namespace rsasim::analysis
