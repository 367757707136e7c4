#pragma once

#include "weighted_rows.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rsasim::summary {

/// A value per row of a judgement, ranked once, so that the weighted quantiles of every cell need
/// no sorting. Ranks are cut into groups: a quantile searches the groups' totals and then one
/// group.
class RankedValues {
  public:
    /// NaN has no rank; infinity ranks last.
    explicit RankedValues(const std::vector<double>& values);

    static constexpr std::size_t group_size = 32;

    [[nodiscard]] const std::vector<double>& sorted() const { return sorted_; }
    [[nodiscard]] std::size_t row_at(std::size_t rank) const { return row_at_[rank]; }
    [[nodiscard]] std::size_t groups() const {
        return (sorted_.size() + group_size - 1) / group_size;
    }
    /// The group of a row; groups() where the row's value is NaN.
    [[nodiscard]] std::size_t group_of(std::size_t row) const { return group_of_[row]; }

  private:
    std::vector<double> sorted_;
    std::vector<std::uint32_t> row_at_;    ///< by rank
    std::vector<std::uint32_t> group_of_;  ///< by row
};

/// Quantiles of ranked values under the weights of one cell. Both arguments must outlive it.
template <class Weight>
class WeightedQuantiles {
  public:
    WeightedQuantiles(const RankedValues& values, const WeightedRows<Weight>& cell);

    /// The smallest value whose cumulative weight reaches `share` of all, and as its error half the
    /// distance between the quantiles one binomial standard error below and above: NaN where that
    /// is not finite. Undefined without values.
    [[nodiscard]] Figure quantile(double share) const;

  private:
    [[nodiscard]] double value_at(double share) const;

    const RankedValues& values_;
    const WeightedRows<Weight>& cell_;
    std::vector<Total<Weight>> up_to_group_;  ///< weight of a group and all before
    double total_ = 0;
};

extern template class WeightedQuantiles<std::int64_t>;
extern template class WeightedQuantiles<double>;

}  // namespace rsasim::summary
