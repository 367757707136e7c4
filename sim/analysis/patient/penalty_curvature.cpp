#include <algorithm>
#include <utility>

#include <rsasim/analysis/penalty_curvature.hpp>

namespace rsasim::analysis {

PenaltyCurvature::PenaltyCurvature(std::size_t columns)
    : columns_(columns),
      squares_(columns * (columns + 1) / 2),
      cubes_(columns * (columns + 1) * (columns + 2) / 6) {}

void PenaltyCurvature::clear() {
    std::ranges::fill(squares_, 0.0);
    std::ranges::fill(cubes_, 0.0);
}

void PenaltyCurvature::add(std::span<const double> z, double quadratic, double cubic) {
    double* square = squares_.data();
    double* cube = cubes_.data();
    for (std::size_t a = 0; a < columns_; ++a) {
        for (std::size_t b = 0; b <= a; ++b) {
            const double product = z[a] * z[b];
            *square++ += quadratic * product;
            for (std::size_t c = 0; c <= b; ++c)
                *cube++ += cubic * product * z[c];
        }
    }
}

double PenaltyCurvature::tensor(std::size_t a, std::size_t b, std::size_t c) const {
    if (a < b) std::swap(a, b);
    if (b < c) std::swap(b, c);
    if (a < b) std::swap(a, b);
    return cubes_[a * (a + 1) * (a + 2) / 6 + b * (b + 1) / 2 + c];
}

void PenaltyCurvature::set_curvature(std::span<double> matrix) const {
    const double* square = squares_.data();
    for (std::size_t a = 0; a < columns_; ++a) {
        for (std::size_t b = 0; b <= a; ++b) {
            double products = 0;
            for (std::size_t c = 0; c < columns_; ++c) {
                for (std::size_t d = 0; d < columns_; ++d)
                    products += tensor(a, c, d) * tensor(b, c, d);
            }
            matrix[a * columns_ + b] = (a == b ? 1 : 0) - (*square++ - products) / 2;
        }
    }
}

}  // namespace rsasim::analysis
