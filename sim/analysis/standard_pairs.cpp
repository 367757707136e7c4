#include <array>
#include <vector>

#include <rsasim/analysis/catalogue.hpp>

namespace rsasim::analysis {

namespace {

using enum design::Measure;

/// In the order of the tests. `is_central` holds for the asymptotic pairs too: each of their limits
/// inverts a one-sided test whose P comes from the signed root of the same statistic.
constexpr std::array known_pairs{
    PairRow{"pearson", odds_ratio, "score", true},
    PairRow{"pearson", risk_difference, "score", true},
    PairRow{"pearson", risk_ratio, "score", true},
    PairRow{"pearson-n1", odds_ratio, "miettinen-nurminen", true},
    PairRow{"pearson-n1", risk_difference, "miettinen-nurminen", true},
    PairRow{"pearson-n1", risk_ratio, "miettinen-nurminen", true},
    PairRow{"likelihood-ratio", odds_ratio, "profile-likelihood", true},
    PairRow{"wald", odds_ratio, "woolf", true},
    PairRow{"wald-gart", odds_ratio, "gart", true},
    PairRow{"z-unpooled", risk_difference, "wald", true},
    PairRow{"score", odds_ratio, "score", true},
    PairRow{"score", risk_difference, "score", true},
    PairRow{"score", risk_ratio, "score", true},
    PairRow{"score-n1", odds_ratio, "miettinen-nurminen", true},
    PairRow{"score-n1", risk_difference, "miettinen-nurminen", true},
    PairRow{"score-n1", risk_ratio, "miettinen-nurminen", true},
    PairRow{"fisher", odds_ratio, "baptista-pike", false},
    PairRow{"fisher-central", odds_ratio, "cornfield-exact", true},
    PairRow{"fisher-blaker", odds_ratio, "blaker", false},
    PairRow{"fisher-midp", odds_ratio, "baptista-pike-midp", false},
    PairRow{"fisher-midp-central", odds_ratio, "cornfield-midp", true},
    PairRow{"z-pooled-exact", odds_ratio, "unconditional-score", false},
    PairRow{"beta-binomial", odds_ratio, "beta", true},
};

}  // namespace

std::span<const PairRow> standard_pairs() {
    static const std::vector<PairRow> present = [] {
        std::vector<PairRow> found;
        for (const PairRow& pair : known_pairs) {
            if (find_method(Role::test, pair.test) != nullptr &&
                find_method(Role::interval, pair.interval, pair.measure) != nullptr) {
                found.push_back(pair);
            }
        }
        return found;
    }();
    return present;
}

}  // namespace rsasim::analysis
