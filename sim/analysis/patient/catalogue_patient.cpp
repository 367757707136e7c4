#include "families.hpp"

#include <array>
#include <optional>

namespace rsasim::analysis {

namespace {

using enum design::Measure;
using enum PatientFamily;

constexpr std::array draws_options{
    OptionRow{"draws", 999, 99, 99999, "allocations that are drawn anew"}};

constexpr auto patient_rows = std::to_array<PatientRow>({
    {.id = "woolf",
     .measure = odds_ratio,
     .test_id = "wald",
     .family = table,
     .needs = PatientNeeds::nothing,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "Wald, log odds ratio",
     .brief = "log odds ratio, Woolf SE",
     .definition = "log(ad / bc) of the set's own 2x2 table over sqrt(1/a + 1/b + 1/c + 1/d); "
                   "degenerate with any zero cell.",
     .citation = "Woolf 1955",
     .doi = "10.1111/j.1469-1809.1955.tb01348.x"},
    {.id = "gart",
     .measure = odds_ratio,
     .test_id = "wald-gart",
     .family = table,
     .needs = PatientNeeds::nothing,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "Wald, log odds ratio, +1/2",
     .brief = "Woolf, 1/2 in each cell",
     .definition = "Log odds ratio with 1/2 added to all four cells of the set's own 2x2 "
                   "table; no P-value without events or without non-events.",
     .citation = "Gart and Zweifel 1967",
     .doi = "10.1093/biomet/54.1-2.181"},
    {.id = "logistic",
     .measure = conditional_odds_ratio,
     .test_id = "logistic",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "Logistic regression",
     .brief = "maximum likelihood, Wald",
     .definition = "Maximum likelihood of logit P(event) = intercept + arm + adjusting features; "
                   "Wald z of the arm's coefficient with the inverse information. The outcome "
                   "separated by the columns is a status, not a number.",
     .citation = "Cox 1958",
     .doi = "10.1111/j.2517-6161.1958.tb00292.x"},
    {.id = "logistic-lr",
     .measure = {},
     .test_id = "logistic-lr",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .title = "Logistic likelihood ratio",
     .brief = "likelihood gained by the arm",
     .definition = "Twice the log likelihood gained by the arm's column over the fit without it; "
                   "one-sided P from its signed root.",
     .citation = "Wilks 1938",
     .doi = "10.1214/aoms/1177732360"},
    {.id = "logistic-score",
     .measure = {},
     .test_id = "logistic-score",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .title = "Logistic score",
     .brief = "score of arm at the fit without it",
     .definition = "Rao's score of the arm's column at the fit without it, over its variance "
                   "given the other columns; one-sided P from its signed root. Without adjusting "
                   "features the Pearson chi-square.",
     .citation = "Rao 1948",
     .doi = "10.1017/S0305004100023987"},
    {.id = "logistic-robust",
     .measure = conditional_odds_ratio,
     .test_id = "logistic-robust",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .has_interval = true,
     .title = "Logistic, robust",
     .brief = "maximum likelihood, sandwich HC0",
     .definition = "The logistic estimate with the sandwich variance A^-1 B A^-1, B the sum of (y "
                   "- p)^2 x x', without a small-sample factor (HC0).",
     .citation = "White 1982; Huber 1967",
     .doi = "10.2307/1912526"},
    {.id = "interaction",
     .measure = conditional_odds_ratio,
     .test_id = "interaction",
     .family = maximum_likelihood,
     .needs = PatientNeeds::interaction,
     .has_interval = true,
     .title = "Treatment by feature",
     .brief = "Wald, arm times feature",
     .definition = "Maximum likelihood of the logistic model with the tested feature and its "
                   "product with arm beside the other columns; Wald z of the product. The "
                   "estimate is a ratio of odds ratios.",
     .citation = "Cox 1984",
     .doi = "10.2307/1403235"},
    {.id = "g-computation",
     .measure = risk_difference,
     .test_id = "g-computation",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "G-computation, risk difference",
     .brief = "standardised risk diff., Ye",
     .definition = "Mean predictions of the logistic model for all women treated and all in "
                   "control, compared as a risk difference; the variance counts the sampling of "
                   "covariates, each arm's own term being Var(y) - 2 Cov(y, mu) in the arm + "
                   "Var(mu) over all women (divisors n - 1).",
     .citation = "Ye, Bannick, Yi and Shao 2023",
     .doi = "10.1080/24754269.2023.2205802"},
    {.id = "g-computation",
     .measure = risk_ratio,
     .test_id = "g-computation-rr",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "G-computation, risk ratio",
     .brief = "standardised risk ratio, Ye",
     .definition = "Mean predictions of the logistic model for all women treated and all in "
                   "control, compared as a risk ratio; the variance counts the sampling of "
                   "covariates, each arm's own term being Var(y) - 2 Cov(y, mu) in the arm + "
                   "Var(mu) over all women (divisors n - 1). Inference on the log scale.",
     .citation = "Ye, Bannick, Yi and Shao 2023",
     .doi = "10.1080/24754269.2023.2205802"},
    {.id = "g-computation",
     .measure = odds_ratio,
     .test_id = "g-computation-or",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "G-computation, odds ratio",
     .brief = "standardised odds ratio, Ye",
     .definition = "Mean predictions of the logistic model for all women treated and all in "
                   "control, compared as a odds ratio; the variance counts the sampling of "
                   "covariates, each arm's own term being Var(y) - 2 Cov(y, mu) in the arm + "
                   "Var(mu) over all women (divisors n - 1). Inference on the log scale.",
     .citation = "Ye, Bannick, Yi and Shao 2023",
     .doi = "10.1080/24754269.2023.2205802"},
    {.id = "g-computation-ge",
     .measure = risk_difference,
     .test_id = "g-computation-ge",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "G-computation (Ge), risk difference",
     .brief = "standardised risk diff., Ge",
     .definition = "The g-computation risk difference with the delta-method variance of the "
                   "model's coefficients, covariates held fixed: covers a population effect a "
                   "little too rarely.",
     .citation = "Ge, Durham, Meyer, Xie and Thomas 2011",
     .doi = "10.1177/009286151104500409"},
    {.id = "g-computation-ge",
     .measure = risk_ratio,
     .test_id = "g-computation-ge-rr",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "G-computation (Ge), risk ratio",
     .brief = "standardised risk ratio, Ge",
     .definition = "The g-computation risk ratio with the delta-method variance of the model's "
                   "coefficients, covariates held fixed: covers a population effect a little too "
                   "rarely. Inference on the log scale.",
     .citation = "Ge, Durham, Meyer, Xie and Thomas 2011",
     .doi = "10.1177/009286151104500409"},
    {.id = "g-computation-ge",
     .measure = odds_ratio,
     .test_id = "g-computation-ge-or",
     .family = maximum_likelihood,
     .needs = PatientNeeds::covariates,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "G-computation (Ge), odds ratio",
     .brief = "standardised odds ratio, Ge",
     .definition = "The g-computation odds ratio with the delta-method variance of the model's "
                   "coefficients, covariates held fixed: covers a population effect a little too "
                   "rarely. Inference on the log scale.",
     .citation = "Ge, Durham, Meyer, Xie and Thomas 2011",
     .doi = "10.1177/009286151104500409"},
    {.id = "firth",
     .measure = conditional_odds_ratio,
     .test_id = "firth",
     .family = firth,
     .needs = PatientNeeds::covariates,
     .has_interval = true,
     .title = "Firth logistic regression",
     .brief = "Jeffreys penalty, profile",
     .definition = "Maximum of the log likelihood plus half the log determinant of the "
                   "information; P by the penalised likelihood ratio (one-sided from its signed "
                   "root), interval by its profile; standard error from the inverse information "
                   "at the estimate. Answers under separation.",
     .citation = "Heinze and Schemper 2002; Firth 1993",
     .doi = "10.1002/sim.1047"},
    {.id = "mantel-haenszel",
     .measure = conditional_odds_ratio,
     .test_id = "mantel-haenszel",
     .family = mantel_haenszel,
     .needs = PatientNeeds::strata,
     .has_interval = true,
     .pooling = Pooling::estimate,
     .title = "Mantel-Haenszel",
     .brief = "common odds ratio; CMH chi-square",
     .definition = "Common odds ratio of the strata with the Robins-Breslow-Greenland variance; P "
                   "of the Cochran-Mantel-Haenszel chi-square (n - 1 in its variance) without "
                   "continuity correction. An odds ratio of 0 or infinity is at the edge and keeps "
                   "its P-value.",
     .citation = "Mantel and Haenszel 1959; Robins, Breslow and Greenland 1986",
     .doi = "10.1093/jnci/22.4.719"},
    {.id = "mantel-haenszel-corrected",
     .measure = {},
     .test_id = "mantel-haenszel-corrected",
     .family = mantel_haenszel,
     .needs = PatientNeeds::strata,
     .title = "Mantel-Haenszel, corrected",
     .brief = "CMH with continuity correction",
     .definition = "The Cochran-Mantel-Haenszel chi-square with 1/2 taken off the absolute "
                   "difference where that is at least 1/2, and nothing where it is less (as R's "
                   "mantelhaen.test).",
     .citation = "Mantel and Haenszel 1959",
     .doi = "10.1093/jnci/22.4.719"},
    {.id = "exact-conditional",
     .measure = conditional_odds_ratio,
     .test_id = "exact-conditional",
     .family = exact_conditional,
     .needs = PatientNeeds::strata,
     .has_interval = true,
     .title = "Exact conditional, stratified",
     .brief = "given all margins of all strata",
     .definition = "The treated events' total given every margin of every stratum, strata with an "
                   "empty margin dropped: conditional maximum likelihood estimate, P of all "
                   "totals no likelier, central interval. An odds ratio of 0 or infinity is at the "
                   "edge and keeps its P-value and limits.",
     .citation = "Gart 1970; Mehta, Patel and Gray 1985",
     .doi = "10.1093/biomet/57.3.471"},
    {.id = "rerandomisation",
     .measure = {},
     .test_id = "rerandomisation",
     .family = rerandomisation,
     .needs = PatientNeeds::nothing,
     .is_costly = true,
     .title = "Re-randomisation",
     .brief = "allocation drawn anew",
     .definition = "The share of allocations drawn anew by the trial's own rule, the observed one "
                   "among them, whose absolute difference of rates is at least the observed one.",
     .citation = "Rosenberger, Uschner and Wang 2019",
     .doi = "10.1002/sim.7901",
     .options = draws_options},
    {.id = "welch",
     .measure = mean_difference,
     .test_id = "welch",
     .family = biomarker,
     .needs = PatientNeeds::biomarker,
     .has_interval = true,
     .title = "Welch t",
     .brief = "difference of means, own variances",
     .definition = "Difference of the arms' means over its standard error with a variance of each "
                   "arm; Student's t with Satterthwaite's degrees of freedom.",
     .citation = "Welch 1947",
     .doi = "10.1093/biomet/34.1-2.28"},
    {.id = "mann-whitney",
     .measure = {},
     .test_id = "mann-whitney",
     .family = biomarker,
     .needs = PatientNeeds::biomarker,
     .title = "Mann-Whitney",
     .brief = "rank sum, ties counted",
     .definition = "The rank sum's normal approximation with the variance for ties, without "
                   "continuity correction.",
     .citation = "Mann and Whitney 1947",
     .doi = "10.1214/aoms/1177730491"},
    {.id = "ancova",
     .measure = mean_difference,
     .test_id = "ancova",
     .family = biomarker,
     .needs = PatientNeeds::biomarker,
     .has_interval = true,
     .title = "Analysis of covariance",
     .brief = "means adjusted for baseline",
     .definition =
         "Least squares of the biomarker on arm and its baseline (on arm alone where it has "
         "none); Student's t of the arm's coefficient.",
     .citation = "Vickers and Altman 2001",
     .doi = "10.1136/bmj.323.7321.1123"},
});

}  // namespace

std::span<const PatientRow> patient_catalogue() {
    return patient_rows;
}

}  // namespace rsasim::analysis
