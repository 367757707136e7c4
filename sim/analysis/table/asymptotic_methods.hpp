#pragma once

#include <rsasim/analysis/catalogue.hpp>

/// Tests, intervals and estimates of a 2x2 table with closed forms or asymptotic theory. Each
/// function prepares one row of the catalogue, which holds its title, definition and source.
/// In the formulas a, b are the events and non-events of the treated arm, c, d those of the control
/// arm, n1 = a + b, n0 = c + d, m = a + c, N the total, z the normal quantile of the confidence.
/// A table without information about the odds ratio (m = 0 or m = N) has the status `degenerate`:
/// tests have no P-value, ratio intervals are (0, infinity). Evidence: the reference set, and the
/// symmetries on all tables up to 12 v 12.
namespace rsasim::analysis {

/// N (ad - bc)^2 / (n1 n0 m (N - m)).
Judge prepare_pearson(const Setting& setting);
/// Pearson's statistic times (N - 1) / N.
Judge prepare_pearson_n1(const Setting& setting);
/// Pearson's statistic with max(0, |ad - bc| - N/2) for |ad - bc|.
Judge prepare_yates(const Setting& setting);
/// G^2 = 2 sum observed log(observed / expected).
Judge prepare_likelihood_ratio(const Setting& setting);
/// log(ad / bc) over sqrt(1/a + 1/b + 1/c + 1/d); degenerate with any zero cell.
Judge prepare_wald(const Setting& setting);
/// The same with 1/2 added to every cell.
Judge prepare_wald_gart(const Setting& setting);
/// Rate difference over its unpooled standard error; infinite, P = 0, at n/n against 0/n.
Judge prepare_z_unpooled(const Setting& setting);
/// The squared score z at the null, on the null's scale (see Score); Pearson's at no effect.
/// Degenerate where the table says nothing about the null.
Judge prepare_score(const Setting& setting);
/// The same with the variance times N / (N - 1).
Judge prepare_score_n1(const Setting& setting);

/// exp(log(ad / bc) -+ z sqrt(1/a + 1/b + 1/c + 1/d)); (0, infinity) with any zero cell.
Judge prepare_woolf(const Setting& setting);
/// Woolf's interval with 1/2 added to every cell.
Judge prepare_gart(const Setting& setting);
/// Woolf's interval with 2 (row total)(column total) / N^2 added to each cell.
Judge prepare_agresti(const Setting& setting);
/// exp(log(ad / bc) -+ 2 asinh(z/2 sqrt(1/a + 1/b + 1/c + 1/d))); with a zero cell the finite limit
/// is the odds ratio with z^2 in place of each zero, which is the formula's limit for one zero.
Judge prepare_inverse_sinh(const Setting& setting);
/// The same with 0.45 added to the cells of the odds ratio and 0.25 to those of the variance.
Judge prepare_inverse_sinh_adjusted(const Setting& setting);
/// All odds ratios whose score test has chi-square <= z^2.
Judge prepare_odds_ratio_score(const Setting& setting);
/// The same with the variance times N / (N - 1).
Judge prepare_odds_ratio_miettinen_nurminen(const Setting& setting);
/// All odds ratios whose skewness-corrected score is within -+ z (see skewness_correction.hpp).
Judge prepare_odds_ratio_scas(const Setting& setting);
/// All odds ratios whose likelihood-ratio statistic is <= z^2.
Judge prepare_profile_likelihood(const Setting& setting);
/// Wilson limits of both odds, combined by variance recovery for a ratio. With n/n against 0/n the
/// finite limit is the ratio of the two Wilson limits.
Judge prepare_odds_ratio_mover_wilson(const Setting& setting);

/// Difference -+ z times the unpooled standard error, cut at -1 and 1.
Judge prepare_risk_difference_wald(const Setting& setting);
/// The same, wider by (1/n1 + 1/n0) / 2 on both sides.
Judge prepare_risk_difference_wald_cc(const Setting& setting);
/// The Wald interval with one added to every cell.
Judge prepare_agresti_caffo(const Setting& setting);
/// Wilson limits of both rates, combined by the root of squares.
Judge prepare_newcombe(const Setting& setting);
/// All differences whose score test has chi-square <= z^2.
Judge prepare_risk_difference_score(const Setting& setting);
/// The same with the variance times N / (N - 1).
Judge prepare_risk_difference_miettinen_nurminen(const Setting& setting);
/// All differences whose skewness-corrected score is within -+ z.
Judge prepare_risk_difference_scas(const Setting& setting);

/// exp(log RR -+ z sqrt(1/a - 1/n1 + 1/c - 1/n0)); (0, infinity) where an arm has no event.
Judge prepare_katz(const Setting& setting);
/// The same with 1/2 added to the events and to the size of both arms.
Judge prepare_katz_adjusted(const Setting& setting);
/// RR exp(-+ 2 asinh(z/2 sqrt(1/a - 1/n1 + 1/c - 1/n0))); where an arm has no event one limit is 0
/// or infinite and the other has z^2 in place of its events, which is the formula's limit.
Judge prepare_risk_ratio_inverse_sinh(const Setting& setting);
/// The same with n1 + 1 and n0 + 1 in the variance.
Judge prepare_risk_ratio_inverse_sinh_adjusted(const Setting& setting);
/// Katz' interval of (a + 1/4) / (n1 + 7/4) against (c + 1/4) / (n0 + 7/4), which approximates a
/// posterior; (0, infinity) without events.
Judge prepare_price_bonett(const Setting& setting);
/// All ratios whose score test has chi-square <= z^2.
Judge prepare_risk_ratio_score(const Setting& setting);
/// The same with the variance times N / (N - 1).
Judge prepare_risk_ratio_miettinen_nurminen(const Setting& setting);
/// All ratios whose skewness-corrected score is within -+ z; 0 or infinite where an arm has no
/// event.
Judge prepare_risk_ratio_scas(const Setting& setting);
/// Wilson limits of both rates, combined by variance recovery for a ratio.
Judge prepare_risk_ratio_mover_wilson(const Setting& setting);

/// ad / bc, standard error of Woolf; 0 or infinite with a zero cell, undefined for 0/0.
Judge prepare_sample_odds_ratio(const Setting& setting);
/// ad / bc with 1/2 added to every cell, and its Woolf standard error: always finite.
Judge prepare_gart_odds_ratio(const Setting& setting);
/// a/n1 - c/n0 and its unpooled standard error.
Judge prepare_sample_risk_difference(const Setting& setting);
/// (a/n1) / (c/n0), standard error of Katz; 0 or infinite where an arm has no event, undefined for
/// 0/0.
Judge prepare_sample_risk_ratio(const Setting& setting);

}  // namespace rsasim::analysis
