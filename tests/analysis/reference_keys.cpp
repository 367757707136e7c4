#include "reference_keys.hpp"

#include <algorithm>
#include <array>

namespace reference_keys {

namespace {

using rsasim::analysis::Role;
using enum rsasim::design::Measure;

constexpr Key test(std::string_view key, std::string_view id, Part part) {
    return {"table_pvalue", key, Role::test, odds_ratio, id, part};
}

constexpr Key exact_test(std::string_view key, std::string_view id, Part part) {
    return {"table_pvalue_unconditional", key, Role::test, odds_ratio, id, part};
}

constexpr Key odds_interval(std::string_view key, std::string_view id) {
    return {"table_or_ci", key, Role::interval, odds_ratio, id, Part::interval};
}

constexpr Key odds_estimate(std::string_view key, std::string_view id) {
    return {"table_or_ci", key, Role::estimate, odds_ratio, id, Part::estimate};
}

constexpr Key risk_interval(std::string_view key, rsasim::design::Measure measure,
                            std::string_view id) {
    return {"table_rd_rr_ci", key, Role::interval, measure, id, Part::interval};
}

constexpr std::array all_keys{
    test("pearson_stat", "pearson", Part::statistic),
    test("pearson", "pearson", Part::two_sided),
    test("yates_stat", "yates", Part::statistic),
    test("yates", "yates", Part::two_sided),
    test("n_minus_1_stat", "pearson-n1", Part::statistic),
    test("n_minus_1", "pearson-n1", Part::two_sided),
    test("lr_stat", "likelihood-ratio", Part::statistic),
    test("lr", "likelihood-ratio", Part::two_sided),
    test("z_unpooled_stat", "z-unpooled", Part::statistic),
    test("z_unpooled", "z-unpooled", Part::two_sided),
    test("wald_logor_z", "wald", Part::statistic),
    test("wald_logor", "wald", Part::two_sided),
    test("fisher_minlike", "fisher", Part::two_sided),
    test("fisher_central", "fisher-central", Part::two_sided),
    test("fisher_blaker", "fisher-blaker", Part::two_sided),
    test("fisher_less", "fisher", Part::less),
    test("fisher_less", "fisher-central", Part::less),
    test("fisher_less", "fisher-blaker", Part::less),
    test("fisher_greater", "fisher", Part::greater),
    test("fisher_greater", "fisher-central", Part::greater),
    test("fisher_greater", "fisher-blaker", Part::greater),
    test("midp_central", "fisher-midp-central", Part::two_sided),
    test("midp_less", "fisher-midp-central", Part::less),
    test("midp_less", "fisher-midp", Part::less),
    test("midp_greater", "fisher-midp-central", Part::greater),
    test("midp_greater", "fisher-midp", Part::greater),
    test("midp_minlike_half_ties", "fisher-midp", Part::two_sided),
    exact_test("zpooled_exact", "z-pooled-exact", Part::two_sided),
    exact_test("zpooled_exact_less", "z-pooled-exact", Part::less),
    exact_test("zpooled_exact_greater", "z-pooled-exact", Part::greater),
    exact_test("zunpooled_exact", "z-unpooled-exact", Part::two_sided),
    exact_test("lr_exact", "likelihood-ratio-exact", Part::two_sided),
    exact_test("boschloo_minlike", "boschloo", Part::two_sided),
    exact_test("boschloo_less", "boschloo", Part::less),
    exact_test("boschloo_less", "boschloo-central", Part::less),
    exact_test("boschloo_greater", "boschloo", Part::greater),
    exact_test("boschloo_greater", "boschloo-central", Part::greater),
    exact_test("boschloo_central", "boschloo-central", Part::two_sided),
    odds_estimate("or_sample", "sample"),
    odds_estimate("or_cmle", "conditional-mle"),
    odds_estimate("or_median_unbiased_midp", "median-unbiased"),
    odds_interval("woolf", "woolf"),
    odds_interval("gart", "gart"),
    odds_interval("agresti_independence", "agresti"),
    odds_interval("inverse_sinh", "inverse-sinh"),
    odds_interval("adjusted_inverse_sinh_0.45_0.25", "inverse-sinh-adjusted"),
    odds_interval("mover_wilson", "mover-wilson"),
    odds_interval("score_uncorrected", "score"),
    odds_interval("miettinen_nurminen", "miettinen-nurminen"),
    odds_interval("profile_likelihood", "profile-likelihood"),
    odds_interval("cornfield_exact", "cornfield-exact"),
    odds_interval("cornfield_midp", "cornfield-midp"),
    odds_interval("baptista_pike_exact", "baptista-pike"),
    odds_interval("baptista_pike_midp", "baptista-pike-midp"),
    Key{"table_rd_rr_ci", "rd", Role::estimate, risk_difference, "sample", Part::estimate},
    risk_interval("rd_wald", risk_difference, "wald"),
    risk_interval("rd_agresti_caffo", risk_difference, "agresti-caffo"),
    risk_interval("rd_newcombe", risk_difference, "newcombe"),
    risk_interval("rd_mee", risk_difference, "score"),
    risk_interval("rd_miettinen_nurminen", risk_difference, "miettinen-nurminen"),
    Key{"table_rd_rr_ci", "rr", Role::estimate, risk_ratio, "sample", Part::estimate},
    risk_interval("rr_katz", risk_ratio, "katz"),
    risk_interval("rr_adjusted_log", risk_ratio, "katz-adjusted"),
    risk_interval("rr_koopman", risk_ratio, "score"),
    risk_interval("rr_miettinen_nurminen", risk_ratio, "miettinen-nurminen"),
    risk_interval("rr_mover_wilson", risk_ratio, "mover-wilson"),
};

/// Another way to halve ties, and other pseudo-counts than ours.
constexpr std::array<std::string_view, 2> foreign_keys{"midp_minlike_half_observed",
                                                       "adjusted_inverse_sinh_0.6_0.4"};

}  // namespace

std::span<const Key> keys() {
    return all_keys;
}

bool is_foreign(std::string_view key) {
    return std::ranges::find(foreign_keys, key) != foreign_keys.end();
}

}  // namespace reference_keys
