#include "patient/logistic_fit.hpp"

#include <cmath>
#include <stdexcept>

#include <rsasim/analysis/coefficients.hpp>
#include <rsasim/analysis/jeffreys_fit.hpp>

namespace rsasim::analysis {

namespace {

using design::lanes;

bool is_counted(const design::PatientColumns& columns, std::size_t place) {
    return columns.weight == nullptr || columns.weight[place] != 0;
}

/// Intercept, features, arm as fitted; the order shown is intercept, arm, features.
std::size_t shown_place(std::size_t fitted, std::size_t columns) {
    return fitted == 0 ? 0 : fitted + 1 == columns ? 1 : fitted + 1;
}

/// Mean of each feature over the women counted.
std::vector<double> means_of(const design::PatientColumns& columns, std::size_t lane) {
    std::vector<double> means;
    for (const double* feature : columns.adjust) {
        double sum = 0, n = 0;
        for (std::size_t woman = 0; woman < columns.women; ++woman) {
            const std::size_t i = woman * lanes + lane;
            if (!is_counted(columns, i)) continue;
            sum += feature[i];
            n += 1;
        }
        means.push_back(sum / n);
    }
    return means;
}

/// sqrt(a' (L D L')^-1 a)
double error_along(const LogisticFit& fit, std::size_t lane, std::vector<double> a) {
    double variance = 0;
    for (std::size_t j = 0; j < fit.columns; ++j) {
        for (std::size_t k = 0; k < j; ++k)
            a[j] -= fit.lower[packed(j, k)][lane] * a[k];
        variance += a[j] * a[j] * fit.inverse_pivot[j][lane];
    }
    return std::sqrt(variance);
}

Coefficients maximum_likelihood_coefficients(const design::PatientColumns& columns,
                                             std::size_t lane) {
    LogisticRows rows(columns.women, columns.adjust.size(), false);
    rows.take(columns);
    LogisticFit fit;
    fit_logistic(rows, Fitted::all, columns.live, fit);
    Coefficients found{fit.status[lane], {}};
    if (found.status != Status::ok) return found;
    found.values.resize(fit.columns);
    // Features were centred: the intercept at 0 is that at the means less their effects.
    const std::vector<double> means = means_of(columns, lane);
    std::vector<double> at_zero(fit.columns, 0.0);
    at_zero[0] = 1;
    double intercept = fit.coefficients[0][lane];
    for (std::size_t j = 0; j < means.size(); ++j) {
        at_zero[j + 1] = -means[j];
        intercept -= means[j] * fit.coefficients[j + 1][lane];
    }
    found.values[0] = {intercept, error_along(fit, lane, at_zero)};
    for (std::size_t j = 1; j < fit.columns; ++j) {
        std::vector<double> unit(fit.columns, 0.0);
        unit[j] = 1;
        found.values[shown_place(j, fit.columns)] = {fit.coefficients[j][lane],
                                                     error_along(fit, lane, unit)};
    }
    return found;
}

Status status_of(FitStatus status) {
    return status == FitStatus::ok          ? Status::ok
           : status == FitStatus::collinear ? Status::collinear
                                            : Status::not_converged;
}

Coefficients firth_coefficients(const design::PatientColumns& columns, std::size_t lane) {
    const std::size_t size = columns.adjust.size() + 2;
    JeffreysFit fit(columns.women, size);
    std::vector<double> row(size, 1.0);
    for (std::size_t woman = 0; woman < columns.women; ++woman) {
        const std::size_t i = woman * lanes + lane;
        if (!is_counted(columns, i)) continue;
        row[1] = columns.treated[i];
        for (std::size_t j = 0; j < columns.adjust.size(); ++j)
            row[j + 2] = columns.adjust[j][i];
        fit.add(row, columns.outcome[i]);
    }
    Coefficients found{status_of(fit.fit()), {}};
    if (found.status != Status::ok) return found;
    for (std::size_t j = 0; j < size; ++j)
        found.values.push_back({fit.coefficients()[j], fit.standard_error(j)});
    return found;
}

}  // namespace

Coefficients coefficients_of(PatientFamily family, const design::PatientColumns& columns,
                             std::size_t lane) {
    if (family == PatientFamily::maximum_likelihood)
        return maximum_likelihood_coefficients(columns, lane);
    if (family == PatientFamily::firth) return firth_coefficients(columns, lane);
    throw std::invalid_argument("coefficients are those of a regression");
}

}  // namespace rsasim::analysis
