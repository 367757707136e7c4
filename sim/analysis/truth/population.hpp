#pragma once

#include "covariate_use.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <rsasim/design/patient_model.hpp>

namespace rsasim::analysis {

/// The eligible women as weighted nodes: an expectation over them is a sum over the nodes. Nodes
/// share the values of a covariate by cells, so that a function of one covariate is computed once
/// for each cell.
struct Population {
    std::vector<std::size_t> covariates;            ///< of the model, by slot, ascending
    std::vector<std::vector<double>> values;        ///< [slot][cell]
    std::vector<std::vector<std::uint32_t>> cells;  ///< [slot][node]
    std::vector<double> weights;                    ///< by node, sum 1
    double eligible = 1;                            ///< share of all women

    [[nodiscard]] std::size_t nodes() const { return weights.size(); }
    /// Where a covariate stands; it is one of them.
    [[nodiscard]] std::size_t slot_of(std::size_t covariate) const;
};

/// A feature by cell of its slot.
struct FeatureTable {
    std::size_t slot = 0;
    std::vector<double> by_cell;
};
FeatureTable feature_table(const Population& population, const design::Feature& feature);

/// The feature at every node.
std::vector<double> feature_column(const Population& population, const design::Feature& feature);

/// constant + the terms, at any node.
class LinearPredictor {
  public:
    LinearPredictor(const Population& population, double constant,
                    std::span<const design::Term> terms);

    [[nodiscard]] double at(std::size_t node) const {
        double sum = constant_;
        for (const Part& part : parts_)
            sum += part.by_cell[(*part.cells)[node]];
        return sum;
    }

  private:
    struct Part {
        const std::vector<std::uint32_t>* cells;
        std::vector<double> by_cell;
    };
    double constant_;
    std::vector<Part> parts_;
};

/// Leaves out the women who are not eligible, then those of no weight, and makes the weights sum
/// to 1. Before, they sum to the share of all women that the nodes stand for.
void keep_eligible(const design::Eligibility& eligibility, Population& population);

/// Shares below this count as nobody.
inline constexpr double nobody = 1e-12;

}  // namespace rsasim::analysis
