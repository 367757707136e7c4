#pragma once

#include "score_rows.hpp"

namespace rsasim::analysis {

/// exp of the coefficient at the root of the expected score
///
///     sum_x w_x sum_g P(arm g) z_gx (P(event | g, x) - 1 / (1 + exp(-b'z_gx))) = 0,
///
/// what maximum likelihood tends to (White 1982, doi:10.2307/1912526), also where the model is
/// wrong. Columns that follow from others are left out. Where columns single out centres that have
/// random effects, the score is expected over these too and such a centre has an intercept of its
/// own given each effect: the limit in many trials together, and the coefficient itself where the
/// model given the centres is true. 0, infinite or NaN where an arm's rate is 0 or 1 (for an
/// interaction: NaN); NaN where no root is found. Within 1e-10.
double regression_limit(const AnalysedWomen& women, const RegressionColumns& columns,
                        double treated_share);

}  // namespace rsasim::analysis
