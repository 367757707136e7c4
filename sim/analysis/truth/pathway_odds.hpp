#pragma once

#include "gauss_rule.hpp"
#include "population.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace rsasim::analysis {

/// What is added to the log odds of every stage and no covariate says: the centre's random effect
/// (one normal variate, whichever the centre) and the time trend, averaged over all entries.
/// As exp(-shift), with probabilities. The bias of an investigator who selects is no part of it.
struct CommonShift {
    CommonShift(const design::PatientModel& model, std::int64_t women);
    /// Given the effect of the centre.
    CommonShift(const design::PatientModel& model, std::int64_t women, double centre_effect);
    std::vector<double> factors;
    std::vector<double> weights;

  private:
    void add(double centre_effect, double probability, const Rule& entries, double time_trend);
};

/// P(all stages passed) at every node, if all women take the same treatment:
/// sum_j w_j prod_s 1 / (1 + exp(-eta_s - shift_j)).
class PathwayOdds {
  public:
    PathwayOdds(const design::PatientModel& model, const Population& population, bool is_treated);

    /// With the odds against passing stage `changed` multiplied by a factor >= 0.
    [[nodiscard]] double success(std::size_t node, const CommonShift& shift,
                                 std::size_t changed = 0, double factor = 1) const;

  private:
    std::size_t stages_;
    std::vector<double> odds_against_;  ///< exp(-eta), [node][stage]
};

}  // namespace rsasim::analysis
