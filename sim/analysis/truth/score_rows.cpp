#include "score_rows.hpp"

#include "small_matrix.hpp"

#include <cmath>
#include <utility>

namespace rsasim::analysis {
namespace {

constexpr double least_pivot = 1e-11;

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

/// Sets columns, weights and classes.
void set_design(const std::vector<Group>& groups, const std::vector<Standardised>& columns,
                const RegressionColumns& asked, double treated_share, ScoreRows& rows) {
    rows.columns = columns.size() + (asked.interaction ? 2 : 1);
    if (asked.interaction) rows.scale = columns.back().spread;
    for (std::size_t k = 0; k < groups.size(); ++k) {
        for (const double arm : {0.0, 1.0}) {
            for (const Standardised& column : columns)
                rows.z.push_back(column.values[k]);
            rows.z.push_back(arm);
            if (asked.interaction) rows.z.push_back(arm * columns.back().values[k]);
            rows.weights.push_back(groups[k].weight *
                                   (arm == 1 ? treated_share : 1 - treated_share));
        }
    }
}

void set_classes(const AnalysedWomen& women, const std::vector<Group>& groups,
                 const CentreClasses& classes, ScoreRows& rows) {
    rows.is_single = classes.divide() ? classes.is_single : std::vector<bool>{false};
    rows.class_of.assign(rows.count(), 0);
    if (!classes.divide()) return;
    const auto& cells = women.population->cells[*women.centre_slot];
    for (std::size_t i = 0; i < rows.count(); ++i)
        rows.class_of[i] = classes.of_cell[cells[groups[i / 2].node]];
}

ScoreRows::Draw draw_of(const std::vector<Group>& groups, double probability) {
    ScoreRows::Draw draw{probability, {}};
    draw.events.reserve(2 * groups.size());
    for (const Group& group : groups) {
        draw.events.push_back(group.control);
        draw.events.push_back(group.treated);
    }
    return draw;
}

/// Every column's mean within each class: [class][column].
std::vector<double> class_means(const ScoreRows& rows) {
    std::vector<double> means(rows.is_single.size() * rows.columns);
    std::vector<double> weights(rows.is_single.size());
    for (std::size_t i = 0; i < rows.count(); ++i) {
        weights[rows.class_of[i]] += rows.weights[i];
        for (std::size_t j = 0; j < rows.columns; ++j)
            means[rows.class_of[i] * rows.columns + j] += rows.weights[i] * rows.row(i)[j];
    }
    for (std::size_t k = 0; k < means.size(); ++k)
        means[k] /= weights[k / rows.columns];
    return means;
}

}  // namespace

ScoreRows score_rows(const AnalysedWomen& women, const RegressionColumns& asked,
                     double treated_share) {
    std::vector<design::Feature> features(asked.adjust.begin(), asked.adjust.end());
    if (asked.interaction) features.push_back(*asked.interaction);
    const std::vector<Group> groups = groups_by_features(women, *women.events, features);
    std::vector<Standardised> columns;
    for (const design::Feature& feature : features)
        columns.push_back(standardised(*women.population, groups, feature));
    ScoreRows rows;
    set_design(groups, columns, asked, treated_share, rows);
    const CentreClasses classes = centre_classes(women, features);
    set_classes(women, groups, classes, rows);
    if (!classes.divide()) {
        rows.draws.push_back(draw_of(groups, 1));
        return rows;
    }
    for (const auto& [probability, events] : women.given_effects)
        rows.draws.push_back(draw_of(groups_by_features(women, *events, features), probability));
    return rows;
}

std::vector<std::size_t> independent_columns(const ScoreRows& rows) {
    const std::vector<double> means = class_means(rows);
    SquareMatrix a(rows.columns);
    std::vector<double> squares(rows.columns), z(rows.columns);
    for (std::size_t i = 0; i < rows.count(); ++i) {
        for (std::size_t j = 0; j < rows.columns; ++j) {
            squares[j] += rows.weights[i] * rows.row(i)[j] * rows.row(i)[j];
            z[j] = rows.row(i)[j] - means[rows.class_of[i] * rows.columns + j];
        }
        for (std::size_t j = 0; j < rows.columns; ++j) {
            for (std::size_t k = 0; k <= j; ++k)
                a(j, k) += rows.weights[i] * z[j] * z[k];
        }
    }
    std::vector<std::size_t> kept;
    for (std::size_t j = 0; j < rows.columns; ++j) {
        std::vector<double> l(kept.size());
        double rest = a(j, j);
        for (std::size_t k = 0; k < kept.size(); ++k) {
            l[k] = a(j, kept[k]);
            for (std::size_t i = 0; i < k; ++i)
                l[k] -= l[i] * a(kept[k], kept[i]);
            l[k] /= a(kept[k], kept[k]);
            rest -= l[k] * l[k];
        }
        if (!(rest > least_pivot * squares[j])) continue;
        for (std::size_t k = 0; k < kept.size(); ++k)
            a(j, kept[k]) = l[k];
        a(j, j) = std::sqrt(rest);
        kept.push_back(j);
    }
    return kept;
}

ScoreRows with_columns(ScoreRows rows, const std::vector<std::size_t>& kept) {
    std::vector<double> z;
    z.reserve(rows.count() * kept.size());
    for (std::size_t i = 0; i < rows.count(); ++i) {
        for (const std::size_t j : kept)
            z.push_back(rows.row(i)[j]);
    }
    rows.z = std::move(z);
    rows.columns = kept.size();
    return rows;
}

design::Rates mean_rates(const ScoreRows& rows) {
    double treated = 0, control = 0, treated_weight = 0, control_weight = 0;
    for (const auto& [probability, events] : rows.draws) {
        for (std::size_t i = 0; i < rows.count(); i += 2) {
            control += probability * rows.weights[i] * events[i];
            control_weight += probability * rows.weights[i];
            treated += probability * rows.weights[i + 1] * events[i + 1];
            treated_weight += probability * rows.weights[i + 1];
        }
    }
    return {treated / treated_weight, control / control_weight};
}

}  // namespace rsasim::analysis
