#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "interval_finding.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

Finding logit_interval(const Cells& cells, double z) {
    const double odds_ratio = cells.odds_ratio();
    const double factor = std::exp(z * std::sqrt(cells.sum_of_reciprocals()));
    return interval_finding(design::Measure::odds_ratio, odds_ratio / factor, odds_ratio * factor);
}

/// Adds 2 (row total)(column total) / N^2 to each cell: two women spread as independence has it.
Cells smoothed_by_independence(const Cells& cells) {
    const double weight = 2 / (cells.total() * cells.total());
    const double treated = weight * cells.n_treated(), control = weight * cells.n_control();
    return {cells.a + treated * cells.events(), cells.b + treated * cells.non_events(),
            cells.c + control * cells.events(), cells.d + control * cells.non_events()};
}

}  // namespace

Judge prepare_woolf(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.has_zero_cell()) return uninformative_ratio();
        return logit_interval(cells_of(table), z);
    };
}

Judge prepare_gart(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.has_empty_margin()) return uninformative_ratio();
        return logit_interval(cells_of(table).plus(0.5), z);
    };
}

Judge prepare_agresti(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.has_empty_margin()) return uninformative_ratio();
        return logit_interval(smoothed_by_independence(cells_of(table)), z);
    };
}

}  // namespace rsasim::analysis
