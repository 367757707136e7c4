#pragma once

#include <string_view>
#include <vector>

#include <rsasim/design/table.hpp>

/// What a published effect is expected to be in truth.
namespace rsasim::planning {

/// An estimated log odds ratio.
struct LogOddsRatio {
    double estimate = 0;
    double standard_error = 1;
};

/// The sample log odds ratio and its standard error (Woolf 1955). Where a cell is 0, 1/2 is added
/// to each (Gart 1966), so that both are finite.
LogOddsRatio log_odds_ratio_of(const design::Table2x2& table);

/// The log odds ratio with 1/2 added to each cell: finite at every table.
double gart_log_odds_ratio(const design::Table2x2& table);

/// A mixture of normal distributions of the true log odds ratio.
struct NormalMixture {
    struct Component {
        double weight = 1;
        double mean = 0;
        double sd = 0;  ///< 0: all mass at the mean
    };
    std::vector<Component> components;

    [[nodiscard]] double mean() const;
};

/// No shrinkage: the posterior under a flat prior, normal(b, s^2).
NormalMixture flat_posterior(const LogOddsRatio& published);

/// The posterior under the distribution of signal-to-noise ratios, true effect over standard error,
/// that 23,551 trials of the Cochrane Database of Systematic Reviews have: a mixture of four normal
/// distributions around 0. With z = b/s component i gets weight p_i phi(z; 0, 1 + tau_i^2), mean
/// b tau_i^2/(1 + tau_i^2) and variance s^2 tau_i^2/(1 + tau_i^2).
/// van Zwet, Schwab & Senn 2021, Table 1 and section 5, doi:10.1002/sim.9173.
NormalMixture cochrane_posterior(const LogOddsRatio& published);

/// The posterior under a normal prior around 0 whose variance is estimated from the trial itself,
/// max(b^2 - s^2, 0): mean k b, variance k s^2, k = max(1 - s^2/b^2, 0).
/// Pawel & Held 2020, doi:10.1371/journal.pone.0231416.
NormalMixture empirical_bayes_posterior(const LogOddsRatio& published);

}  // namespace rsasim::planning
