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

}  // namespace rsasim::analysis
