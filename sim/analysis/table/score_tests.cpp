#include "asymptotic_methods.hpp"
#include "score_statistic.hpp"
#include "z_finding.hpp"

#include <cmath>

namespace rsasim::analysis {

namespace {

/// `shrinkage_of` gives 1 / the factor on the variance at a table.
template <class Shrinkage>
Judge score_test(const design::Effect& null, Shrinkage shrinkage_of) {
    return [null, shrinkage_of](const design::Table2x2& table) {
        const Score score = score_at(cells_of(table), null);
        if (score.says_nothing()) return degenerate_finding();
        const double z = score.z() * std::sqrt(shrinkage_of(table));
        return z_finding(z * z, z);
    };
}

}  // namespace

Judge prepare_score(const Setting& setting) {
    if (setting.null.is_no_effect()) return prepare_pearson(setting);
    return score_test(setting.null, [](const design::Table2x2&) { return 1.0; });
}

Judge prepare_score_n1(const Setting& setting) {
    if (setting.null.is_no_effect()) return prepare_pearson_n1(setting);
    return score_test(setting.null, [](const design::Table2x2& table) {
        const auto total = static_cast<double>(table.total());
        return (total - 1) / total;
    });
}

}  // namespace rsasim::analysis
