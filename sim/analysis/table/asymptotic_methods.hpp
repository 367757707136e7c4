#pragma once

#include <rsasim/analysis/catalogue.hpp>

/// Tests, intervals and estimates of a 2x2 table with closed forms or asymptotic theory. Each
/// function prepares one row of the catalogue. In the formulas a, b are the treated arm's events
/// and non-events, c, d the control arm's, m = a + c, N the total, z the normal quantile of the
/// confidence.
namespace rsasim::analysis {

Judge prepare_pearson(const Setting& setting);
Judge prepare_pearson_n1(const Setting& setting);
Judge prepare_yates(const Setting& setting);
Judge prepare_likelihood_ratio(const Setting& setting);
Judge prepare_wald(const Setting& setting);
Judge prepare_wald_gart(const Setting& setting);
Judge prepare_z_unpooled(const Setting& setting);

}  // namespace rsasim::analysis
