#include "patient_columns.hpp"

#include "undefined.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/summary/performance.hpp>

namespace rsasim::summary {
namespace {

Figure figure(double value, double mcse) {
    if (std::isnan(value)) return {};
    return {value, mcse};
}

/// The truth on the scale of analysis.
double scaled_truth(const tally::TalliedMethod& method) {
    return method.is_ratio ? std::log(method.truth) : method.truth;
}

/// The middle of the bin in which the share of all counts is reached.
double binned_quantile(std::span<const std::int64_t> bins, std::int64_t total, double share) {
    const double target = std::max(std::clamp(share, 0.0, 1.0) * static_cast<double>(total), 1.0);
    std::int64_t sum = 0;
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
        sum += bins[bin];
        if (static_cast<double>(sum) >= target) return tally::WidthBins::width_at(bin);
    }
    return undefined;
}

}  // namespace

double MomentFigures::mean_value() const {
    return n_ > 0 ? static_cast<double>(moments_.sum / n_) : undefined;
}

double MomentFigures::variance() const {
    if (!(n_ > 1)) return undefined;
    const long double about_mean = moments_.sum_of_squares - moments_.sum * moments_.sum / n_;
    return std::max(static_cast<double>(about_mean / (n_ - 1)), 0.0);
}

Figure MomentFigures::mean() const {
    return figure(mean_value(), std::sqrt(variance() / n_));
}

Figure MomentFigures::standard_deviation() const {
    const double sd = std::sqrt(variance());
    return figure(sd, sd / std::sqrt(2 * (n_ - 1)));
}

TestSummary MethodFigures::test(std::size_t method, std::size_t test) const {
    const auto& places = state_.layout->places(method);
    const auto& tallied = state_.layout->methods()[method];
    TestSummary summary = decision(test);
    summary.n_evaluable = word(places.evaluable);
    summary.evaluable = proportion(summary.n_evaluable, trials());
    if (tallied.is_two_sided) {
        summary.power_favourable = {};
    } else {
        summary.n_reject_favourable = word(places.reject_favourable);
        summary.power_favourable = proportion(summary.n_reject_favourable, trials());
    }
    if (!tallied.weighs_effect) return summary;
    summary.n_reject_finite = word(places.reject_finite);
    summary.reject_finite = proportion(summary.n_reject_finite, summary.n_reject);
    if (tallied.is_null || std::isnan(tallied.truth) || summary.n_reject == 0) return summary;
    summary.n_reject_wrong_side = word(places.wrong_side);
    summary.sign_error = proportion(summary.n_reject_wrong_side, summary.n_reject);
    if (tallied.origin != 0) {
        summary.exaggeration_ratio =
            MomentFigures(state_.words, places.exaggeration, summary.n_reject_finite).mean();
    }
    return summary;
}

TestSummary MethodFigures::decision(std::size_t test) const {
    TestSummary summary;
    summary.n_reject = word(state_.layout->both(test, test));
    summary.power = proportion(summary.n_reject, trials());
    return summary;
}

IntervalSummary MethodFigures::interval(std::size_t method) const {
    const auto& places = state_.layout->places(method);
    IntervalSummary summary;
    summary.truth = state_.layout->methods()[method].truth;
    summary.n_cover = word(places.cover);
    summary.n_miss_below = word(places.miss_below);
    summary.n_miss_above = word(places.miss_above);
    summary.n_infinite = word(places.infinite);
    summary.n_undefined = word(places.undefined);
    if (!std::isnan(summary.truth)) {
        summary.coverage = proportion(summary.n_cover, trials());
        summary.miss_below = proportion(summary.n_miss_below, trials());
        summary.miss_above = proportion(summary.n_miss_above, trials());
    }
    summary.infinite = proportion(summary.n_infinite, trials());
    summary.undefined = proportion(summary.n_undefined, trials());
    const MomentFigures widths(state_.words, places.width, word(places.bounded));
    (state_.layout->methods()[method].is_ratio ? summary.mean_log_width : summary.mean_width) =
        widths.mean();
    summary.width_q05 = width_quantile(method, 0.05);
    summary.width_q25 = width_quantile(method, 0.25);
    summary.width_q50 = width_quantile(method, 0.50);
    summary.width_q75 = width_quantile(method, 0.75);
    summary.width_q95 = width_quantile(method, 0.95);
    return summary;
}

