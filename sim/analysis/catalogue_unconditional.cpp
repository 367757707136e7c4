#include "catalogue_rows.hpp"
#include "unconditional/unconditional_methods.hpp"

#include <array>

namespace rsasim::analysis {

namespace {

using enum design::Measure;

constexpr std::array exact_test_options{
    OptionRow{"berger-boos", 0, 0, 0.1,
              "gamma: the common rate is restricted to its 1 - gamma Clopper-Pearson interval and "
              "gamma added to P; 0 is off"}};

constexpr auto unconditional_tests = std::to_array<MethodRow>({
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "boschloo",
     .title = "Boschloo",
     .family = "exact unconditional",
     .brief = "supremum, ordered by Fisher P",
     .definition = "Tables ordered by the minlike Fisher P; P is the proved supremum of the tail's "
                   "probability over the common rate.",
     .citation = "Boschloo 1970",
     .doi = "10.1111/j.1467-9574.1970.tb00104.x",
     .options = exact_test_options,
     .prepares_sizes = true,
     .prepare = prepare_boschloo},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "boschloo-central",
     .title = "Boschloo, central",
     .family = "exact unconditional",
     .brief = "supremum, one-sided Fisher P doubled",
     .definition =
         "Tables ordered by the one-sided Fisher P; the smaller one-sided result doubled, "
         "at most 1.",
     .citation = "Boschloo 1970",
     .doi = "10.1111/j.1467-9574.1970.tb00104.x",
     .options = exact_test_options,
     .prepares_sizes = true,
     .prepare = prepare_boschloo_central},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "z-pooled-exact",
     .title = "Pooled z, exact",
     .family = "exact unconditional",
     .brief = "supremum, ordered by pooled z",
     .definition = "Tables ordered by |pooled z|; P is the proved supremum of the tail's "
                   "probability over the common rate.",
     .citation = "Suissa and Shuster 1985",
     .doi = "10.2307/2981892",
     .options = exact_test_options,
     .prepares_sizes = true,
     .prepare = prepare_z_pooled_exact},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "z-unpooled-exact",
     .title = "Unpooled z, exact",
     .family = "exact unconditional",
     .brief = "supremum, ordered by unpooled z",
     .definition = "Tables ordered by |unpooled z|, infinite where both variances are 0 and the "
                   "rates differ; P is the proved supremum.",
     .citation = "Suissa and Shuster 1985",
     .doi = "10.2307/2981892",
     .options = exact_test_options,
     .prepares_sizes = true,
     .prepare = prepare_z_unpooled_exact},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "likelihood-ratio-exact",
     .title = "Likelihood ratio, exact",
     .family = "exact unconditional",
     .brief = "supremum, ordered by G squared",
     .definition = "Tables ordered by G^2; P is the proved supremum of the tail's probability over "
                   "the common rate.",
     .citation = "Mehrotra, Chan and Berger 2003",
     .doi = "10.1111/1541-0420.00051",
     .options = exact_test_options,
     .prepares_sizes = true,
     .prepare = prepare_likelihood_ratio_exact},
    {.role = Role::test,
     .measure = odds_ratio,
     .id = "score-exact",
     .title = "Score, exact",
     .family = "exact unconditional",
     .brief = "supremum, ordered by score z",
     .definition = "Tables ordered by the score z at the null, on any scale; P is the proved "
                   "supremum over all rates with that effect.",
     .citation = "Chan 1998",
     .doi = "10.1002/(SICI)1097-0258(19980630)17:12<1403::AID-SIM834>3.0.CO;2-Y",
     .options = exact_test_options,
     .prepares_sizes = true,
     .nulls = Nulls::any,
     .prepare = prepare_score_exact},
});

constexpr auto interval_rows = std::to_array<MethodRow>({
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "unconditional-score",
     .title = "Unconditional score (Agresti-Min)",
     .family = "exact unconditional",
     .brief = "inverts one two-sided exact test",
     .definition = "Hull of all odds ratios that the unconditional test ordered by |score z| at "
                   "that odds ratio does not reject.",
     .citation = "Agresti and Min 2002; Agresti and Min 2001",
     .doi = "10.1093/biostatistics/3.3.379",
     .options = {},
     .is_costly = true,
     .prepares_sizes = true,
     .prepare = prepare_odds_ratio_unconditional_score},
    {.role = Role::interval,
     .measure = odds_ratio,
     .id = "chan-zhang",
     .title = "Unconditional score (Chan-Zhang)",
     .family = "exact unconditional",
     .brief = "inverts two one-sided exact tests",
     .definition = "Two one-sided unconditional tests ordered by the score z, each at half of one "
                   "minus the confidence.",
     .citation = "Chan and Zhang 1999",
     .doi = "10.1111/j.0006-341X.1999.01202.x",
     .options = {},
     .is_costly = true,
     .prepares_sizes = true,
     .prepare = prepare_odds_ratio_chan_zhang},
    {.role = Role::interval,
     .measure = risk_difference,
     .id = "unconditional-score",
     .title = "Unconditional score (Agresti-Min)",
     .family = "exact unconditional",
     .brief = "inverts one two-sided exact test",
     .definition = "Hull of all differences that the unconditional test ordered by |score z| at "
                   "that difference does not reject.",
     .citation = "Agresti and Min 2001",
     .doi = "10.1111/j.0006-341X.2001.00963.x",
     .options = {},
     .is_costly = true,
     .prepares_sizes = true,
     .prepare = prepare_risk_difference_unconditional_score},
    {.role = Role::interval,
     .measure = risk_difference,
     .id = "chan-zhang",
     .title = "Unconditional score (Chan-Zhang)",
     .family = "exact unconditional",
     .brief = "inverts two one-sided exact tests",
     .definition = "Two one-sided unconditional tests ordered by the score z, each at half of one "
                   "minus the confidence.",
     .citation = "Chan and Zhang 1999",
     .doi = "10.1111/j.0006-341X.1999.01202.x",
     .options = {},
     .is_costly = true,
     .prepares_sizes = true,
     .prepare = prepare_risk_difference_chan_zhang},
});

}  // namespace

std::span<const MethodRow> unconditional_interval_rows() {
    return interval_rows;
}

std::span<const MethodRow> unconditional_test_rows() {
    return unconditional_tests;
}

}  // namespace rsasim::analysis
