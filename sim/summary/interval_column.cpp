#include "interval_column.hpp"

#include <cmath>

#include <rsasim/analysis/decisions.hpp>
#include <rsasim/summary/performance.hpp>

namespace rsasim::summary {
namespace {

/// log(upper) - log(lower) for ratios, upper - lower for differences; infinite where a limit is, on
/// that scale; NaN without limits.
double width_of(const analysis::Interval& interval, bool is_ratio) {
    const double lower = is_ratio ? std::log(interval.lower) : interval.lower;
    const double upper = is_ratio ? std::log(interval.upper) : interval.upper;
    if (std::isnan(lower) || std::isnan(upper)) return analysis::not_a_number;
    if (std::isinf(lower) || std::isinf(upper)) return analysis::infinity;
    return upper - lower;
}

std::vector<double> widths_of(const analysis::Judgement& judgement, std::size_t interval,
                              bool is_ratio) {
    std::vector<double> widths;
    widths.reserve(judgement.tables().size());
    for (std::size_t row = 0; row < judgement.tables().size(); ++row) {
        widths.push_back(width_of(judgement.interval(interval, row), is_ratio));
    }
    return widths;
}

}  // namespace

IntervalColumn::IntervalColumn(const analysis::Judgement& judgement, std::size_t interval)
    : judgement_(&judgement),
      interval_(interval),
      is_ratio_(design::is_ratio(judgement.plan().intervals[interval].measure)),
      widths_(widths_of(judgement, interval, is_ratio_)),
      ranked_widths_(widths_) {}

template <class Weight>
IntervalSummary IntervalColumn::summarise(const WeightedRows<Weight>& cell, double truth) const {
    IntervalSummary summary;
    summary.truth = truth;
    add_coverage(summary, cell);
    add_widths(summary, cell);
    return summary;
}

template <class Weight>
void IntervalColumn::add_coverage(IntervalSummary& summary,
                                  const WeightedRows<Weight>& cell) const {
    using analysis::Position;
    const double truth = summary.truth;
    Total<Weight> below = 0;
    Total<Weight> above = 0;
    Total<Weight> undefined = 0;
    for (std::size_t i = 0; i < cell.rows.size(); ++i) {
        const auto& interval = judgement_->interval(interval_, cell.rows[i]);
        const Position position = analysis::position_of(interval, truth);
        if (position == Position::covers) continue;
        if (position == Position::misses_below) below += cell.weights[i];
        if (position == Position::misses_above) above += cell.weights[i];
        if (position == Position::undefined) undefined += cell.weights[i];
    }
    const Total<Weight> cover = cell.total - below - above - undefined;
    set_count(summary.n_cover, cover);
    set_count(summary.n_miss_below, below);
    set_count(summary.n_miss_above, above);
    set_count(summary.n_undefined, undefined);
    summary.undefined = share(undefined, cell.replicates);
    if (std::isnan(truth)) return;
    summary.coverage = share(cover, cell.replicates);
    summary.miss_below = share(below, cell.replicates);
    summary.miss_above = share(above, cell.replicates);
}

template <class Weight>
void IntervalColumn::add_widths(IntervalSummary& summary, const WeightedRows<Weight>& cell) const {
    std::vector<double> widths(cell.rows.size());
    std::vector<double> weights(cell.rows.size());
    std::size_t bounded = 0;
    Total<Weight> infinite = 0;
    for (std::size_t i = 0; i < cell.rows.size(); ++i) {
        widths[bounded] = widths_[cell.rows[i]];
        weights[bounded] = static_cast<double>(cell.weights[i]);
        if (std::isinf(widths[bounded])) infinite += cell.weights[i];
        bounded += std::isfinite(widths[bounded]) ? 1 : 0;
    }
    widths.resize(bounded);
    weights.resize(bounded);
    set_count(summary.n_infinite, infinite);
    summary.infinite = share(infinite, cell.replicates);
    (is_ratio_ ? summary.mean_log_width : summary.mean_width) =
        mean_of({widths, weights, weight_kind<Weight>});

    const WeightedQuantiles<Weight> quantiles(ranked_widths_, cell);
    summary.width_q05 = quantiles.quantile(0.05);
    summary.width_q25 = quantiles.quantile(0.25);
    summary.width_q50 = quantiles.quantile(0.50);
    summary.width_q75 = quantiles.quantile(0.75);
    summary.width_q95 = quantiles.quantile(0.95);
}

template IntervalSummary IntervalColumn::summarise(const WeightedRows<std::int64_t>&, double) const;
template IntervalSummary IntervalColumn::summarise(const WeightedRows<double>&, double) const;

}  // namespace rsasim::summary
