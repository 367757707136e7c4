#pragma once

#include <vector>

#include <rsasim/design/rates_prior.hpp>
#include <rsasim/math/panel_rule.hpp>

namespace rsasim::planning {

/// Quadrature over a prior of rates, fine enough for the power of trials with `women` in an arm as
/// the integrand: on the logit scale the power of n women has no features narrower than 1/sqrt(n)
/// times 2. The tails left out have a probability of some 1e-11. Rates within 1e-12 / women of 0
/// or 1 are all alike, so that one point stands for them, however wide or U-shaped the prior.
class PriorPoints {
  public:
    PriorPoints(const design::RatesPrior& prior, double women);

    /// Control rates; one, of weight 1, where it is known.
    [[nodiscard]] const std::vector<math::WeightedPoint>& control_rates() const { return control_; }
    /// Treated rates beside a control rate. Their weights sum to 1, or to the probability that a
    /// risk ratio keeps the treated rate at most 1.
    [[nodiscard]] std::vector<math::WeightedPoint> treated_rates(double control_rate) const;
    /// True where the treated rates are the same beside every control rate.
    [[nodiscard]] bool is_independent() const { return !prior_.ratio.has_value(); }

  private:
    design::RatesPrior prior_;
    double women_;
    std::vector<math::WeightedPoint> control_;
};

}  // namespace rsasim::planning
