#pragma once

#include "columns.hpp"

#include <span>
#include <vector>

#include <rsasim/design/pathway.hpp>

namespace rsasim::replicate {

/// Columns by covariate, from some row on; null where it was not drawn.
using CovariateColumns = std::vector<const double*>;

/// intercept + sum of log odds times feature.
class LinearPredictor {
  public:
    LinearPredictor() = default;
    LinearPredictor(double intercept, const std::vector<design::Term>& terms);

    [[nodiscard]] bool is_constant() const { return lines_.empty() && steps_.empty(); }
    [[nodiscard]] double intercept() const { return intercept_; }
    /// out = it
    void set(const CovariateColumns& covariates, std::span<double> out) const;
    /// sum += it
    void add(const CovariateColumns& covariates, std::span<double> sum) const;

  private:
    struct Line {
        std::size_t covariate;
        double slope;
    };
    void add_terms(const CovariateColumns& covariates, std::size_t first_line,
                   std::span<double> sum) const;

    double intercept_ = 0;
    std::vector<Line> lines_;
    std::vector<design::Term> steps_;
};

}  // namespace rsasim::replicate