Figure MethodFigures::width_quantile(std::size_t method, double share) const {
    const auto& places = state_.layout->places(method);
    const auto bins = state_.words.subspan(places.width_bins, tally::WidthBins::bins);
    const std::int64_t total = word(places.bounded) + word(places.infinite);
    if (total == 0) return {};
    const double error = std::sqrt(share * (1 - share) / static_cast<double>(total));
    const double distance =
        binned_quantile(bins, total, share + error) - binned_quantile(bins, total, share - error);
    return {binned_quantile(bins, total, share),
            total > 1 && std::isfinite(distance) ? distance / 2 : undefined};
}

EstimatorSummary MethodFigures::estimator(std::size_t method) const {
    const auto& places = state_.layout->places(method);
    const auto& tallied = state_.layout->methods()[method];
    EstimatorSummary summary;
    summary.truth = tallied.truth;
    summary.n_finite = word(places.finite);
    summary.n_infinite = word(places.infinite_estimates) + word(places.overflow);
    summary.n_undefined = word(places.undefined_estimates);
    summary.finite = proportion(summary.n_finite, trials());
    const MomentFigures errors(state_.words, places.error, summary.n_finite);
    summary.mean = errors.mean();
    summary.mean.value += tallied.origin;
    summary.empirical_se = errors.standard_deviation();
    if (std::isfinite(scaled_truth(tallied))) {
        summary.bias = errors.mean();
        summary.mse = MomentFigures(state_.words, places.squared_error, summary.n_finite).mean();
    }
    const MomentFigures variances(state_.words, places.variance, word(places.with_se));
    const double mean_square = variances.mean_value();
    const double relative = variances.variance() / (4 * static_cast<double>(word(places.with_se)) *
                                                    mean_square * mean_square);
    const double model_se = std::sqrt(mean_square);
    summary.model_se = figure(model_se, model_se * std::sqrt(relative));
    const double ratio = model_se / summary.empirical_se.value;
    if (!std::isfinite(ratio)) return summary;
    const double freedom = static_cast<double>(summary.n_finite) - 1;
    summary.model_se_error = figure(ratio - 1, ratio * std::sqrt(relative + 1 / (2 * freedom)));
    return summary;
}

PairSummary MethodFigures::pair(std::size_t pair) const {
    const auto& places = state_.layout->pairs()[pair];
    PairSummary summary;
    summary.n_reject_but_covers_null = word(places.reject_but_covers_null);
    summary.n_accept_but_excludes_null = word(places.accept_but_excludes_null);
    summary.n_pair_undefined = word(places.undefined);
    summary.reject_but_covers_null = proportion(summary.n_reject_but_covers_null, trials());
    summary.accept_but_excludes_null = proportion(summary.n_accept_but_excludes_null, trials());
    return summary;
}

AnalysisSummary MethodFigures::analysis(std::size_t method) const {
    const auto status = [&](analysis::Status which) {
        return word(state_.layout->places(method).statuses + static_cast<std::size_t>(which));
    };
    AnalysisSummary summary;
    using analysis::Status;
    summary.n_ok = status(Status::ok);
    summary.n_degenerate = status(Status::degenerate);
    summary.n_no_answer = status(Status::undefined);
    summary.n_not_converged = status(Status::not_converged);
    summary.n_too_large = status(Status::too_large);
    summary.n_separated = status(Status::separated);
    summary.n_collinear = status(Status::collinear);
    summary.n_not_defined = status(Status::not_defined);
    summary.ok = proportion(summary.n_ok, trials());
    // Women of an incomplete result whose model was not solved for have no replicates either.
    if (const auto* truth = state_.layout->design().patient_truth()) {
        summary.truth_standard_error =
            truth->methods[method - state_.layout->table_methods()].standard_error;
    }
    return summary;
}

}  // namespace rsasim::summary
