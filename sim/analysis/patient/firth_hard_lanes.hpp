#pragma once

#include "patient/firth_fit.hpp"
#include "patient/logistic_rows.hpp"

#include <cstddef>
#include <optional>
#include <vector>

#include <rsasim/analysis/jeffreys_fit.hpp>

namespace rsasim::analysis {

/// Resolves, one by one, the lanes of penalised fits that the vector code leaves, with all second
/// derivatives and linear predictors of any size. What is found is written to the lane of a
/// FirthFit, which then is not active; a lane in which nothing was found stays as it is.
class FirthHardLanes {
  public:
    /// Memory is made at the first lane that needs it.
    explicit FirthHardLanes(std::size_t most_women) : most_women_(most_women) {}

    /// Reads a lane and finds its maximum, on which the others build. False where there is none.
    bool take(const LogisticRows& rows, std::size_t lane);
    void store_maximum(FirthFit& to) const;
    /// The maximum with the last coefficient held.
    void hold_last(double value, FirthFit& to);
    /// Where the profile of the last coefficient has fallen by `drop`, upwards or downwards
    /// (direction +1 or -1): profiles fall without end on both sides, so that a limit exists.
    void follow_profile(double direction, double drop, FirthFit& to);

  private:
    bool hold_best(double value);
    bool is_within(double value, double drop);
    [[nodiscard]] std::optional<double> limit(double direction, double drop);

    std::size_t most_women_, lane_ = 0;
    std::optional<JeffreysFit> fit_;
    std::vector<double> row_, maximum_, inside_, best_;
    double likelihood_ = 0, standard_error_ = 0;  ///< at the maximum
};

}  // namespace rsasim::analysis
