#include "regression_limit.hpp"

#include "small_matrix.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/effect.hpp>
#include <rsasim/math/logistic.hpp>

namespace rsasim::analysis {
namespace {

constexpr int most_newton_steps = 100;
constexpr double converged_step = 1e-11;  // quadratic convergence: the next would be 1e-22
constexpr double greatest_coefficient = 60;
constexpr double least_pivot = 1e-11;

/// Rows of the design matrix by group and arm, columns of mean 0 and spread 1 but for 1 and arm.
struct Rows {
    std::size_t columns = 0;
    std::vector<double> z;
    std::vector<double> weights;
    std::vector<double> events;
    double scale = 1;  ///< of the column that is asked for, the last

    [[nodiscard]] std::size_t count() const { return weights.size(); }
    [[nodiscard]] const double* row(std::size_t i) const { return z.data() + i * columns; }
};

/// A feature by group, of mean 0 and spread 1; the spread is 0 where it is constant.
struct Standardised {
    std::vector<double> values;
    double spread = 0;
};

Standardised standardised(const Population& population, const std::vector<Group>& groups,
                          const design::Feature& feature) {
    const FeatureTable table = feature_table(population, feature);
    Standardised column;
    double mean = 0, square = 0;
    for (const Group& group : groups) {
        column.values.push_back(table.by_cell[population.cells[table.slot][group.node]]);
        mean += group.weight * column.values.back();
    }
    for (std::size_t k = 0; k < groups.size(); ++k) {
        column.values[k] -= mean;
        square += groups[k].weight * column.values[k] * column.values[k];
    }
    const bool is_constant = square <= 1e-24 * (mean * mean + 1e-300);
    column.spread = is_constant ? 0 : std::sqrt(square);
    for (double& value : column.values)
        value = is_constant ? 0 : value / column.spread;
    return column;
}

/// sum of weight x z z', the weights times `factor(row)`.
template <class Factor>
SquareMatrix moments(const Rows& rows, Factor&& factor) {
    SquareMatrix sum(rows.columns);
    for (std::size_t i = 0; i < rows.count(); ++i) {
        const double* z = rows.row(i);
        const double weight = rows.weights[i] * factor(i);
        for (std::size_t j = 0; j < rows.columns; ++j) {
            for (std::size_t k = 0; k <= j; ++k)
                sum(j, k) += weight * z[j] * z[k];
        }
    }
    return sum;
}

/// The columns that do not follow from those before them.
std::vector<std::size_t> independent_columns(const Rows& rows) {
    SquareMatrix a = moments(rows, [](std::size_t) { return 1.0; });
    std::vector<std::size_t> kept;
    for (std::size_t j = 0; j < rows.columns; ++j) {
        const double diagonal = a(j, j);
        std::vector<double> l(kept.size());
        double rest = diagonal;
        for (std::size_t k = 0; k < kept.size(); ++k) {
            l[k] = a(j, kept[k]);
            for (std::size_t i = 0; i < k; ++i)
                l[k] -= l[i] * a(kept[k], kept[i]);
            l[k] /= a(kept[k], kept[k]);
            rest -= l[k] * l[k];
        }
        if (!(rest > least_pivot * diagonal)) continue;
        for (std::size_t k = 0; k < kept.size(); ++k)
            a(j, kept[k]) = l[k];
        a(j, j) = std::sqrt(rest);
        kept.push_back(j);
    }
    return kept;
}

Rows with_columns(const Rows& rows, const std::vector<std::size_t>& kept) {
    Rows fewer{kept.size(), {}, rows.weights, rows.events, rows.scale};
    fewer.z.reserve(rows.count() * kept.size());
    for (std::size_t i = 0; i < rows.count(); ++i) {
        for (const std::size_t j : kept)
            fewer.z.push_back(rows.row(i)[j]);
    }
    return fewer;
}

/// Columns 1, features, arm, then for an interaction arm x feature.
Rows rows_of(const AnalysedWomen& women, const RegressionColumns& asked, double treated_share) {
    std::vector<design::Feature> features(asked.adjust.begin(), asked.adjust.end());
    if (asked.interaction) features.push_back(*asked.interaction);
    const std::vector<Group> groups = groups_by_features(women, features);
    std::vector<Standardised> columns;
    for (const design::Feature& feature : features)
        columns.push_back(standardised(*women.population, groups, feature));
    Rows rows{features.size() + (asked.interaction ? 3U : 2U), {}, {}, {}, 1};
    if (asked.interaction) rows.scale = columns.back().spread;
    for (std::size_t k = 0; k < groups.size(); ++k) {
        for (const double arm : {0.0, 1.0}) {
            rows.z.push_back(1);
            for (const Standardised& column : columns)
                rows.z.push_back(column.values[k]);
            rows.z.push_back(arm);
            if (asked.interaction) rows.z.push_back(arm * columns.back().values[k]);
            rows.weights.push_back(groups[k].weight *
                                   (arm == 1 ? treated_share : 1 - treated_share));
            rows.events.push_back(arm == 1 ? groups[k].treated : groups[k].control);
        }
    }
    return rows;
}

double linear(const Rows& rows, const std::vector<double>& b, std::size_t i) {
    const double* z = rows.row(i);
    double eta = 0;
    for (std::size_t j = 0; j < rows.columns; ++j)
        eta += b[j] * z[j];
    return eta;
}

double log_likelihood(const Rows& rows, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < rows.count(); ++i) {
        const double eta = linear(rows, b, i);
        sum += rows.weights[i] *
               (rows.events[i] * eta - std::max(eta, 0.0) - std::log1p(std::exp(-std::abs(eta))));
    }
    return sum;
}

/// Newton's step at b; empty where the information is singular.
std::vector<double> newton_step(const Rows& rows, const std::vector<double>& b) {
    std::vector<double> score(rows.columns), variances(rows.count());
    for (std::size_t i = 0; i < rows.count(); ++i) {
        const double fitted = math::logistic(linear(rows, b, i));
        const double residual = rows.weights[i] * (rows.events[i] - fitted);
        variances[i] = fitted * (1 - fitted);
        for (std::size_t j = 0; j < rows.columns; ++j)
            score[j] += residual * rows.row(i)[j];
    }
    const auto root = cholesky(moments(rows, [&](std::size_t i) { return variances[i]; }));
    return root ? cholesky_solve(*root, score) : std::vector<double>{};
}

/// b + a share of the step, the whole where it is short; halved until the likelihood grows.
std::vector<double> stepped(const Rows& rows, const std::vector<double>& b,
                            const std::vector<double>& step, double length) {
    constexpr double short_step = 1;  // log odds: Newton's method is at home
    std::vector<double> next(b.size());
    double share = 1;
    const double height = length > short_step ? log_likelihood(rows, b) : 0;
    while (true) {
        for (std::size_t j = 0; j < b.size(); ++j)
            next[j] = b[j] + share * step[j];
        if (length * share <= short_step || log_likelihood(rows, next) >= height) return next;
        share /= 2;
    }
}

/// Newton's method with halved steps. Empty where it does not converge.
std::vector<double> fitted_coefficients(const Rows& rows) {
    std::vector<double> b(rows.columns);
    for (int k = 0; k < most_newton_steps; ++k) {
        const std::vector<double> step = newton_step(rows, b);
        if (step.empty()) return {};
        double length = 0;
        for (const double s : step)
            length = std::max(length, std::abs(s));
        b = stepped(rows, b, step, length);
        if (length <= converged_step) return b;
        if (!(std::abs(b.back()) < greatest_coefficient)) return {};
    }
    return {};
}

design::Rates mean_rates(const Rows& rows) {
    double treated = 0, control = 0, treated_weight = 0, control_weight = 0;
    for (std::size_t i = 0; i < rows.count(); i += 2) {  // control, treated, control, ...
        control += rows.weights[i] * rows.events[i];
        control_weight += rows.weights[i];
        treated += rows.weights[i + 1] * rows.events[i + 1];
        treated_weight += rows.weights[i + 1];
    }
    return {treated / treated_weight, control / control_weight};
}

}  // namespace

double regression_limit(const AnalysedWomen& women, const RegressionColumns& columns,
                        double treated_share) {
    const Rows rows = rows_of(women, columns, treated_share);
    const design::Rates rates = mean_rates(rows);
    const auto is_edge = [](double rate) { return rate <= 0 || rate >= 1; };
    if (is_edge(rates.treated) || is_edge(rates.control)) {
        return columns.interaction ? not_a_number
                                   : design::effect_of(design::Measure::odds_ratio, rates);
    }
    const auto kept = independent_columns(rows);
    if (kept.back() + 1 != rows.columns) return not_a_number;
    const auto b = fitted_coefficients(with_columns(rows, kept));
    return b.empty() ? not_a_number : std::exp(b.back() / rows.scale);
}

}  // namespace rsasim::analysis
