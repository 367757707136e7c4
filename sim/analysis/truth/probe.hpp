#pragma once

#include "covariate_use.hpp"
#include "gauss_rule.hpp"

#include <vector>

#include <rsasim/design/covariate.hpp>

namespace rsasim::analysis {

/// What the integrand does along one score, given the others of a Gaussian copula.
struct Coupling {
    bool is_coupled = false;    ///< scores are asked for
    double conditional_sd = 1;  ///< of the score given all others
};

/// Points of a covariate: scores, values and standard normal weights.
struct ValuedRule {
    std::vector<double> scores;
    std::vector<double> values;
    std::vector<double> weights;
};

/// Integrands like the model's along one covariate, by which rules are judged: logistic functions
/// with the slopes of the model's own predictors and several intercepts, times the value, times the
/// conditional densities of the score.
class Probe {
  public:
    Probe(const CovariateUse& use, const Coupling& coupling, const ValuedRule& reference);

    /// True where the rule gives the reference's integrals, each within 1e-11 of itself or of
    /// the rule's share of all women, whichever is more.
    [[nodiscard]] bool accepts(const ValuedRule& rule) const;

  private:
    [[nodiscard]] std::vector<double> integrals(const ValuedRule& rule) const;
    void add_point(double score, double value, double weight, std::vector<double>& sums) const;

    const CovariateUse* use_;
    std::vector<double> means_;  ///< of the conditional densities; empty: uncoupled
    double sd_;
    double centre_ = 0, spread_ = 1;  ///< of the values
    std::vector<double> centres_;     ///< of the predictors
    double share_ = 0;
    std::vector<double> expected_;
};

}  // namespace rsasim::analysis
