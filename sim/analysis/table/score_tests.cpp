#include "asymptotic_methods.hpp"
#include "score_statistic.hpp"
#include "z_finding.hpp"

#include <cmath>

namespace rsasim::analysis {

namespace {

/// `shrinkage` is 1 / the factor on the variance.
Judge score_test(const design::Effect& null, double shrinkage) {
    return [null, root = std::sqrt(shrinkage)](const design::Table2x2& table) {
        const Score score = score_at(cells_of(table), null);
        if (score.says_nothing()) return degenerate_finding();
        const double z = score.z() * root;
        return z_finding(z * z, z);
    };
}

}  // namespace

Judge prepare_score(const Setting& setting) {
    if (setting.null.is_no_effect()) return prepare_pearson(setting);
    return score_test(setting.null, 1);
}

Judge prepare_score_n1(const Setting& setting) {
    if (setting.null.is_no_effect()) return prepare_pearson_n1(setting);
    const auto total = static_cast<double>(setting.sizes.treated + setting.sizes.control);
    return score_test(setting.null, (total - 1) / total);
}

}  // namespace rsasim::analysis
