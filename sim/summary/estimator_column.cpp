#include "estimator_column.hpp"

#include <cmath>

#include <rsasim/summary/performance.hpp>

namespace rsasim::summary {
namespace {

/// The finite estimates of a cell, and the weight of the others.
template <class Weight>
struct FiniteEstimates {
    std::vector<double> values;
    std::vector<double> standard_errors;
    std::vector<double> weights;
    Total<Weight> finite = 0;
    Total<Weight> infinite = 0;
    Total<Weight> undefined = 0;

    explicit FiniteEstimates(std::size_t most) {
        values.reserve(most);
        standard_errors.reserve(most);
        weights.reserve(most);
    }

    void add(double value, double standard_error, Weight weight) {
        if (std::isfinite(value)) {
            values.push_back(value);
            standard_errors.push_back(standard_error);
            weights.push_back(static_cast<double>(weight));
            finite += weight;
        } else {
            (std::isinf(value) ? infinite : undefined) += weight;
        }
    }
};

double on_scale_of_analysis(double effect, bool is_ratio) {
    return is_ratio ? std::log(effect) : effect;
}

}  // namespace

EstimatorColumn::EstimatorColumn(const analysis::Judgement& judgement, std::size_t estimator)
    : is_ratio_(design::is_ratio(judgement.plan().estimators[estimator].measure)) {
    const std::size_t rows = judgement.tables().size();
    estimates_.reserve(rows);
    standard_errors_.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        estimates_.push_back(on_scale_of_analysis(judgement.estimate(estimator, row), is_ratio_));
        standard_errors_.push_back(judgement.standard_error(estimator, row));
    }
}

template <class Weight>
EstimatorSummary EstimatorColumn::summarise(const WeightedRows<Weight>& cell, double truth) const {
    FiniteEstimates<Weight> kept(cell.rows.size());
    for (std::size_t i = 0; i < cell.rows.size(); ++i) {
        const std::size_t row = cell.rows[i];
        kept.add(estimates_[row], standard_errors_[row], cell.weights[i]);
    }
    const Performance found =
        performance({kept.values, kept.weights, weight_kind<Weight>}, kept.standard_errors,
                    on_scale_of_analysis(truth, is_ratio_));
    EstimatorSummary summary;
    set_count(summary.n_finite, kept.finite);
    set_count(summary.n_infinite, kept.infinite);
    set_count(summary.n_undefined, kept.undefined);
    summary.truth = truth;
    summary.finite = share(kept.finite, cell.replicates);
    summary.mean = found.mean;
    summary.bias = found.bias;
    summary.empirical_se = found.empirical_se;
    summary.model_se = found.model_se;
    summary.mse = found.mse;
    summary.model_se_error = found.model_se_error;
    return summary;
}

template EstimatorSummary EstimatorColumn::summarise(const WeightedRows<std::int64_t>&,
                                                     double) const;
template EstimatorSummary EstimatorColumn::summarise(const WeightedRows<double>&, double) const;

}  // namespace rsasim::summary
