#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include <rsasim/analysis/patient_methods.hpp>
#include <rsasim/design/design.hpp>
#include <rsasim/random/stream_key.hpp>
#include <rsasim/replicate/allocation_scheme.hpp>

namespace rsasim::resample {

/// Where the draws of an analysis come from: replicates first, first + 1, ... in lanes 0, 1, ...
struct DrawPlace {
    random::StreamKey key;
    std::int64_t first_replicate = 0;
};

/// An analysis that draws. Owns its working memory; one per thread.
class ResamplingAnalysis {
  public:
    ResamplingAnalysis() = default;
    ResamplingAnalysis(const ResamplingAnalysis&) = delete;
    ResamplingAnalysis& operator=(const ResamplingAnalysis&) = delete;
    ResamplingAnalysis(ResamplingAnalysis&&) = delete;
    ResamplingAnalysis& operator=(ResamplingAnalysis&&) = delete;
    virtual ~ResamplingAnalysis() = default;

    /// As PatientAnalysis::analyse.
    virtual void analyse(const design::PatientColumns& columns, const DrawPlace& place,
                         std::span<analysis::Finding> findings) = 0;
};

/// How missing outcomes are imputed.
struct ImputationPlan {
    std::int64_t imputations = 20;
    double delta_treated = 0;  ///< added to the log odds of imputed outcomes
    double delta_control = 0;
};

/// Proper multiple imputation of the outcomes that `columns.missing` marks (women of weight 0),
/// separately in each arm, from the women of the arm who have a weight: x events of n.
///
/// * Without adjusting features the rate is drawn from Beta(x + 1/2, n - x + 1/2).
/// * With them, the coefficients of a logistic regression (intercept, features) are drawn from N(b,
///   I^-1), b the estimate with Jeffreys' penalty (Firth 1993) and I the information there.
///
/// Each missing outcome is then a draw with the woman's own probability, its log odds moved by the
/// arm's delta. The choices' analyses of the completed data are pooled by Rubin's rules; complete
/// degrees of freedom are the women less the coefficients (of a stratified odds ratio: the strata
/// and arm).
///
/// | a trial                                                    | gets                         |
/// | ---------------------------------------------------------- | ---------------------------- |
/// | without missing outcomes                                   | the complete analysis itself |
/// | where the features of an arm with missing women are        | `collinear`                  |
/// | collinear among its observed women                         |                              |
/// | with an imputed data set whose estimate is not finite      | `undefined`                  |
///
/// Choices that are not pooled get `not_defined`. Draws have the addresses (Purpose::imputation,
/// replicate, woman, imputation / 4), and those of the coefficients the highest positions, so that
/// a replicate is imputed alike in any lane. Tested against moments computed in R, and by coverage.
std::unique_ptr<ResamplingAnalysis> prepare_imputation(
    std::span<const design::PatientChoice> choices, const analysis::PatientSetting& setting,
    const ImputationPlan& plan);

/// Re-randomisation test: draws the allocation anew by the trial's own rule; P = (1 + draws whose
/// |difference of rates| is at least the observed one) / (1 + draws).
std::unique_ptr<ResamplingAnalysis> prepare_rerandomisation(
    std::span<const design::PatientChoice> choices, const analysis::PatientSetting& setting,
    const design::Design& design);

}  // namespace rsasim::resample
