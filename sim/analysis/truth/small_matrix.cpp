#include "small_matrix.hpp"

#include <cmath>

namespace rsasim::analysis {

std::optional<SquareMatrix> cholesky(const SquareMatrix& a, double least_pivot) {
    const std::size_t n = a.size();
    SquareMatrix l(n);
    for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t i = j; i < n; ++i) {
            double sum = a(i, j);
            for (std::size_t k = 0; k < j; ++k)
                sum -= l(i, k) * l(j, k);
            if (i > j) {
                l(i, j) = sum / l(j, j);
            } else if (sum > 0 && sum > least_pivot * a(j, j)) {
                l(j, j) = std::sqrt(sum);
            } else {
                return std::nullopt;
            }
        }
    }
    return l;
}

std::vector<double> cholesky_solve(const SquareMatrix& l, std::span<const double> b) {
    const std::size_t n = l.size();
    std::vector<double> x(b.begin(), b.end());
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k)
            x[i] -= l(i, k) * x[k];
        x[i] /= l(i, i);
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k)
            x[i] -= l(k, i) * x[k];
        x[i] /= l(i, i);
    }
    return x;
}

SquareMatrix cholesky_inverse(const SquareMatrix& l) {
    const std::size_t n = l.size();
    SquareMatrix inverse(n);
    std::vector<double> unit(n);
    for (std::size_t j = 0; j < n; ++j) {
        unit.assign(n, 0);
        unit[j] = 1;
        const std::vector<double> column = cholesky_solve(l, unit);
        for (std::size_t i = 0; i < n; ++i)
            inverse(i, j) = column[i];
    }
    return inverse;
}

}  // namespace rsasim::analysis
