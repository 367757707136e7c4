#include "asymptotic_methods.hpp"
#include "cells.hpp"
#include "z_finding.hpp"

#include <algorithm>
#include <cmath>

namespace rsasim::analysis {

namespace {

/// The signed root of a chi-square statistic: sign(ad - bc) |numerator| sqrt(scale / (n1 n0 m l)).
Finding chi_square_finding(const Cells& cells, double numerator, double scale) {
    const double variance =
        cells.n_treated() * cells.n_control() * cells.events() * cells.non_events();
    const double z = std::copysign(numerator, cells.determinant()) * std::sqrt(scale / variance);
    return z_finding(z * z, z);
}

}  // namespace

Judge prepare_pearson(const Setting&) {
    return [](const design::Table2x2& table) {
        if (table.has_empty_margin()) return degenerate_finding();
        const Cells cells = cells_of(table);
        return chi_square_finding(cells, std::abs(cells.determinant()), cells.total());
    };
}

Judge prepare_pearson_n1(const Setting&) {
    return [](const design::Table2x2& table) {
        if (table.has_empty_margin()) return degenerate_finding();
        const Cells cells = cells_of(table);
        return chi_square_finding(cells, std::abs(cells.determinant()), cells.total() - 1);
    };
}

Judge prepare_yates(const Setting&) {
    return [](const design::Table2x2& table) {
        if (table.has_empty_margin()) return degenerate_finding();
        const Cells cells = cells_of(table);
        const double corrected = std::max(0.0, std::abs(cells.determinant()) - cells.total() / 2);
        return chi_square_finding(cells, corrected, cells.total());
    };
}

}  // namespace rsasim::analysis
