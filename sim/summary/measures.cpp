#include <array>

#include <rsasim/summary/measures.hpp>

namespace rsasim::summary {
namespace {

template <class Summary, class Member>
constexpr Measure<Summary> row(std::string_view name, Member Summary::*member,
                               std::string_view long_name, std::string_view formula) {
    return {name, name, long_name, formula, member};
}

/// A row whose plain name another kind of summary uses too.
template <class Summary, class Member>
constexpr Measure<Summary> row_stored_as(std::string_view dataset, std::string_view name,
                                         Member Summary::*member, std::string_view long_name,
                                         std::string_view formula) {
    return {name, dataset, long_name, formula, member};
}

using T = TestSummary;
constexpr std::array of_tests{
    row("n_reject", &T::n_reject, "replicates that reject the null", "#{P <= alpha}"),
    row("n_reject_favourable", &T::n_reject_favourable,
        "replicates that reject the null with the estimate on the favourable side",
        "#{P <= alpha, estimate favourable}"),
    row("n_evaluable", &T::n_evaluable, "replicates with a P-value", "#{P exists}"),
    row("power", &T::power, "share of replicates that reject the null", "n_reject / replicates"),
    row("power_favourable", &T::power_favourable,
        "share of replicates that reject the null with the estimate on the favourable side",
        "n_reject_favourable / replicates"),
    row("evaluable", &T::evaluable, "share of replicates with a P-value",
        "n_evaluable / replicates"),
    row("n_reject_finite", &T::n_reject_finite,
        "replicates that reject and have a finite sample log odds ratio",
        "#{P <= alpha, estimate finite}"),
    row("n_reject_wrong_side", &T::n_reject_wrong_side,
        "replicates that reject with the estimate on the other side of no effect than the truth; 0 "
        "at no effect",
        "#{P <= alpha, estimate * truth < 0}"),
    row("n_fragile", &T::n_fragile, "replicates that reject and have a fragility index",
        "#{P <= alpha, index exists}"),
    row("exaggeration_ratio", &T::exaggeration_ratio,
        "type M error: mean exaggeration of the log odds ratio over the replicates that reject",
        "mean of |estimate| / |truth| over n_reject_finite"),
    row("reject_finite", &T::reject_finite,
        "share of the replicates that reject with a finite sample log odds ratio",
        "n_reject_finite / n_reject"),
    row("sign_error", &T::sign_error,
        "type S error: share of the replicates that reject with the estimate on the wrong side",
        "n_reject_wrong_side / n_reject"),
    row("fragility_mean", &T::fragility_mean,
        "mean fragility index of the replicates that reject and have one",
        "mean over n_fragile of the least number of non-events to make events in the arm with "
        "fewer events until the test accepts"),
    row("fragility_median", &T::fragility_median,
        "median fragility index of the replicates that reject, none ranked as infinite",
        "50 % quantile over n_reject"),
    row("fragile", &T::fragile, "share of the replicates that reject that have a fragility index",
        "n_fragile / n_reject"),
};

using I = IntervalSummary;
constexpr std::string_view width_formula =
    "quantile of log(upper) - log(lower) for ratios, of upper - lower for differences, an "
    "unbounded interval ranked as infinite";
constexpr std::array of_intervals{
    row("n_cover", &I::n_cover, "replicates whose interval contains the truth",
        "#{lower <= truth <= upper}"),
    row("n_miss_below", &I::n_miss_below, "replicates whose whole interval lies below the truth",
        "#{upper < truth}"),
    row("n_miss_above", &I::n_miss_above, "replicates whose whole interval lies above the truth",
        "#{lower > truth}"),
    row("n_infinite", &I::n_infinite,
        "replicates whose interval is unbounded on the scale of analysis (log for ratios)",
        "#{width infinite}"),
    row("n_undefined", &I::n_undefined, "replicates without limits, or without a truth to cover",
        "replicates - n_cover - n_miss_below - n_miss_above"),
    row("truth", &I::truth, "true effect that the interval should contain",
        "effect implied by the rates of the arms"),
    row("coverage", &I::coverage, "share of replicates whose interval contains the truth",
        "n_cover / replicates"),
    row("miss_below", &I::miss_below,
        "share of replicates whose whole interval lies below the truth",
        "n_miss_below / replicates"),
    row("miss_above", &I::miss_above,
        "share of replicates whose whole interval lies above the truth",
        "n_miss_above / replicates"),
    row("infinite", &I::infinite, "share of replicates whose interval is unbounded",
        "n_infinite / replicates"),
    row("undefined", &I::undefined,
        "share of replicates without limits, or without a truth to cover",
        "n_undefined / replicates"),
    row("mean_log_width", &I::mean_log_width, "mean width of the bounded intervals of a ratio",
        "mean of log(upper) - log(lower)"),
    row("mean_width", &I::mean_width, "mean width of the bounded intervals of a difference",
        "mean of upper - lower"),
    row("width_q05", &I::width_q05, "5 % quantile of the interval width", width_formula),
    row("width_q25", &I::width_q25, "25 % quantile of the interval width", width_formula),
    row("width_q50", &I::width_q50, "median of the interval width", width_formula),
    row("width_q75", &I::width_q75, "75 % quantile of the interval width", width_formula),
    row("width_q95", &I::width_q95, "95 % quantile of the interval width", width_formula),
};

using E = EstimatorSummary;
constexpr std::array of_estimators{
    row("n_finite", &E::n_finite, "replicates with a finite estimate (log scale for ratios)",
        "#{estimate finite}"),
    row_stored_as("n_infinite_estimates", "n_infinite", &E::n_infinite,
                  "replicates with an infinite estimate (log scale for ratios)",
                  "#{estimate infinite}"),
    row_stored_as("n_undefined_estimates", "n_undefined", &E::n_undefined,
                  "replicates without an estimate", "replicates - n_finite - n_infinite"),
    row_stored_as("estimator_truth", "truth", &E::truth, "true effect that is estimated",
                  "effect implied by the rates of the arms"),
    row("finite", &E::finite, "share of replicates with a finite estimate",
        "n_finite / replicates"),
    row("mean", &E::mean, "mean of the finite estimates (log scale for ratios)",
        "sum(e) / n_finite"),
    row("bias", &E::bias, "bias of the finite estimates (log scale for ratios)", "mean - truth"),
    row("empirical_se", &E::empirical_se, "standard deviation of the finite estimates",
        "sqrt(sum((e - mean)^2) / (n_finite - 1)); population form under enumeration"),
    row("model_se", &E::model_se, "root mean square of the standard errors", "sqrt(mean(se^2))"),
    row("mse", &E::mse, "mean squared error of the finite estimates",
        "sum((e - truth)^2) / n_finite"),
    row("model_se_error", &E::model_se_error, "relative error of the standard errors",
        "model_se / empirical_se - 1"),
};

using P = PairSummary;
constexpr std::array of_pairs{
    row("n_reject_but_covers_null", &P::n_reject_but_covers_null,
        "replicates where the test rejects and the interval contains no effect",
        "#{P <= alpha, interval contains the null}"),
    row("n_accept_but_excludes_null", &P::n_accept_but_excludes_null,
        "replicates where the test accepts and the interval excludes no effect",
        "#{P > alpha, interval excludes the null}"),
    row("n_pair_undefined", &P::n_pair_undefined,
        "replicates where test and interval cannot be compared",
        "#{no limits, or a one-sided plan and a test that is not central}"),
    row("reject_but_covers_null", &P::reject_but_covers_null,
        "share of replicates where the test rejects and the interval contains no effect",
        "n_reject_but_covers_null / replicates"),
    row("accept_but_excludes_null", &P::accept_but_excludes_null,
        "share of replicates where the test accepts and the interval excludes no effect",
        "n_accept_but_excludes_null / replicates"),
};

using D = TestPairSummary;
constexpr std::array of_test_pairs{
    row("n_a_not_b", &D::n_a_not_b, "replicates where only the first test rejects",
        "#{a rejects, b does not}"),
    row("n_b_not_a", &D::n_b_not_a, "replicates where only the second test rejects",
        "#{b rejects, a does not}"),
    row("a_not_b", &D::a_not_b, "share of replicates where only the first test rejects",
        "n_a_not_b / replicates"),
    row("b_not_a", &D::b_not_a, "share of replicates where only the second test rejects",
        "n_b_not_a / replicates"),
    row("power_difference", &D::power_difference,
        "power of the first test minus power of the second, on the same trials",
        "a_not_b - b_not_a"),
};

using A = AnalysisSummary;
constexpr std::array of_analyses{
    row("n_ok", &A::n_ok, "replicates with an answer", "#{status ok}"),
    row("n_degenerate", &A::n_degenerate,
        "replicates with an answer at the edge of its scale, some with a P-value and limits",
        "#{status degenerate}"),
    row("n_no_answer", &A::n_no_answer, "replicates without an answer", "#{status undefined}"),
    row("n_not_converged", &A::n_not_converged, "replicates where the iteration did not converge",
        "#{status not_converged}"),
    row("n_too_large", &A::n_too_large, "replicates too large for the method",
        "#{status too_large}"),
    row("n_separated", &A::n_separated, "replicates whose outcome the columns separate",
        "#{status separated}"),
    row("n_collinear", &A::n_collinear, "replicates with a constant or dependent column",
        "#{status collinear}"),
    row("n_not_defined", &A::n_not_defined, "replicates for which the method has no definition",
        "#{status not_defined}"),
    row("ok", &A::ok, "share of replicates with an answer", "n_ok / replicates"),
    row("truth_standard_error", &A::truth_standard_error,
        "standard error of the truth, 0 where it was found by quadrature or sums",
        "of the mean over randomised quasi-Monte Carlo scramblings"),
};

using C = CharacteristicSummary;
constexpr std::array of_characteristics{
    row("n_with_value", &C::n_with_value, "replicates that have the number", "#{value exists}"),
    row("mean_value", &C::mean_value, "mean over the trials", "sum(x) / n_with_value"),
    row("sd_value", &C::sd_value, "standard deviation over the trials",
        "sqrt(sum((x - mean)^2) / (n_with_value - 1))"),
};

using V = ControlledSummary;
constexpr std::array of_controlled{
    row_stored_as("controlled_power", "power", &V::power,
                  "power with a test of the table as control variate",
                  "p - coefficient (p_control - control_power), replicates after the pilot"),
    row("variance_reduction", &V::variance_reduction,
        "squared error of the plain power, from all replicates, over that with control",
        "power_mcse^2 / controlled_power_mcse^2"),
    row("coefficient", &V::coefficient, "coefficient of the control variate, from the pilot",
        "cov(test, control) / var(control)"),
    row("control_power", &V::control_power, "exact power of the control test",
        "enumeration over tables and arm sizes"),
    row("control_test", &V::control_test, "place of the control in the list of tests, from 0",
        "largest correlation with the test in the pilot; -1: none"),
};

}  // namespace

template <>
std::span<const Measure<TestSummary>> measures<TestSummary>() {
    return of_tests;
}

template <>
std::span<const Measure<IntervalSummary>> measures<IntervalSummary>() {
    return of_intervals;
}

template <>
std::span<const Measure<EstimatorSummary>> measures<EstimatorSummary>() {
    return of_estimators;
}

template <>
std::span<const Measure<PairSummary>> measures<PairSummary>() {
    return of_pairs;
}

template <>
std::span<const Measure<TestPairSummary>> measures<TestPairSummary>() {
    return of_test_pairs;
}

template <>
std::span<const Measure<AnalysisSummary>> measures<AnalysisSummary>() {
    return of_analyses;
}

template <>
std::span<const Measure<CharacteristicSummary>> measures<CharacteristicSummary>() {
    return of_characteristics;
}

template <>
std::span<const Measure<ControlledSummary>> measures<ControlledSummary>() {
    return of_controlled;
}

}  // namespace rsasim::summary
