#pragma once

#include "patient/logistic_fit.hpp"

namespace rsasim::analysis {

/// Sums over women that standardisation needs; p1 and p0 are a woman's fitted probabilities in the
/// treated and the control arm, y her outcome, t 1 in the treated arm. The last column is the arm.
struct StandardisedSums {
    PerLane p1, p0, p1_p1, p0_p0, p1_p0;
    PerLane t_y, t_p1, t_p0, t_y_p1, t_y_p0;             ///< in the treated arm
    PerLane y_p1, y_p0;                                  ///< in both
    PerLane slope1[most_columns], slope0[most_columns];  ///< of p1 and p0 by each coefficient
};

/// The log likelihood of a fit.
void sum_log_likelihood(const LogisticRows& rows, const LogisticFit& fit, PerLane& sum);

/// Sum of ((y - p) x'c)^2, c the last column of the inverse information: the sandwich (HC0)
/// variance of the last coefficient.
void sum_sandwich(const LogisticRows& rows, const LogisticFit& fit, PerLane& sum);

void sum_standardised(const LogisticRows& rows, const LogisticFit& fit, StandardisedSums& sums);

}  // namespace rsasim::analysis
