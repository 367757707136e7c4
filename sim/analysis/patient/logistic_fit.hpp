#pragma once

#include "patient/logistic_rows.hpp"

namespace rsasim::analysis {

/// Linear predictors are held within this distance of 0. Where the outcome is separated along a
/// direction, the decrement is at least the largest distance of an outcome from its probability
/// among the women it separates, here 2.1e-9, so that Newton's method cannot end there. Lanes whose
/// estimates lie beyond are resolved one by one, without this bound.
inline constexpr double largest_predictor = 20;

/// Newton's last step is the one where the decrement g' H^-1 g is below this: from less than 3.2e-5
/// standard errors away it leads to within 1e-9 of the estimate. The information is carried along
/// to first order. Where data hardly overlap that may move a linear predictor by much: such lanes
/// are resolved one by one.
inline constexpr double last_decrement = 1e-9;

/// Logistic fits of 8 lanes by maximum likelihood.
struct LogisticFit {
    std::size_t columns = 0;  ///< fitted, the leading ones of the rows
    PerLane coefficients[most_columns];
    /// L and D of the information H = L D L' there, all columns of the rows included.
    PerLane lower[packed(most_columns, 0)];
    PerLane inverse_pivot[most_columns];
    /// L^-1 g, g the score of all columns before the last step.
    PerLane score[most_columns];
    Status status[design::lanes] = {};
};

/// What the vector code is asked.
struct FitTask {
    const LogisticRows& rows;
    std::size_t fitted;  ///< leading columns that are fitted
    PerLane active;      ///< 1 of lanes that take steps; 0 from convergence on
};

/// Which fit: with the last column, or without it but with its score and information.
enum class Fitted { all, all_but_last };

/// Newton's method from the rows' start. Lanes that it leaves are resolved one by one: separated,
/// found after all, or not converged. `live` lanes are fitted.
void fit_logistic(const LogisticRows& rows, Fitted which, std::size_t live, LogisticFit& fit);

/// Resolves a lane that the vector code left: Newton's method with halved steps from zero, linear
/// predictors of any size, and a proof of separation from the direction in which it runs away.
void resolve_lane(const LogisticRows& rows, std::size_t lane, LogisticFit& fit);

}  // namespace rsasim::analysis
