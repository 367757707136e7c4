#pragma once

#include <optional>
#include <vector>

#include <rsasim/design/analysis_plan.hpp>

/// Textbook sample size and power of the Cochran-Mantel-Haenszel test of no effect within strata,
/// by normal approximation.
namespace rsasim::planning {

struct Stratum {
    double share = 1;            ///< t, of all women; the shares sum to 1
    double treated_share = 0.5;  ///< s, of the stratum's women, inside (0, 1)
    design::Rates rates;
};

enum class ContinuityCorrection { none, half };

struct StratifiedQuestion {
    std::vector<Stratum> strata;
    double alpha = 0.05;  ///< in (0, 1)
    design::Sides sides = design::Sides::two;
    ContinuityCorrection correction = ContinuityCorrection::none;
};

/// The women N, in all strata and before they are rounded, at which the test has a power:
///
///     d sqrt(N) - c/sqrt(N) = z s0 + z_power s1,   d = |sum t s (1-s) (p1 - p0)|,
///     s0^2 = sum t s (1-s) p q,   s1^2 = sum t s (1-s) ((1-s) p1 q1 + s p0 q0),
///
/// p = s p1 + (1-s) p0, c = 1/2 with the correction. Of a two-sided test rejections on the side of
/// the truth count. With one stratum they are Formula::pooled and pooled_corrected. Nothing where
/// d, s0 or s1 is 0. Throws std::invalid_argument as require_target does.
/// Woolson, Bean & Rojas 1986, doi:10.2307/2530706; Nam 1992, Biometrics 48, 389-395.
std::optional<double> stratified_women(const StratifiedQuestion& question, double power);

/// The power with N women in all strata. The null's variance is what the hypergeometric variances
/// s (1-s) m (n - m)/(n - 1) have for expectation, m the events among the n = t N women of a
/// stratum:
///
///     sum s (1-s)/(n - 1) (n^2 p q - n (s p1 q1 + (1-s) p0 q0)),
///
/// slightly more than N s0^2, so that the power is slightly below the one stratified_women aims at.
/// Nothing where that variance is not positive or a stratum has less than two women. Wittes &
/// Wallenstein 1987, Journal of the American Statistical Association 82, 1104-1109.
std::optional<double> stratified_power(const StratifiedQuestion& question, double women);

}  // namespace rsasim::planning
