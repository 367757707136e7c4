#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace rsasim::analysis {

/// A square matrix, row by row.
class SquareMatrix {
  public:
    explicit SquareMatrix(std::size_t n) : n_(n), values_(n * n) {}
    [[nodiscard]] std::size_t size() const { return n_; }
    double& operator()(std::size_t i, std::size_t j) { return values_[i * n_ + j]; }
    double operator()(std::size_t i, std::size_t j) const { return values_[i * n_ + j]; }

  private:
    std::size_t n_;
    std::vector<double> values_;
};

/// The lower triangle L with L L' = A. Nothing where A is not positive definite, or where a pivot
/// is below `least_pivot` of its diagonal element, so that columns are collinear.
std::optional<SquareMatrix> cholesky(const SquareMatrix& a, double least_pivot = 0);

/// x with L L' x = b.
std::vector<double> cholesky_solve(const SquareMatrix& l, std::span<const double> b);

/// The inverse of L L'.
SquareMatrix cholesky_inverse(const SquareMatrix& l);

}  // namespace rsasim::analysis
