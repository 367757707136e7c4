#pragma once

#include "covariate_grid.hpp"
#include "small_matrix.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rsasim::analysis {

/// Covariates that depend on each other and on no other: their joint distribution by cells.
struct Block {
    std::vector<std::size_t> slots;
    std::vector<std::vector<std::uint32_t>> cells;  ///< [slot's place in the block][node]
    std::vector<double> weights;                    ///< by node
};

/// The slots that hang together by correlations other than 0, each group ascending.
std::vector<std::vector<std::size_t>> correlated_groups(const SquareMatrix& correlation);

/// The correlations of some slots.
SquareMatrix part_of(const SquareMatrix& correlation, const std::vector<std::size_t>& slots);

/// A block of one covariate: its cells.
Block single_block(std::size_t slot, const CovariateGrid& grid);

/// The product of the covariates' score points, weighted with the density of the Gaussian copula
/// |R|^(-1/2) exp(-z'(R^-1 - I) z / 2), summed by cells. Nothing where the points are too many.
std::optional<Block> coupled_block(const std::vector<std::size_t>& slots,
                                   const std::vector<CovariateGrid>& grids,
                                   const SquareMatrix& correlation);

}  // namespace rsasim::analysis
