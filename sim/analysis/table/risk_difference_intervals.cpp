#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "interval_finding.hpp"
#include "wilson.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

Finding interval_around(double centre, double below, double above) {
    return interval_finding(design::Measure::risk_difference, std::max(-1.0, centre - below),
                            std::min(1.0, centre + above));
}

}  // namespace

Judge prepare_risk_difference_wald(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        const Cells cells = cells_of(table);
        const double reach = z * std::sqrt(cells.unpooled_variance());
        return interval_around(cells.risk_difference(), reach, reach);
    };
}

Judge prepare_risk_difference_wald_cc(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        const Cells cells = cells_of(table);
        const double correction = (1 / cells.n_treated() + 1 / cells.n_control()) / 2;
        const double reach = z * std::sqrt(cells.unpooled_variance()) + correction;
        return interval_around(cells.risk_difference(), reach, reach);
    };
}

Judge prepare_agresti_caffo(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        const Cells cells = cells_of(table).plus(1);
        const double reach = z * std::sqrt(cells.unpooled_variance());
        return interval_around(cells.risk_difference(), reach, reach);
    };
}

Judge prepare_newcombe(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        const Cells cells = cells_of(table);
        const double p1 = table.treated.rate(), p0 = table.control.rate();
        const Interval treated = wilson_limits(cells.a, cells.n_treated(), z);
        const Interval control = wilson_limits(cells.c, cells.n_control(), z);
        return interval_around(cells.risk_difference(),
                               std::hypot(p1 - treated.lower, control.upper - p0),
                               std::hypot(treated.upper - p1, p0 - control.lower));
    };
}

}  // namespace rsasim::analysis
