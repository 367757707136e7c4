#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "z_finding.hpp"

#include <cmath>

namespace rsasim::analysis {

namespace {

/// The logit test: log odds ratio over its Woolf standard error.
Finding logit_finding(const Cells& cells) {
    const double z = cells.log_odds_ratio() / std::sqrt(cells.sum_of_reciprocals());
    return z_finding(z, z);
}

}  // namespace

Judge prepare_wald(const Setting&) {
    return [](const design::Table2x2& table) {
        if (table.has_zero_cell()) return degenerate_finding();
        return logit_finding(cells_of(table));
    };
}

Judge prepare_wald_gart(const Setting&) {
    return [](const design::Table2x2& table) {
        if (table.has_empty_margin()) return degenerate_finding();
        return logit_finding(cells_of(table).plus(0.5));
    };
}

Judge prepare_z_unpooled(const Setting&) {
    return [](const design::Table2x2& table) {
        if (table.has_empty_margin()) return degenerate_finding();
        const Cells cells = cells_of(table);
        const double z = cells.risk_difference() / std::sqrt(cells.unpooled_variance());
        return z_finding(z, z);
    };
}

}  // namespace rsasim::analysis
