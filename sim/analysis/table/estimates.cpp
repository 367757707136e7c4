#include "asymptotic_methods.hpp"
#include "cells.hpp"

#include <cmath>

namespace rsasim::analysis {

namespace {

Finding estimate_finding(Status status, double estimate, double standard_error) {
    Finding finding;
    finding.status = status;
    finding.estimate = estimate;
    finding.standard_error = standard_error;
    return finding;
}

}  // namespace

Judge prepare_sample_odds_ratio(const Setting&) {
    return [](const design::Table2x2& table) {
        if (table.has_empty_margin()) return Finding{};
        const Cells cells = cells_of(table);
        if (table.has_zero_cell()) {
            return estimate_finding(Status::degenerate, cells.odds_ratio(), not_a_number);
        }
        return estimate_finding(Status::ok, cells.odds_ratio(),
                                std::sqrt(cells.sum_of_reciprocals()));
    };
}

Judge prepare_gart_odds_ratio(const Setting&) {
    return [](const design::Table2x2& table) {
        const Cells cells = cells_of(table).plus(0.5);
        return estimate_finding(Status::ok, cells.odds_ratio(),
                                std::sqrt(cells.sum_of_reciprocals()));
    };
}

Judge prepare_sample_risk_difference(const Setting&) {
    return [](const design::Table2x2& table) {
        const Cells cells = cells_of(table);
        return estimate_finding(Status::ok, cells.risk_difference(),
                                std::sqrt(cells.unpooled_variance()));
    };
}

Judge prepare_sample_risk_ratio(const Setting&) {
    return [](const design::Table2x2& table) {
        const Cells cells = cells_of(table);
        if (cells.a == 0 && cells.c == 0) return Finding{};
        if (cells.a == 0 || cells.c == 0) {
            return estimate_finding(Status::degenerate, cells.risk_ratio(), not_a_number);
        }
        return estimate_finding(Status::ok, cells.risk_ratio(),
                                std::sqrt(cells.log_risk_ratio_variance()));
    };
}

}  // namespace rsasim::analysis
