#include "ranked_values.hpp"

#include "undefined.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace rsasim::summary {
namespace {

/// Slack of "the cumulative weight reaches the share", so that 0.05 of 20 replicates is one
/// replicate although 0.05 is no binary fraction.
constexpr double quantile_slack = 1e-12;

}  // namespace

RankedValues::RankedValues(const std::vector<double>& values) {
    std::vector<std::pair<double, std::uint32_t>> ranked;
    ranked.reserve(values.size());
    for (std::size_t row = 0; row < values.size(); ++row) {
        if (!std::isnan(values[row])) {
            ranked.emplace_back(values[row], static_cast<std::uint32_t>(row));
        }
    }
    std::sort(ranked.begin(), ranked.end());
    sorted_.reserve(ranked.size());
    row_at_.reserve(ranked.size());
    for (const auto& [value, row] : ranked) {
        sorted_.push_back(value);
        row_at_.push_back(row);
    }
    group_of_.assign(values.size(), static_cast<std::uint32_t>(groups()));
    for (std::size_t rank = 0; rank < row_at_.size(); ++rank) {
        group_of_[row_at_[rank]] = static_cast<std::uint32_t>(rank / group_size);
    }
}

template <class Weight>
WeightedQuantiles<Weight>::WeightedQuantiles(const RankedValues& values,
                                             const WeightedRows<Weight>& cell)
    : values_(values), cell_(cell) {
    std::vector<Weight> in_group(values.groups() + 1, Weight{0});
    for (std::size_t i = 0; i < cell.rows.size(); ++i) {
        in_group[values.group_of(cell.rows[i])] += cell.weights[i];
    }
    Total<Weight> sum = 0;
    up_to_group_.reserve(values.groups());
    for (std::size_t group = 0; group < values.groups(); ++group) {
        up_to_group_.push_back(sum += in_group[group]);
    }
    total_ = static_cast<double>(sum);
}

template <class Weight>
Figure WeightedQuantiles<Weight>::quantile(double share) const {
    if (!(total_ > 0)) return {};
    if constexpr (!is_simulated<Weight>) return {value_at(share), 0};
    const double error = std::sqrt(share * (1 - share) / total_);
    const double distance = value_at(share + error) - value_at(share - error);
    return {value_at(share), total_ > 1 && std::isfinite(distance) ? distance / 2 : undefined};
}

template <class Weight>
double WeightedQuantiles<Weight>::value_at(double share) const {
    using Sum = Total<Weight>;
    const double target = std::max(std::clamp(share, 0.0, 1.0) * total_ * (1 - quantile_slack),
                                   std::numeric_limits<double>::min());
    const auto reaches = [target](Sum sum) { return static_cast<double>(sum) >= target; };
    const auto group = std::partition_point(up_to_group_.begin(), up_to_group_.end() - 1,
                                            [&](Sum sum) { return !reaches(sum); });
    Sum sum = group == up_to_group_.begin() ? Sum{0} : *(group - 1);
    const auto first =
        static_cast<std::size_t>(group - up_to_group_.begin()) * RankedValues::group_size;
    const std::size_t last = std::min(first + RankedValues::group_size, values_.sorted().size());
    double value = undefined;
    for (std::size_t rank = first; rank < last && !reaches(sum); ++rank) {
        const Weight weight = cell_.weights_by_row[values_.row_at(rank)];
        if (weight > 0) value = values_.sorted()[rank];
        sum += weight;
    }
    return value;
}

template class WeightedQuantiles<std::int64_t>;
template class WeightedQuantiles<double>;

}  // namespace rsasim::summary
