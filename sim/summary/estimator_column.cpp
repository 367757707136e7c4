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
    Total<Weight> infinite = 0;
    Total<Weight> undefined = 0;

    FiniteEstimates(const WeightedRows<Weight>& cell, const std::vector<double>& all_values,
                    const std::vector<double>& all_errors) {
        resize(cell.rows.size());
        std::size_t finite = 0;
        for (std::size_t i = 0; i < cell.rows.size(); ++i) {
            values[finite] = all_values[cell.rows[i]];
            standard_errors[finite] = all_errors[cell.rows[i]];
            weights[finite] = static_cast<double>(cell.weights[i]);
            if (std::isfinite(values[finite])) {
                ++finite;
            } else {
                (std::isinf(values[finite]) ? infinite : undefined) += cell.weights[i];
            }
        }
        resize(finite);
    }

  private:
    void resize(std::size_t size) {
        values.resize(size);
        standard_errors.resize(size);
        weights.resize(size);
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
    const FiniteEstimates<Weight> kept(cell, estimates_, standard_errors_);
    const Total<Weight> finite = cell.total - kept.infinite - kept.undefined;
    const Performance found =
        performance({kept.values, kept.weights, weight_kind<Weight>}, kept.standard_errors,
                    on_scale_of_analysis(truth, is_ratio_));
    EstimatorSummary summary;
    set_count(summary.n_finite, finite);
    set_count(summary.n_infinite, kept.infinite);
    set_count(summary.n_undefined, kept.undefined);
    summary.truth = truth;
    summary.finite = share(finite, cell.replicates);
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
