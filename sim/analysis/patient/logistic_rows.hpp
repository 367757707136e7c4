#pragma once

#include <cstddef>
#include <vector>

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/trial_batch.hpp>

namespace rsasim::analysis {

/// Most columns of a regression, the intercept included.
inline constexpr std::size_t most_columns = 32;

/// A number per lane.
struct alignas(64) PerLane {
    double value[design::lanes] = {};
    double& operator[](std::size_t lane) { return value[lane]; }
    const double& operator[](std::size_t lane) const { return value[lane]; }
};

/// Packed lower triangles: the place of row j, column k <= j.
constexpr std::size_t packed(std::size_t j, std::size_t k) {
    return j * (j + 1) / 2 + k;
}

using SingleColumn = std::vector<float, design::CacheLineAllocator<float>>;

/// What a regression reads: per woman her outcome, her weight and her columns but the intercept,
/// each for 8 lanes. Adjusting features are centred at their means in the lane. The column of
/// interest is the last: the arm, or its product with the tested feature.
struct LogisticRows {
    /// Memory for `most_women` women and `most_adjusting` features.
    LogisticRows(std::size_t most_women, std::size_t most_adjusting, bool has_interaction);

    /// Reads a batch: fills everything below.
    void take(const design::PatientColumns& from);

    [[nodiscard]] std::size_t stride() const { return (columns + 1) * design::lanes; }
    /// Value `place` of a woman: 0 the outcome, 1 the weight, 1 + j column j.
    [[nodiscard]] double at(std::size_t woman, std::size_t place, std::size_t lane) const {
        return values[woman * stride() + place * design::lanes + lane];
    }
    /// A woman's outcome in `singles`; place j of hers follows j * 16 numbers later.
    [[nodiscard]] float* singles_of(std::size_t woman) {
        return singles.data() + (woman / 2 * (columns + 1) * 2 + woman % 2) * design::lanes;
    }
    void clear_beside_last();

    bool has_interaction;
    std::size_t women = 0;
    std::size_t columns = 0;  ///< intercept, adjusting features, (tested feature,) arm, (product)
    design::Column values;
    /// The same in single precision, for the first steps; women 2 i and 2 i + 1 side by side, so
    /// that each place takes 16 numbers. An odd last woman stands beside zeros.
    SingleColumn singles;
    PerLane included, events, treated;  ///< women with weight 1, and those of them
    /// 0 where the tested feature follows from the adjusting ones and is left out, else 1.
    PerLane keeps_feature;
    Status status[design::lanes] = {};  ///< ok, undefined, degenerate or collinear
    /// Newton's first step from the fit of the intercept alone, with all columns and without the
    /// last.
    PerLane start[most_columns], null_start[most_columns];
};

}  // namespace rsasim::analysis
