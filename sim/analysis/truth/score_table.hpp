#pragma once

#include <vector>

#include <rsasim/design/covariate.hpp>

namespace rsasim::analysis {

/// A covariate's value at any normal score: cubic interpolation in a table of steps of 1/64
/// (fourth-order, some 1e-9 of the spread), exact steps for discrete covariates.
class ScoreTable {
  public:
    explicit ScoreTable(const design::Distribution& distribution);
    [[nodiscard]] double at(double score) const;

  private:
    std::vector<double> steps_;  ///< scores of a discrete covariate
    std::vector<double> values_;
};

}  // namespace rsasim::analysis
