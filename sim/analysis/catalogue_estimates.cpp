#include "catalogue_rows.hpp"
#include "table/asymptotic_methods.hpp"
#include "table/conditional_methods.hpp"

#include <array>

namespace rsasim::analysis {

namespace {

using enum design::Measure;

constexpr auto estimates = std::to_array<MethodRow>({
    {.role = Role::estimate,
     .measure = odds_ratio,
     .id = "sample",
     .title = "Sample odds ratio",
     .family = "asymptotic",
     .brief = "ratio of the observed odds",
     .definition = "ad / bc, with the standard error of Woolf on the log scale where no cell is "
                   "zero.",
     .citation = "Woolf 1955",
     .doi = "10.1111/j.1469-1809.1955.tb01348.x",
     .options = {},
     .prepare = prepare_sample_odds_ratio},
    {.role = Role::estimate,
     .measure = odds_ratio,
     .id = "gart",
     .title = "Odds ratio, +1/2",
     .family = "asymptotic",
     .brief = "odds ratio, 1/2 in each cell",
     .definition = "ad / bc with 1/2 added to all four cells of every table, so always finite; "
                   "standard error of Woolf from the same cells.",
     .citation = "Gart and Zweifel 1967",
     .doi = "10.1093/biomet/54.1-2.181",
     .options = {},
     .prepare = prepare_gart_odds_ratio},
    {.role = Role::estimate,
     .measure = odds_ratio,
     .id = "conditional-mle",
     .title = "Conditional maximum likelihood",
     .family = "exact conditional",
     .brief = "maximum likelihood, given margins",
     .definition = "The odds ratio at which the expected number of treated events, "
                   "given both margins, is the observed one; log standard error 1 / "
                   "sqrt(Var(X)) there.",
     .citation = "Fisher 1935; Cornfield 1956",
     .doi = "10.2307/2342435",
     .options = {},
     .prepare = prepare_conditional_mle},
    {.role = Role::estimate,
     .measure = odds_ratio,
     .id = "median-unbiased",
     .title = "Median unbiased",
     .family = "mid-P",
     .brief = "both one-sided mid-P one half",
     .definition = "The odds ratio at which both one-sided mid-P values are 1/2; no "
                   "standard error.",
     .citation = "Rothman and Greenland 1998",
     .doi = "",
     .options = {},
     .prepare = prepare_median_unbiased},
    {.role = Role::estimate,
     .measure = risk_difference,
     .id = "sample",
     .title = "Sample risk difference",
     .family = "asymptotic",
     .brief = "difference of the observed rates",
     .definition = "a/n1 - c/n0, with its unpooled standard error.",
     .citation = "Newcombe 1998",
     .doi = "10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I",
     .options = {},
     .prepare = prepare_sample_risk_difference},
    {.role = Role::estimate,
     .measure = risk_ratio,
     .id = "sample",
     .title = "Sample risk ratio",
     .family = "asymptotic",
     .brief = "ratio of the observed rates",
     .definition = "(a/n1) / (c/n0), with the standard error of Katz on the log scale where both "
                   "arms have events.",
     .citation = "Katz, Baptista, Azen and Pike 1978",
     .doi = "10.2307/2530610",
     .options = {},
     .prepare = prepare_sample_risk_ratio},
});

}  // namespace

std::span<const MethodRow> estimate_rows() {
    return estimates;
}

}  // namespace rsasim::analysis
