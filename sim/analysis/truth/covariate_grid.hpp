#pragma once

#include "covariate_use.hpp"
#include "probe.hpp"

#include <cstddef>
#include <vector>

#include <rsasim/design/covariate.hpp>

namespace rsasim::analysis {

/// A point of a covariate's normal score.
struct ScorePoint {
    double score = 0;
    double weight = 0;     ///< of the standard normal
    std::size_t cell = 0;  ///< whose value it has
};

/// One covariate as points: all features that are asked of it are constant within a cell.
struct CovariateGrid {
    std::vector<double> values;      ///< by cell
    std::vector<double> weights;     ///< by cell, sum 1 over all women; of uncoupled covariates
    std::vector<ScorePoint> points;  ///< finer than the cells; of coupled covariates
};

/// Cuts the covariate's range wherever a comparison or a cut changes. Within a piece, discrete
/// values are summed; a continuous covariate (and a discrete one of many values) gets a Gauss
/// rule, in the score or the value, of the fewest points that a Probe accepts. A piece in which
/// nothing changes is one cell.
CovariateGrid covariate_grid(const design::Distribution& distribution, const CovariateUse& use,
                             const Coupling& coupling);

}  // namespace rsasim::analysis
