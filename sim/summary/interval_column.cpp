#include "interval_column.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/summary/performance.hpp>

namespace rsasim::summary {
namespace {

/// Slack of "the cumulative share reaches the quantile", so that 0.05 of 20 replicates is one
/// replicate although 0.05 is no binary fraction.
constexpr double quantile_slack = 1e-12;

/// log(upper) - log(lower) for ratios, upper - lower for differences; infinite where a limit is, on
/// that scale; NaN without limits.
double width_of(const analysis::Interval& interval, bool is_ratio) {
    const double lower = is_ratio ? std::log(interval.lower) : interval.lower;
    const double upper = is_ratio ? std::log(interval.upper) : interval.upper;
    if (std::isnan(lower) || std::isnan(upper)) return analysis::not_a_number;
    if (std::isinf(lower) || std::isinf(upper)) return analysis::infinity;
    return upper - lower;
}

}  // namespace

/// Weights of one cell by the rank of the width.
template <class Weight>
class IntervalColumn::Ranking {
  public:
    Ranking(const IntervalColumn& column, const WeightedRows<Weight>& cell)
        : column_(column), cell_(cell), up_to_(column.groups_ + 1, Total<Weight>{0}) {
        for (std::size_t i = 0; i < cell.rows.size(); ++i)
            up_to_[column.group_[cell.rows[i]]] += cell.weights[i];
        up_to_.pop_back();
        std::partial_sum(up_to_.begin(), up_to_.end(), up_to_.begin());
    }

    /// The quantile, and as its error half the distance between those one binomial standard error
    /// below and above.
    [[nodiscard]] Figure quantile(double share) const {
        const auto n = static_cast<double>(total());
        if (!(n > 0)) return {};
        Figure figure{width_at(share), 0};
        if constexpr (is_simulated<Weight>) {
            const double error = std::sqrt(share * (1 - share) / n);
            const double distance = width_at(share + error) - width_at(share - error);
            figure.mcse = n > 1 && std::isfinite(distance) ? distance / 2 : analysis::not_a_number;
        }
        return figure;
    }

  private:
    [[nodiscard]] Total<Weight> total() const {
        return up_to_.empty() ? Total<Weight>{0} : up_to_.back();
    }

    /// The smallest width that `share` of the weight does not exceed.
    [[nodiscard]] double width_at(double share) const {
        using Sum = Total<Weight>;
        const double wanted = std::clamp(share, 0.0, 1.0) * static_cast<double>(total());
        const long double target = std::max(static_cast<long double>(wanted) * (1 - quantile_slack),
                                            std::numeric_limits<long double>::min());
        const auto reaches = [target](Sum sum) { return static_cast<long double>(sum) >= target; };
        const auto group = std::find_if(up_to_.begin(), up_to_.end() - 1, reaches);
        Sum sum = group == up_to_.begin() ? Sum{0} : *(group - 1);
        const std::size_t first = static_cast<std::size_t>(group - up_to_.begin()) * group_size;
        const std::size_t last = std::min(first + group_size, column_.order_.size());
        double width = analysis::not_a_number;
        for (std::size_t rank = first; rank < last && !reaches(sum); ++rank) {
            const std::size_t row = column_.order_[rank];
            const Weight weight = cell_.weights_by_row[row];
            if (weight > 0) width = column_.widths_[row];
            sum += weight;
        }
        return width;
    }

    const IntervalColumn& column_;
    const WeightedRows<Weight>& cell_;
    std::vector<Total<Weight>> up_to_;  ///< by group: the weight of it and all before
};

IntervalColumn::IntervalColumn(const analysis::Judgement& judgement, std::size_t interval)
    : judgement_(&judgement),
      interval_(interval),
      is_ratio_(design::is_ratio(judgement.plan().intervals[interval].measure)) {
    const std::size_t rows = judgement.tables().size();
    widths_.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        widths_.push_back(width_of(judgement.interval(interval, row), is_ratio_));
        if (!std::isnan(widths_.back())) order_.push_back(static_cast<std::uint32_t>(row));
    }
    std::ranges::sort(order_, [this](std::uint32_t a, std::uint32_t b) {
        return widths_[a] != widths_[b] ? widths_[a] < widths_[b] : a < b;
    });
    groups_ = (order_.size() + group_size - 1) / group_size;
    group_.assign(rows, static_cast<std::uint32_t>(groups_));
    for (std::size_t rank = 0; rank < order_.size(); ++rank)
        group_[order_[rank]] = static_cast<std::uint32_t>(rank / group_size);
}

template <class Weight>
IntervalSummary IntervalColumn::summarise(const WeightedRows<Weight>& cell, double truth) const {
    using analysis::Position;
    using Sum = Total<Weight>;
    std::array<Sum, 4> at{};
    Sum infinite = 0;
    std::vector<double> widths;
    std::vector<double> weights;
    widths.reserve(cell.rows.size());
    weights.reserve(cell.rows.size());
    for (std::size_t i = 0; i < cell.rows.size(); ++i) {
        const std::size_t row = cell.rows[i];
        const Position position =
            analysis::position_of(judgement_->interval(interval_, row), truth);
        at[static_cast<std::size_t>(position)] += cell.weights[i];
        const double width = widths_[row];
        if (std::isfinite(width)) {
            widths.push_back(width);
            weights.push_back(static_cast<double>(cell.weights[i]));
        } else if (std::isinf(width)) {
            infinite += cell.weights[i];
        }
    }
    const auto total = [&at](Position position) { return at[static_cast<std::size_t>(position)]; };
    IntervalSummary summary;
    summary.truth = truth;
    set_count(summary.n_cover, total(Position::covers));
    set_count(summary.n_miss_below, total(Position::misses_below));
    set_count(summary.n_miss_above, total(Position::misses_above));
    set_count(summary.n_infinite, infinite);
    set_count(summary.n_undefined, total(Position::undefined));
    summary.coverage = share(total(Position::covers), cell.replicates);
    summary.miss_below = share(total(Position::misses_below), cell.replicates);
    summary.miss_above = share(total(Position::misses_above), cell.replicates);
    summary.infinite = share(infinite, cell.replicates);
    summary.undefined = share(total(Position::undefined), cell.replicates);

    (is_ratio_ ? summary.mean_log_width : summary.mean_width) =
        mean_of({widths, weights, weight_kind<Weight>});
    const Ranking<Weight> ranking(*this, cell);
    summary.width_q05 = ranking.quantile(0.05);
    summary.width_q25 = ranking.quantile(0.25);
    summary.width_q50 = ranking.quantile(0.50);
    summary.width_q75 = ranking.quantile(0.75);
    summary.width_q95 = ranking.quantile(0.95);
    return summary;
}

template IntervalSummary IntervalColumn::summarise(const WeightedRows<std::int64_t>&, double) const;
template IntervalSummary IntervalColumn::summarise(const WeightedRows<double>&, double) const;

}  // namespace rsasim::summary
