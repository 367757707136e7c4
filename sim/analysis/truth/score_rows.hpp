#pragma once

#include "centre_classes.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace rsasim::analysis {

/// Which coefficient of the logistic model is asked for, and which columns it has beside 1 and arm.
struct RegressionColumns {
    std::span<const design::Feature> adjust;
    /// Where given, the model has this feature and its product with arm too, whose coefficient is
    /// asked for; else that of arm.
    std::optional<design::Feature> interaction;
};

/// The design matrix by group and arm, and the probabilities of the event given the effects of
/// centres. Every class of centres has an intercept, one that is single another for each effect.
/// Features have mean 0 and spread 1.
struct ScoreRows {
    struct Draw {
        double probability = 1;
        std::vector<double> events;  ///< by row
    };
    std::size_t columns = 0;            ///< without the intercept; the last is asked for
    double scale = 1;                   ///< of the last column
    std::vector<double> z;              ///< [row][column]
    std::vector<double> weights;        ///< by row, sum 1
    std::vector<std::size_t> class_of;  ///< by row
    std::vector<bool> is_single;        ///< by class
    std::vector<Draw> draws;

    [[nodiscard]] std::size_t count() const { return weights.size(); }
    [[nodiscard]] const double* row(std::size_t i) const { return z.data() + i * columns; }
    [[nodiscard]] std::size_t intercepts() const { return draws.size() * is_single.size(); }
    [[nodiscard]] std::size_t intercept(std::size_t draw, std::size_t i) const {
        return (is_single[class_of[i]] ? draw * is_single.size() : 0) + class_of[i];
    }
};

/// Rows control, treated, control, ...; columns features, arm, then for an interaction arm x
/// feature.
ScoreRows score_rows(const AnalysedWomen& women, const RegressionColumns& asked,
                     double treated_share);

/// The columns that do not follow from intercepts and the columns before them.
std::vector<std::size_t> independent_columns(const ScoreRows& rows);

ScoreRows with_columns(ScoreRows rows, const std::vector<std::size_t>& kept);

/// Of the arms, over all rows.
design::Rates mean_rates(const ScoreRows& rows);

}  // namespace rsasim::analysis
