#include "correlated_block.hpp"

#include <cmath>
#include <stdexcept>

namespace rsasim::analysis {
namespace {

/// An exponential each: 0.2 seconds.
constexpr double most_points = 2e7;
constexpr double most_cells = 2e6;
/// A weight that changes no sum, even relative to the rarest eligibility.
constexpr double no_weight = 1e-26;

/// Adds the copula's density over a product of points to the cells, one coordinate at a time.
class CopulaSum {
  public:
    CopulaSum(const std::vector<CovariateGrid>& grids, const SquareMatrix& precision,
              double log_root_determinant, std::vector<double>& by_cell)
        : grids_(grids),
          precision_(precision),
          scores_(grids.size()),
          by_cell_(by_cell),
          start_(-log_root_determinant) {}

    void run() { descend(0, 0, start_, 1); }

  private:
    /// exponent: -z'(R^-1 - I) z / 2 of the coordinates so far.
    void descend(std::size_t j, std::size_t cell, double exponent, double weight) {
        if (j == grids_.size()) {
            by_cell_[cell] += weight * std::exp(exponent);
            return;
        }
        double cross = 0;
        for (std::size_t i = 0; i < j; ++i)
            cross += precision_(i, j) * scores_[i];
        const double own = (precision_(j, j) - 1) / 2;
        for (const ScorePoint& point : grids_[j].points) {
            scores_[j] = point.score;
            descend(j + 1, cell * grids_[j].values.size() + point.cell,
                    exponent - point.score * (own * point.score + cross), weight * point.weight);
        }
    }

    const std::vector<CovariateGrid>& grids_;
    const SquareMatrix& precision_;
    std::vector<double> scores_;
    std::vector<double>& by_cell_;
    double start_;
};

Block block_of(const std::vector<std::size_t>& slots, const std::vector<CovariateGrid>& grids,
               const std::vector<double>& by_cell) {
    Block block{slots, std::vector<std::vector<std::uint32_t>>(slots.size()), {}};
    for (std::size_t cell = 0; cell < by_cell.size(); ++cell) {
        if (by_cell[cell] < no_weight) continue;
        block.weights.push_back(by_cell[cell]);
        std::size_t rest = cell;
        for (std::size_t j = slots.size(); j-- > 0;) {
            const std::size_t count = grids[j].values.size();
            block.cells[j].push_back(static_cast<std::uint32_t>(rest % count));
            rest /= count;
        }
    }
    return block;
}

}  // namespace

std::vector<std::vector<std::size_t>> correlated_groups(const SquareMatrix& correlation) {
    std::vector<std::vector<std::size_t>> groups;
    std::vector<bool> is_placed(correlation.size());
    for (std::size_t first = 0; first < correlation.size(); ++first) {
        if (is_placed[first]) continue;
        std::vector<bool> is_in(correlation.size());
        std::vector<std::size_t> open{first};
        is_in[first] = true;
        while (!open.empty()) {
            const std::size_t i = open.back();
            open.pop_back();
            for (std::size_t j = 0; j < correlation.size(); ++j) {
                if (is_in[j] || correlation(i, j) == 0) continue;
                is_in[j] = true;
                open.push_back(j);
            }
        }
        auto& group = groups.emplace_back();
        for (std::size_t j = 0; j < correlation.size(); ++j) {
            if (!is_in[j]) continue;
            is_placed[j] = true;
            group.push_back(j);
        }
    }
    return groups;
}

SquareMatrix part_of(const SquareMatrix& correlation, const std::vector<std::size_t>& slots) {
    SquareMatrix part(slots.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
        for (std::size_t j = 0; j < slots.size(); ++j)
            part(i, j) = correlation(slots[i], slots[j]);
    }
    return part;
}

Block single_block(std::size_t slot, const CovariateGrid& grid) {
    Block block{{slot}, {{}}, grid.weights};
    for (std::size_t cell = 0; cell < grid.weights.size(); ++cell)
        block.cells[0].push_back(static_cast<std::uint32_t>(cell));
    return block;
}

std::optional<Block> coupled_block(const std::vector<std::size_t>& slots,
                                   const std::vector<CovariateGrid>& grids,
                                   const SquareMatrix& correlation) {
    double points = 1, cells = 1;
    for (const CovariateGrid& grid : grids) {
        points *= static_cast<double>(grid.points.size());
        cells *= static_cast<double>(grid.values.size());
    }
    if (points > most_points || cells > most_cells) return std::nullopt;
    const auto lower = cholesky(correlation);
    if (!lower) throw std::invalid_argument("correlations are not positive definite");
    double log_root_determinant = 0;
    for (std::size_t j = 0; j < slots.size(); ++j)
        log_root_determinant += std::log((*lower)(j, j));
    std::vector<double> by_cell(static_cast<std::size_t>(cells));
    CopulaSum(grids, cholesky_inverse(*lower), log_root_determinant, by_cell).run();
    return block_of(slots, grids, by_cell);
}

}  // namespace rsasim::analysis
