#include "catalogue_rows.hpp"
#include "table/asymptotic_methods.hpp"
#include "table/conditional_methods.hpp"

#include <array>

namespace rsasim::analysis {

namespace {

using enum design::Measure;

constexpr auto rows = std::to_array<MethodRow>({
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "pearson",
     .title = "Pearson chi-square",
     .family = "asymptotic",
     .brief = "pooled score, no correction",
     .definition = "N (ad - bc)^2 / (n1 n0 m (N - m)), uncorrected: the squared z with pooled "
                   "variance.",
     .citation = "Pearson 1900",
     .doi = "10.1080/14786440009463897",
     .options = {},
     .prepare = prepare_pearson},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "pearson-n1",
     .title = "Pearson chi-square, N-1",
     .family = "asymptotic",
     .brief = "pooled score, (N - 1)/N",
     .definition = "The Pearson chi-square times (N - 1) / N.",
     .citation = "Campbell 2007; E. Pearson 1947",
     .doi = "10.1002/sim.2832",
     .options = {},
     .prepare = prepare_pearson_n1},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "yates",
     .title = "Yates chi-square",
     .family = "asymptotic",
     .brief = "pooled score, continuity corrected",
     .definition = "The Pearson chi-square with max(0, |ad - bc| - N/2) for |ad - bc|; one-sided "
                   "P from its signed root.",
     .citation = "Yates 1934",
     .doi = "10.2307/2983604",
     .options = {},
     .prepare = prepare_yates},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "likelihood-ratio",
     .title = "Likelihood ratio",
     .family = "asymptotic",
     .brief = "twice the log likelihood ratio",
     .definition = "G^2 = 2 sum observed log(observed / expected); one-sided P from its signed "
                   "root.",
     .citation = "Wilks 1938",
     .doi = "10.1214/aoms/1177732360",
     .options = {},
     .prepare = prepare_likelihood_ratio},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "wald",
     .title = "Wald, log odds ratio",
     .family = "asymptotic",
     .brief = "log odds ratio over Woolf SE",
     .definition = "z = log(ad / bc) / sqrt(1/a + 1/b + 1/c + 1/d); no P-value with any zero "
                   "cell.",
     .citation = "Woolf 1955",
     .doi = "10.1111/j.1469-1809.1955.tb01348.x",
     .options = {},
     .prepare = prepare_wald},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "wald-gart",
     .title = "Wald, log odds ratio, +1/2",
     .family = "asymptotic",
     .brief = "Wald, 1/2 in each cell",
     .definition = "The Wald z with 1/2 added to all four cells of every table; no P-value "
                   "without events or without non-events.",
     .citation = "Gart and Zweifel 1967",
     .doi = "10.1093/biomet/54.1-2.181",
     .options = {},
     .prepare = prepare_wald_gart},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "z-unpooled",
     .title = "Wald, risk difference",
     .family = "asymptotic",
     .brief = "risk difference over unpooled SE",
     .definition = "Risk difference over its unpooled standard error; infinite, P = 0, at n/n "
                   "against 0/n.",
     .citation = "Fleiss, Levin and Paik 2003",
     .doi = "10.1002/0471445428",
     .options = {},
     .prepare = prepare_z_unpooled},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "fisher",
     .title = "Fisher exact",
     .family = "exact conditional",
     .brief = "tables no likelier, given margins",
     .definition = "Given both margins, the probability of all tables no more likely "
                   "than the observed one; probabilities within 1e-7 relative count as "
                   "tied.",
     .citation = "Fisher 1935",
     .doi = "10.2307/2342435",
     .options = {},
     .prepare = prepare_fisher},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "fisher-central",
     .title = "Fisher exact, central",
     .family = "exact conditional",
     .brief = "twice the smaller Fisher tail",
     .definition = "Twice the smaller one-sided Fisher P, at most 1.",
     .citation = "Fay 2010; Fisher 1935",
     .doi = "10.1093/biostatistics/kxp050",
     .options = {},
     .prepare = prepare_fisher_central},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "fisher-blaker",
     .title = "Fisher exact, Blaker",
     .family = "exact conditional",
     .brief = "smaller tail plus opposite one",
     .definition = "The smaller conditional tail plus the largest opposite tail that "
                   "does not exceed it (within 1e-7 relative).",
     .citation = "Blaker 2000; Fay 2010",
     .doi = "10.2307/3315916",
     .options = {},
     .prepare = prepare_fisher_blaker},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "fisher-midp",
     .title = "Fisher mid-P",
     .family = "mid-P",
     .brief = "Fisher less half the ties",
     .definition = "The Fisher P minus half the probability of all tables tied with "
                   "the observed one; one-sided mid-P values count half of the "
                   "observed table.",
     .citation = "Lancaster 1961; Fagerland, Lydersen and Laake 2015",
     .doi = "10.1080/01621459.1961.10482105",
     .options = {},
     .prepare = prepare_fisher_midp},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "fisher-midp-central",
     .title = "Fisher mid-P, central",
     .family = "mid-P",
     .brief = "twice the smaller mid-P tail",
     .definition = "Twice the smaller one-sided mid-P, at most 1.",
     .citation = "Lancaster 1961",
     .doi = "10.1080/01621459.1961.10482105",
     .options = {},
     .prepare = prepare_fisher_midp_central},
});

}  // namespace

std::span<const MethodRow> test_rows() {
    return rows;
}

}  // namespace rsasim::analysis
