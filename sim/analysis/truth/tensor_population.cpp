#include "tensor_population.hpp"

#include "correlated_block.hpp"
#include "covariate_grid.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

namespace rsasim::analysis {
namespace {

constexpr double most_nodes = 1e6;

/// The standard deviation of each score given the others of its group.
std::vector<double> conditional_sds(const SquareMatrix& correlation) {
    const auto lower = cholesky(correlation);
    if (!lower) throw std::invalid_argument("correlations are not positive definite");
    const SquareMatrix precision = cholesky_inverse(*lower);
    std::vector<double> sds;
    for (std::size_t j = 0; j < precision.size(); ++j)
        sds.push_back(1 / std::sqrt(precision(j, j)));
    return sds;
}

/// The block of a group of slots; sets the values of its cells.
std::optional<Block> block_of(const design::PatientModel& model,
                              const std::vector<CovariateUse>& uses, const SquareMatrix& all,
                              const std::vector<std::size_t>& slots, Population& population) {
    const SquareMatrix correlation = part_of(all, slots);
    const std::vector<double> sds = conditional_sds(correlation);
    std::vector<CovariateGrid> grids;
    for (std::size_t j = 0; j < slots.size(); ++j) {
        const CovariateUse& use = uses[slots[j]];
        grids.push_back(covariate_grid(model.covariates[use.covariate].distribution, use,
                                       {slots.size() > 1, sds[j]}));
        population.values[slots[j]] = grids.back().values;
    }
    if (slots.size() == 1) return single_block(slots[0], grids[0]);
    return coupled_block(slots, grids, correlation);
}

/// Multiplies the nodes so far by those of an independent block.
void multiply(const Block& block, Population& population) {
    const std::size_t before = population.nodes(), times = block.weights.size();
    std::vector<double> weights(before * times);
    for (std::size_t i = 0; i < before; ++i) {
        for (std::size_t k = 0; k < times; ++k)
            weights[i * times + k] = population.weights[i] * block.weights[k];
    }
    population.weights = std::move(weights);
    for (auto& cells : population.cells) {
        if (cells.empty()) continue;
        std::vector<std::uint32_t> repeated;
        repeated.reserve(before * times);
        for (const std::uint32_t cell : cells)
            repeated.insert(repeated.end(), times, cell);
        cells = std::move(repeated);
    }
    for (std::size_t j = 0; j < block.slots.size(); ++j) {
        auto& cells = population.cells[block.slots[j]];
        cells.reserve(before * times);
        for (std::size_t i = 0; i < before; ++i)
            cells.insert(cells.end(), block.cells[j].begin(), block.cells[j].end());
    }
}

}  // namespace

SquareMatrix score_correlation(const design::PatientModel& model,
                               const std::vector<CovariateUse>& uses) {
    SquareMatrix correlation(uses.size());
    const std::size_t all = model.covariates.size();
    for (std::size_t i = 0; i < uses.size(); ++i) {
        for (std::size_t j = 0; j < uses.size(); ++j) {
            correlation(i, j) =
                model.correlation.empty()
                    ? (i == j ? 1 : 0)
                    : model.correlation[uses[i].covariate * all + uses[j].covariate];
        }
    }
    return correlation;
}

std::optional<Population> tensor_population(const design::PatientModel& model,
                                            const std::vector<CovariateUse>& uses) {
    Population population;
    for (const CovariateUse& use : uses)
        population.covariates.push_back(use.covariate);
    population.values.resize(uses.size());
    population.cells.resize(uses.size());
    population.weights = {1};
    const SquareMatrix correlation = score_correlation(model, uses);
    std::vector<Block> blocks;
    double nodes = 1;
    for (const auto& slots : correlated_groups(correlation)) {
        auto block = block_of(model, uses, correlation, slots, population);
        if (!block) return std::nullopt;
        nodes *= static_cast<double>(block->weights.size());
        blocks.push_back(std::move(*block));
    }
    if (nodes > most_nodes) return std::nullopt;
    for (const Block& block : blocks)
        multiply(block, population);
    return population;
}

}  // namespace rsasim::analysis
