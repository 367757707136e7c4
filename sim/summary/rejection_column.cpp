#include "rejection_column.hpp"

#include "fragility_column.hpp"

#include <cmath>

#include <rsasim/design/near_truth.hpp>
#include <rsasim/summary/performance.hpp>

namespace rsasim::summary {
namespace {

/// Values with their weights, some of them left out.
template <class Weight>
struct Kept {
    std::vector<double> values;
    std::vector<double> weights;
    Total<Weight> total = 0;

    void add(double value, Weight weight) {
        values.push_back(value);
        weights.push_back(static_cast<double>(weight));
        total += weight;
    }
    [[nodiscard]] Figure mean() const { return mean_of({values, weights, weight_kind<Weight>}); }
};

/// A share of the replicates that reject: undefined where none does.
template <class Sum>
Figure share_of_rejecting(Sum part, Sum rejecting) {
    return rejecting > 0 ? share(part, rejecting) : Figure{};
}

}  // namespace

std::vector<double> log_odds_ratios(const analysis::Judgement& judgement) {
    std::vector<double> estimates;
    estimates.reserve(judgement.tables().size());
    for (const auto& [treated, control] : judgement.tables()) {
        const auto cross = [](std::int64_t a, std::int64_t b) {
            return static_cast<double>(a) * static_cast<double>(b);
        };
        estimates.push_back(std::log(cross(treated.events, control.non_events()) /
                                     cross(control.events, treated.non_events())));
    }
    return estimates;
}

RejectionColumn::RejectionColumn(const analysis::Judgement& judgement, std::size_t test,
                                 const std::vector<double>& estimates)
    : judgement_(judgement),
      test_(test),
      estimates_(estimates),
      fragility_(fragility_column(judgement, test)),
      ranked_fragility_(fragility_) {}

template <class Weight>
void RejectionColumn::summarise(const WeightedRows<Weight>& cell, const design::Design& design,
                                TestSummary& summary) const {
    add_estimates(cell, design, summary);
    if (!fragility_.empty()) add_fragility(cell, summary);
}

template <class Weight>
void RejectionColumn::add_estimates(const WeightedRows<Weight>& cell, const design::Design& design,
                                    TestSummary& summary) const {
    const double truth = std::log(design.truth(design::Measure::odds_ratio));
    const double side = design.rates().treated > design.rates().control ? 1 : -1;
    Kept<Weight> exaggeration;
    Total<Weight> rejecting = 0;
    Total<Weight> wrong_side = 0;
    for (std::size_t i = 0; i < cell.rows.size(); ++i) {
        const std::size_t row = cell.rows[i];
        if (!judgement_.rejects(test_, row)) continue;
        rejecting += cell.weights[i];
        const double estimate = estimates_[row];
        if (std::isfinite(estimate)) {
            exaggeration.add(std::abs(estimate) / std::abs(truth), cell.weights[i]);
        }
        if (estimate * side < 0) wrong_side += cell.weights[i];
    }
    set_count(summary.n_reject_finite, exaggeration.total);
    summary.reject_finite = share_of_rejecting(exaggeration.total, rejecting);
    if (design.is_null() || design::are_equal(design.rates())) return;
    set_count(summary.n_reject_wrong_side, wrong_side);
    summary.sign_error = share_of_rejecting(wrong_side, rejecting);
    if (std::isfinite(truth)) summary.exaggeration_ratio = exaggeration.mean();
}

template <class Weight>
void RejectionColumn::add_fragility(const WeightedRows<Weight>& cell, TestSummary& summary) const {
    Kept<Weight> fragile;
    Total<Weight> rejecting = 0;
    for (std::size_t i = 0; i < cell.rows.size(); ++i) {
        const double index = fragility_[cell.rows[i]];
        if (std::isnan(index)) continue;
        rejecting += cell.weights[i];
        if (std::isfinite(index)) fragile.add(index, cell.weights[i]);
    }
    set_count(summary.n_fragile, fragile.total);
    summary.fragile = share_of_rejecting(fragile.total, rejecting);
    summary.fragility_mean = fragile.mean();
    summary.fragility_median = WeightedQuantiles<Weight>(ranked_fragility_, cell).quantile(0.5);
}

template void RejectionColumn::summarise(const WeightedRows<std::int64_t>&, const design::Design&,
                                         TestSummary&) const;
template void RejectionColumn::summarise(const WeightedRows<double>&, const design::Design&,
                                         TestSummary&) const;

}  // namespace rsasim::summary
