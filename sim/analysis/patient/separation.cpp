#include "patient/separation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace rsasim::analysis {

namespace {

constexpr double overlaps = 0.1;   // of a step that tends to 0, or to 1 and more
constexpr double separated = 0.5;  // the step reaches this for some woman
constexpr double rounding = 1e-9;  // of numbers of size 1

using Vector = std::array<double, most_columns>;

double product(const Vector& a, const Vector& b, std::size_t columns) {
    double sum = 0;
    for (std::size_t j = 0; j < columns; ++j)
        sum += a[j] * b[j];
    return sum;
}

/// Takes from `x` what lies along orthonormal vectors, twice for accuracy.
void make_orthogonal(Vector& x, std::span<const Vector> basis, std::size_t columns) {
    for (int round = 0; round < 2; ++round) {
        for (const Vector& b : basis) {
            const double along = product(x, b, columns);
            for (std::size_t j = 0; j < columns; ++j)
                x[j] -= along * b[j];
        }
    }
}

/// The women of a lane, columns scaled to at most 1, with the sign of their outcome.
class Women {
  public:
    Women(const LogisticRows& rows, std::size_t lane, std::size_t columns)
        : rows_(rows), lane_(lane), columns_(columns) {
        largest_.fill(0);
        for (std::size_t woman = 0; woman < rows.women; ++woman) {
            for (std::size_t j = 0; j < columns; ++j)
                largest_[j] = std::max(largest_[j], std::abs(rows.at(woman, 1 + j, lane)));
        }
    }
    [[nodiscard]] double scale(std::size_t j) const { return largest_[j]; }
    [[nodiscard]] bool counts(std::size_t woman) const { return rows_.at(woman, 1, lane_) > 0; }
    [[nodiscard]] Vector at(std::size_t woman) const {
        const double sign = rows_.at(woman, 0, lane_) > 0 ? 1 : -1;
        Vector x{};
        for (std::size_t j = 0; j < columns_; ++j)
            x[j] = largest_[j] > 0 ? sign * rows_.at(woman, 1 + j, lane_) / largest_[j] : 0;
        return x;
    }

  private:
    const LogisticRows& rows_;
    std::size_t lane_, columns_;
    Vector largest_{};
};

struct Range {
    double least = 0, most = 0;
};

/// The extremes of the signed linear predictor.
Range range_along(const LogisticRows& rows, const Women& women, const Vector& direction,
                  std::size_t columns) {
    Range range{infinity, -infinity};
    for (std::size_t woman = 0; woman < rows.women; ++woman) {
        if (!women.counts(woman)) continue;
        const double along = product(women.at(woman), direction, columns);
        range.least = std::min(range.least, along);
        range.most = std::max(range.most, along);
    }
    return range;
}

/// Makes the direction 0 for the women for whom it nearly is. False if nothing is left.
bool project(const LogisticRows& rows, const Women& women, Vector& direction, std::size_t columns) {
    std::array<Vector, most_columns> basis;
    std::size_t size = 0;
    const Vector given = direction;
    for (std::size_t woman = 0; woman < rows.women; ++woman) {
        if (!women.counts(woman)) continue;
        Vector x = women.at(woman);
        if (std::abs(product(x, given, columns)) > overlaps) continue;
        make_orthogonal(x, std::span(basis).first(size), columns);
        const double left = std::sqrt(product(x, x, columns));
        if (left < rounding) continue;
        if (size + 1 == columns) return false;
        for (std::size_t j = 0; j < columns; ++j)
            x[j] /= left;
        basis[size++] = x;
    }
    make_orthogonal(direction, std::span(basis).first(size), columns);
    return true;
}

}  // namespace

bool separates(const LogisticRows& rows, std::size_t lane, std::span<const double> direction) {
    const std::size_t columns = direction.size();
    const Women women(rows, lane, columns);
    Vector scaled{};
    for (std::size_t j = 0; j < columns; ++j)
        scaled[j] = direction[j] * women.scale(j);
    const Range near = range_along(rows, women, scaled, columns);
    if (!(near.least > -overlaps && near.most > separated)) return false;
    if (!project(rows, women, scaled, columns)) return false;
    const Range range = range_along(rows, women, scaled, columns);
    return range.most > separated && range.least >= -rounding * range.most;
}

}  // namespace rsasim::analysis
