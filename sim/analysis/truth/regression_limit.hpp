#pragma once

#include "groups.hpp"

#include <optional>
#include <span>
#include <vector>

namespace rsasim::analysis {

/// Which coefficient of the logistic model is asked for, and which columns it has beside 1 and arm.
struct RegressionColumns {
    std::span<const design::Feature> adjust;
    /// Where given, the model has this feature and its product with arm too, whose coefficient is
    /// asked for; else that of arm.
    std::optional<design::Feature> interaction;
};

/// exp of the coefficient at the root of the expected score
///
///     sum_x w_x sum_g P(arm g) z_gx (P(event | g, x) - 1 / (1 + exp(-b'z_gx))) = 0,
///
/// what maximum likelihood tends to (White 1982, doi:10.2307/1912526), also where the model is
/// wrong. Columns that follow from others are left out. 0, infinite or NaN where an arm's rate is
/// 0 or 1 (for an interaction: NaN); NaN where no root is found. Within 1e-10.
double regression_limit(const AnalysedWomen& women, const RegressionColumns& columns,
                        double treated_share);

}  // namespace rsasim::analysis
