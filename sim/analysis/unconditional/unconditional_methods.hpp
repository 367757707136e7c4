#pragma once

#include <rsasim/analysis/catalogue.hpp>
#include <rsasim/analysis/most_tables.hpp>

/// Unconditional exact tests of a 2x2 table. Each orders all (n1 + 1)(n0 + 1) tables by a statistic
/// and takes as P the proved upper end of the supremum, over all pairs of rates under the null, of
/// the probability of the tables at least as extreme (ordered_tables.hpp). More than 2^22 tables
/// give the status `too_large`. Under a Setting::decision the critical region is found once and a
/// table is looked up in it.
///
/// Option berger-boos = gamma > 0: the supremum is over a 1 - gamma Clopper-Pearson interval, plus
/// gamma: of the common rate from the total of events, or at a margin of the control rate from the
/// events of the control arm. P need not follow the order of the statistic then, so every table has
/// its own supremum. Berger & Boos 1994, doi:10.1080/01621459.1994.10476836.
namespace rsasim::analysis {

/// Ordered by the conditional P, minlike for two sides. Boschloo 1970,
/// doi:10.1111/j.1467-9574.1970.tb00104.x.
Judge prepare_boschloo(const Setting& setting);
/// Ordered by the one-sided conditional P; two-sided: the smaller one-sided P doubled, at most 1.
Judge prepare_boschloo_central(const Setting& setting);
/// Ordered by the pooled z. Suissa & Shuster 1985, doi:10.2307/2981892.
Judge prepare_z_pooled_exact(const Setting& setting);
/// Ordered by the unpooled z.
Judge prepare_z_unpooled_exact(const Setting& setting);
/// Ordered by G squared.
Judge prepare_likelihood_ratio_exact(const Setting& setting);

/// Ordered by the score z at the null, on any scale; at no effect it is the pooled z. Chan 1998,
/// doi:10.1002/(SICI)1097-0258(19980630)17:12<1403::AID-SIM834>3.0.CO;2-Y.
Judge prepare_score_exact(const Setting& setting);

/// Intervals by inversion of the score test (score_inversion.hpp). Two one-sided tests, each at
/// half of 1 - confidence: Chan & Zhang 1999. One two-sided test ordered by |z|: Agresti & Min
/// 2001.
Judge prepare_odds_ratio_chan_zhang(const Setting& setting);
Judge prepare_risk_difference_chan_zhang(const Setting& setting);
Judge prepare_odds_ratio_unconditional_score(const Setting& setting);
Judge prepare_risk_difference_unconditional_score(const Setting& setting);

}  // namespace rsasim::analysis
