#pragma once

#include "patient/logistic_rows.hpp"

namespace rsasim::analysis {

/// Memory of a penalised fit: residual and weight of every woman.
struct FirthScratch {
    explicit FirthScratch(std::size_t most_women) : values(most_women * 2 * design::lanes) {}
    design::Column values;
};

/// Maxima of the log likelihood plus half the log determinant of the information (of all columns,
/// also where the last coefficient is held), in 8 lanes. In: `coefficients` to start from, `active`
/// 1 of the lanes to fit. Out: both, `active` 1 of lanes that did not converge.
struct FirthFit {
    PerLane coefficients[most_columns];
    PerLane active;
    PerLane likelihood;  ///< penalised
    /// The last column of the inverse information there.
    PerLane covariance[most_columns];
};

/// Which coefficients move.
enum class Moving { all, all_but_last };

void fit_firth(const LogisticRows& rows, Moving which, FirthScratch& scratch, FirthFit& fit);

/// Follows the profile of the last coefficient from the maximum `at` to where the penalised
/// likelihood has fallen by `drop`, upwards or downwards (direction +1 or -1), by Venzon &
/// Moolgavkar 1988's steps, doi:10.2307/2347496. In and out as fit_firth; the limit is the last
/// coefficient.
void follow_profile(const LogisticRows& rows, double direction, double drop, FirthScratch& scratch,
                    FirthFit& at);

}  // namespace rsasim::analysis
