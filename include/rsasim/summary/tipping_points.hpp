#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rsasim/summary/cell_summary.hpp>

namespace rsasim::summary {

/// A test of imputed outcomes under one delta.
struct TippingStep {
    double delta = 0;  ///< added to the log odds of the arm's imputed outcomes
    std::size_t test = 0;
    Figure power;
    /// Of the trials that are significant at delta 0, the share that is so here too; NaN where no
    /// trial is.
    Figure still_significant;
};

/// A test under several deltas of one arm, on the same trials.
struct TippingCurve {
    std::string test;                ///< at delta 0: "logistic@multiple-imputation"
    std::string arm;                 ///< whose outcomes are moved: "treated" or "control"
    std::vector<TippingStep> steps;  ///< by rising delta; one has delta 0
    /// The delta nearest to 0, on either side, at which at most half of the trials that are
    /// significant at delta 0 are still so: the median tipping point on the grid of deltas. None
    /// where more than half hold out to the last delta of that side.
    std::optional<double> tips_below, tips_above;
};

/// The curves of all tests that the labels show under delta 0 and at least one other: sets of women
/// with the words "delta-treated = x" or "delta-control = x" beside "multiple-imputation".
/// `cell.tests` and `cell.test_pairs` are in the order of the labels.
std::vector<TippingCurve> tipping_curves(const std::vector<std::string>& tests,
                                         const CellSummary& cell);

}  // namespace rsasim::summary
