#pragma once

#include "patient/logistic_sums.hpp"

#include <optional>

#include <rsasim/design/effect.hpp>

namespace rsasim::analysis {

/// Two standardised risks with their variances and covariance.
struct StandardisedRisks {
    double treated = 0, control = 0;
    double treated_variance = 0, control_variance = 0, covariance = 0;
};

/// Risks with Ye et al. 2023's covariance, doi:10.1080/24754269.2023.2205802, in the form
///     n V_aa = {Var_a(y) - 2 Cov_a(y, mu_a) + Var(mu_a)} / pi_a + 2 Cov_a(y, mu_a) - Var(mu_a),
///     n V_10 = Cov_1(y, mu_0) + Cov_0(y, mu_1) - Cov(mu_1, mu_0),
/// with index a over the women of that arm, without over all, divisors n - 1, pi_a the share of the
/// arm. (The other published form takes Var_a(y - mu_a) for the braces.) Needs two women per arm.
StandardisedRisks risks_of_ye(const LogisticRows& rows, const StandardisedSums& sums,
                              std::size_t lane);

/// Risks with Ge et al. 2011's covariance, doi:10.1177/009286151104500409: delta method from the
/// inverse information of the coefficients, covariates held fixed.
StandardisedRisks risks_of_ge(const LogisticRows& rows, const LogisticFit& fit,
                              const StandardisedSums& sums, std::size_t lane);

/// An effect on its scale of analysis with its delta-method standard error.
struct Contrast {
    double estimate = 0;
    double standard_error = 0;
};

Contrast contrast_of(const StandardisedRisks& risks, design::Measure measure);

}  // namespace rsasim::analysis
