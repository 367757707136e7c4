#include "catalogue_rows.hpp"
#include "table/asymptotic_methods.hpp"
#include "table/conditional_methods.hpp"

#include <array>

namespace rsasim::analysis {

namespace {

using enum design::Measure;

constexpr auto rows = std::to_array<MethodRow>({
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "woolf",
     .title = "Woolf logit",
     .family = "asymptotic",
     .definition = "log(ad / bc) -+ z sqrt(1/a + 1/b + 1/c + 1/d); (0, inf) with any zero cell.",
     .citation = "Woolf 1955",
     .doi = "10.1111/j.1469-1809.1955.tb01348.x",
     .options = {},
     .prepare = prepare_woolf},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "gart",
     .title = "Gart logit, +1/2",
     .family = "asymptotic",
     .definition = "The Woolf interval with 1/2 added to all four cells of every table.",
     .citation = "Gart and Zweifel 1967; Gart 1966",
     .doi = "10.1093/biomet/54.1-2.181",
     .options = {},
     .prepare = prepare_gart},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "agresti",
     .title = "Agresti independence-smoothed logit",
     .family = "asymptotic",
     .definition = "The Woolf interval with 2 (row total)(column total) / N^2 added to each cell.",
     .citation = "Fagerland, Lydersen and Laake 2015; Agresti 1999",
     .doi = "10.1177/0962280211415469",
     .options = {},
     .prepare = prepare_agresti},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "inverse-sinh",
     .title = "Inverse hyperbolic sine",
     .family = "asymptotic",
     .definition = "log(ad / bc) -+ 2 asinh(z/2 sqrt(1/a + 1/b + 1/c + 1/d)); with a zero cell "
                   "one limit is 0 or infinite and the other has z^2 in place of the zero.",
     .citation = "Fagerland and Newcombe 2013; Newcombe 2001",
     .doi = "10.1002/sim.5714",
     .options = {},
     .prepare = prepare_inverse_sinh},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "inverse-sinh-adjusted",
     .title = "Inverse hyperbolic sine, adjusted",
     .family = "asymptotic",
     .definition = "The inverse hyperbolic sine interval with 0.45 added to the cells of the "
                   "centre and 0.25 to those of the variance.",
     .citation = "Fagerland and Newcombe 2013",
     .doi = "10.1002/sim.5714",
     .options = {},
     .prepare = prepare_inverse_sinh_adjusted},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "score",
     .title = "Score",
     .family = "asymptotic",
     .definition = "All odds ratios that the uncorrected score test does not reject (the "
                   "asymptotic interval of Cornfield).",
     .citation = "Miettinen and Nurminen 1985; Cornfield 1956",
     .doi = "10.1002/sim.4780040211",
     .options = {},
     .prepare = prepare_odds_ratio_score},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "miettinen-nurminen",
     .title = "Miettinen-Nurminen",
     .family = "asymptotic",
     .definition = "The score interval with the variance times N / (N - 1).",
     .citation = "Miettinen and Nurminen 1985",
     .doi = "10.1002/sim.4780040211",
     .options = {},
     .prepare = prepare_odds_ratio_miettinen_nurminen},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "scas",
     .title = "Skewness-corrected score",
     .family = "asymptotic",
     .definition = "The Miettinen-Nurminen score corrected for its skewness, and for its bias by "
                   "Gart's (p1 - p0) / (n1 p1 q1 + n0 p0 q0).",
     .citation = "Laud 2017; Gart 1985",
     .doi = "10.1002/pst.1813",
     .options = {},
     .prepare = prepare_odds_ratio_scas},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "profile-likelihood",
     .title = "Profile likelihood",
     .family = "asymptotic",
     .definition = "All odds ratios that the likelihood-ratio test does not reject.",
     .citation = "Venzon and Moolgavkar 1988",
     .doi = "10.2307/2347496",
     .options = {},
     .prepare = prepare_profile_likelihood},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "mover-wilson",
     .title = "MOVER, Wilson limits",
     .family = "asymptotic",
     .definition = "Wilson limits of both odds combined by variance recovery for a ratio; "
                   "swapping event and non-event does not map the limits to their reciprocals.",
     .citation = "Zou and Donner 2008; Fagerland and Newcombe 2013",
     .doi = "10.1002/sim.3095",
     .options = {},
     .prepare = prepare_odds_ratio_mover_wilson},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "cornfield-exact",
     .title = "Cornfield exact",
     .family = "exact conditional",
     .definition = "All odds ratios at which neither one-sided Fisher P falls below "
                   "half of 1 - confidence; the central interval that R's fisher.test "
                   "prints.",
     .citation = "Fay 2010; Cornfield 1956",
     .doi = "10.1093/biostatistics/kxp050",
     .options = {},
     .prepare = prepare_cornfield_exact},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "cornfield-midp",
     .title = "Cornfield mid-P",
     .family = "mid-P",
     .definition = "All odds ratios at which neither one-sided mid-P falls below half "
                   "of 1 - confidence.",
     .citation = "Fagerland, Lydersen and Laake 2015; Cornfield 1956; Lancaster 1961",
     .doi = "10.1177/0962280211415469",
     .options = {},
     .prepare = prepare_cornfield_midp},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "baptista-pike",
     .title = "Baptista-Pike exact",
     .family = "exact conditional",
     .definition = "The hull of all odds ratios at which the two-sided Fisher P "
                   "exceeds 1 - confidence; the set itself can have holes.",
     .citation = "Baptista and Pike 1977",
     .doi = "10.2307/2347041",
     .options = {},
     .prepare = prepare_baptista_pike},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "baptista-pike-midp",
     .title = "Baptista-Pike mid-P",
     .family = "mid-P",
     .definition = "The closed hull of all odds ratios at which the two-sided Fisher "
                   "mid-P exceeds 1 - confidence; where another table ties with the "
                   "observed one, P jumps and the limit can lie at a rejected odds "
                   "ratio.",
     .citation = "Fagerland, Lydersen and Laake 2015; Baptista and Pike 1977",
     .doi = "10.1177/0962280211415469",
     .options = {},
     .prepare = prepare_baptista_pike_midp},
});

}  // namespace

std::span<const MethodRow> odds_ratio_interval_rows() {
    return rows;
}

}  // namespace rsasim::analysis
