#pragma once

#include <vector>

#include <rsasim/design/design.hpp>
#include <rsasim/design/trial_batch.hpp>

namespace rsasim::replicate {

/// Turns a batch of trials into what the analyses of each set of the plan see. Owns the memory of
/// the columns it makes. One per thread.
class AnalysisColumns {
  public:
    explicit AnalysisColumns(const design::Design& design);

    /// Takes the batch; the columns refer to it and to this object until the next call.
    void take(const design::TrialBatch& batch);
    /// What set `set` of the plan sees. For multiple imputation: the women whose outcome is known
    /// have it, the others the weight 0.
    [[nodiscard]] const design::PatientColumns& of_set(std::size_t set) const;

  private:
    void take_stratum(const design::TrialBatch& batch);
    void take_set(std::size_t index, const design::TrialBatch& batch);
    void weigh(std::size_t index, const design::TrialBatch& batch);
    void take_missing(std::size_t index, const design::TrialBatch& batch);

    const design::PatientModel* model_;
    const design::PatientPlan* plan_;
    std::vector<design::Column> adjust_;
    design::Column interaction_, stratum_, level_, biomarker_weight_;
    std::vector<const double*> adjust_columns_;  ///< in `adjust_`, or of the batch itself
    const double* interaction_column_ = nullptr;
    const double* stratum_column_ = nullptr;
    std::vector<design::Column> outcomes_, weights_, missing_;  ///< by set
    std::vector<design::PatientColumns> columns_;               ///< by set
};

}  // namespace rsasim::replicate
