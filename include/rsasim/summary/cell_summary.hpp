#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include <rsasim/analysis/judgement.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/tally/table_rows.hpp>

namespace rsasim::summary {

/// A number with its Monte Carlo standard error: 0 under enumeration, NaN where undefined.
struct Figure {
    double value = std::numeric_limits<double>::quiet_NaN();
    double mcse = std::numeric_limits<double>::quiet_NaN();
};

/// Operating characteristics of a test. Counts are 0 under enumeration.
struct TestSummary {
    std::int64_t n_reject = 0;
    std::int64_t n_reject_favourable = 0;
    std::int64_t n_evaluable = 0;
    Figure power;             ///< rejections over all replicates
    Figure power_favourable;  ///< rejected and the estimate on the favourable side
    Figure evaluable;         ///< share of replicates with a P-value

    // The rest is over the replicates that reject. Estimates are sample log odds ratios.
    std::int64_t n_reject_finite = 0;
    std::int64_t n_reject_wrong_side = 0;
    std::int64_t n_fragile = 0;
    /// Mean of |estimate| / |truth| over the finite estimates: by how much a significant result
    /// overstates the effect, the type M error of Gelman & Carlin 2014,
    /// doi:10.1177/1745691614551642. NaN at no effect and where the truth is infinite.
    Figure exaggeration_ratio;
    Figure reject_finite;  ///< share with a finite estimate
    /// Share with the estimate on the other side of no effect than the truth, infinite estimates
    /// too: the type S error of Gelman & Carlin 2014. NaN at no effect.
    Figure sign_error;
    /// Mean of the fragility index (see analysis::fragility_index) over those that have one.
    Figure fragility_mean;
    /// Median over all that reject, the lack of an index ranked as infinite; error as for widths.
    Figure fragility_median;
    Figure fragile;  ///< share with a fragility index
};

/// Operating characteristics of an interval. Shares are over all replicates.
struct IntervalSummary {
    std::int64_t n_cover = 0;
    std::int64_t n_miss_below = 0;
    std::int64_t n_miss_above = 0;
    std::int64_t n_infinite = 0;
    std::int64_t n_undefined = 0;
    double truth = std::numeric_limits<double>::quiet_NaN();
    Figure coverage;
    Figure miss_below;  ///< the whole interval lies below the truth
    Figure miss_above;
    Figure infinite;   ///< unbounded on the scale of analysis: log for ratios
    Figure undefined;  ///< no limits, or no truth to cover
    /// Over the bounded intervals. Ratios: log(upper) - log(lower). Differences: NaN.
    Figure mean_log_width;
    /// Over the bounded intervals. Differences: upper - lower. Ratios: NaN.
    Figure mean_width;
    /// Quantiles of the same width (log width for ratios) over all intervals that have limits, an
    /// unbounded one ranked as infinite; mcse = half the distance between the quantiles one
    /// binomial standard error below and above.
    Figure width_q05, width_q25, width_q50, width_q75, width_q95;
};

/// Performance of an estimator over its finite estimates; log scale for ratios.
/// Morris, White & Crowther 2019, table 6, doi:10.1002/sim.8086.
struct EstimatorSummary {
    std::int64_t n_finite = 0;
    std::int64_t n_infinite = 0;
    std::int64_t n_undefined = 0;
    double truth = std::numeric_limits<double>::quiet_NaN();  ///< on the measure's own scale
    Figure finite;          ///< share of replicates with a finite estimate (after the log)
    Figure mean;            ///< on the scale of analysis
    Figure bias;            ///< mean minus truth, on the scale of analysis
    Figure empirical_se;    ///< standard deviation of the estimates
    Figure model_se;        ///< root of the mean squared standard error; NaN where there is none
    Figure mse;             ///< mean squared error
    Figure model_se_error;  ///< model_se / empirical_se - 1
};

/// A table at which a test and an interval contradict each other.
struct Contradiction {
    std::size_t row = 0;  ///< of the cell's tables
    analysis::Agreement kind = analysis::Agreement::reject_but_covers_null;
    bool operator==(const Contradiction&) const = default;
};

/// How often a test and an interval contradict each other about the null.
struct PairSummary {
    std::int64_t n_reject_but_covers_null = 0;
    std::int64_t n_accept_but_excludes_null = 0;
    std::int64_t n_pair_undefined = 0;
    Figure reject_but_covers_null;
    Figure accept_but_excludes_null;
};

/// Two tests on the same trials, a before b in the plan: the difference of their powers, paired.
struct TestPairSummary {
    std::int64_t n_a_not_b = 0;
    std::int64_t n_b_not_a = 0;
    Figure a_not_b;
    Figure b_not_a;
    Figure power_difference;  ///< power of a minus power of b
};

/// What a patient-level method said, over all replicates; see analysis::Status.
struct AnalysisSummary {
    std::int64_t n_ok = 0;
    std::int64_t n_degenerate = 0;
    std::int64_t n_no_answer = 0;  ///< the status `undefined`
    std::int64_t n_not_converged = 0;
    std::int64_t n_too_large = 0;
    std::int64_t n_separated = 0;
    std::int64_t n_collinear = 0;
    std::int64_t n_not_defined = 0;
    Figure ok;                        ///< share
    double truth_standard_error = 0;  ///< of the truth's quasi-Monte Carlo integration
};

/// A number that describes each trial: imbalance, women screened, ...
struct CharacteristicSummary {
    std::int64_t n_with_value = 0;
    Figure mean_value;
    Figure sd_value;
};

/// Power of a patient-level test with a test of the table as control variate.
struct ControlledSummary {
    Figure power;
    Figure variance_reduction;  ///< plain mcse^2 / controlled mcse^2; its error unknown: NaN
    double coefficient = std::numeric_limits<double>::quiet_NaN();
    double control_power = std::numeric_limits<double>::quiet_NaN();  ///< exact
    std::int64_t control_test = -1;  ///< place in the list of tests; -1: no control
};

/// Everything that is reported about a cell. Lists in the order of the plan; test_pairs holds
/// (0,1), (0,2), ..., (1,2), ...
struct CellSummary {
    std::vector<TestSummary> tests;
    std::vector<IntervalSummary> intervals;
    std::vector<EstimatorSummary> estimators;
    std::vector<PairSummary> pairs;
    std::vector<TestPairSummary> test_pairs;
    std::vector<AnalysisSummary> analyses;               ///< of each patient-level method
    std::vector<CharacteristicSummary> characteristics;  ///< of patient-level trials
    std::vector<ControlledSummary> controlled;  ///< of each patient-level test, where it applies
    std::vector<std::vector<Contradiction>> contradictions;  ///< of each pair, sorted by row
};

/// Operating characteristics from simulated tables; every table is in `judgement`.
CellSummary summarise(const design::Design& design, const tally::TableCounts& tables,
                      const analysis::Judgement& judgement);

/// The same, exactly, from all tables with their probabilities: every mcse is 0.
CellSummary summarise(const design::Design& design, const tally::TableProbabilities& tables,
                      const analysis::Judgement& judgement);

}  // namespace rsasim::summary
