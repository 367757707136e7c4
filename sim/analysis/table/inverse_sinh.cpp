#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "interval_finding.hpp"

#include <cmath>

#include <rsasim/math/normal.hpp>

namespace rsasim::analysis {

namespace {

/// Pseudo-counts of the centre and of the variance of the log odds ratio, and the non-event added
/// to the variance of the log risk ratio: Fagerland & Newcombe 2013.
constexpr double added_to_centre = 0.45;
constexpr double added_to_variance = 0.25;
constexpr double added_non_events = 1;

Finding inverse_sinh_interval(double ratio, double variance, double z) {
    const double factor = std::exp(2 * std::asinh(z / 2 * std::sqrt(variance)));
    return interval_finding(design::Measure::odds_ratio, ratio / factor, ratio * factor);
}

/// The interval of an odds ratio of a table with a zero cell and no empty margin.
Finding edge_interval(const Cells& cells, double z) {
    const auto replaced = [z](double count) { return count == 0 ? z * z : count; };
    const double limit =
        replaced(cells.a) * replaced(cells.d) / (replaced(cells.b) * replaced(cells.c));
    if (cells.b == 0 || cells.c == 0) {
        return interval_finding(design::Measure::odds_ratio, limit, infinity);
    }
    return interval_finding(design::Measure::odds_ratio, 0, limit);
}

Judge prepare_of_risk_ratio(double confidence, double non_events_added) {
    const double z = math::two_sided_normal_quantile(confidence);
    return [z, non_events_added](const design::Table2x2& table) {
        if (table.events() == 0) return uninformative_ratio();
        const Cells cells = cells_of(table);
        const double edge = z * z;  // in place of the events of an arm without any
        if (cells.a == 0) {
            return interval_finding(design::Measure::risk_ratio, 0,
                                    Cells{edge, cells.b - edge, cells.c, cells.d}.risk_ratio());
        }
        if (cells.c == 0) {
            return interval_finding(design::Measure::risk_ratio,
                                    Cells{cells.a, cells.b, edge, cells.d - edge}.risk_ratio(),
                                    infinity);
        }
        const Cells of_variance{cells.a, cells.b + non_events_added, cells.c,
                                cells.d + non_events_added};
        return inverse_sinh_interval(cells.risk_ratio(), of_variance.log_risk_ratio_variance(), z);
    };
}

}  // namespace

Judge prepare_inverse_sinh(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.has_empty_margin()) return uninformative_ratio();
        const Cells cells = cells_of(table);
        if (table.has_zero_cell()) return edge_interval(cells, z);
        return inverse_sinh_interval(cells.odds_ratio(), cells.sum_of_reciprocals(), z);
    };
}

Judge prepare_inverse_sinh_adjusted(const Setting& setting) {
    const double z = math::two_sided_normal_quantile(setting.confidence);
    return [z](const design::Table2x2& table) {
        if (table.has_empty_margin()) return uninformative_ratio();
        const Cells cells = cells_of(table);
        return inverse_sinh_interval(cells.plus(added_to_centre).odds_ratio(),
                                     cells.plus(added_to_variance).sum_of_reciprocals(), z);
    };
}

Judge prepare_risk_ratio_inverse_sinh(const Setting& setting) {
    return prepare_of_risk_ratio(setting.confidence, 0);
}

Judge prepare_risk_ratio_inverse_sinh_adjusted(const Setting& setting) {
    return prepare_of_risk_ratio(setting.confidence, added_non_events);
}

}  // namespace rsasim::analysis
