#pragma once

#include <array>

#include <rsasim/analysis/catalogue.hpp>

/// Bayesian methods with independent Beta priors of the two rates.
namespace rsasim::analysis {

/// The prior Beta(a, b) of the event rate, the same in both arms: Jeffreys' by default. Below 0.01
/// posteriors of empty cells would need too long.
inline constexpr std::array beta_prior_options{
    OptionRow{"prior-a", 0.5, 0.01, 1e6, "events that the prior of each rate is worth"},
    OptionRow{"prior-b", 0.5, 0.01, 1e6, "non-events that the prior of each rate is worth"},
};

/// 2 min(q, 1 - q), q = P(p1 > p0 | data); one-sided 1 - q against a higher and q against a lower
/// treated rate, each accurate where it is small. Without events or without non-events, where the
/// prior alone would speak, `degenerate`. `not_converged` where the posterior tail is not found.
/// Evidence: R's integrate, finite sums, agreement with `beta` on every table up to 12 v 12.
Judge prepare_beta_binomial(const Setting& setting);

/// The equal-tailed posterior interval of the odds ratio. Finite with a zero cell, because the
/// prior is proper; (0, infinity) without events or without non-events. About an odds ratio of 1 it
/// never contradicts beta-binomial.
Judge prepare_beta_interval(const Setting& setting);

}  // namespace rsasim::analysis
