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

/// Proper multiple imputation of the women of weight 0, separately in each arm: Beta(x + 1/2, n - x
/// + 1/2) draws of the rate without adjusting features; with them, normal draws of a logistic
/// regression's coefficients around the estimate with Jeffreys' penalty. The choices' analyses of
/// the completed data are pooled by Rubin's rules; choices that are not pooled get `not_defined`.
std::unique_ptr<ResamplingAnalysis> prepare_imputation(
    std::span<const design::PatientChoice> choices, const analysis::PatientSetting& setting,
    const ImputationPlan& plan);

/// Re-randomisation test: draws the allocation anew by the trial's own rule; P = (1 + draws whose
/// |difference of rates| is at least the observed one) / (1 + draws).
std::unique_ptr<ResamplingAnalysis> prepare_rerandomisation(
    std::span<const design::PatientChoice> choices, const analysis::PatientSetting& setting,
    const design::Design& design);

}  // namespace rsasim::resample
