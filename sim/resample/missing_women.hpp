#pragma once

#include "arm_model.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <rsasim/random/philox.hpp>
#include <rsasim/resample/resampling.hpp>

namespace rsasim::resample {

/// One replicate's missing outcomes: who they are, each arm's model, and their draws.
class MissingWomen {
  public:
    MissingWomen(std::size_t most_women, std::size_t features, const ImputationPlan& plan);

    /// Looks at `lane`. The status is of the models of arms with missing women.
    analysis::FitStatus learn(const design::PatientColumns& columns, std::size_t lane);
    [[nodiscard]] bool is_empty() const { return places_.empty(); }
    /// Writes imputation 0, 1, ... (in this order) of the missing outcomes.
    void impute(const design::PatientColumns& columns, const DrawPlace& place,
                std::int64_t imputation, double* outcome);

  private:
    struct Arm {
        ArmModel model;
        double delta;
        bool has_missing = false;
    };

    std::array<Arm, 2> arms_;  ///< control, treated
    std::size_t lane_ = 0;
    std::vector<std::size_t> places_;    ///< of the missing women in the columns
    std::vector<random::Block> blocks_;  ///< words of four imputations for each of them
};

}  // namespace rsasim::resample
