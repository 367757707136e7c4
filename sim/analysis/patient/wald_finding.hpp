#pragma once

#include <rsasim/analysis/finding.hpp>
#include <rsasim/design/effect.hpp>

namespace rsasim::analysis {

/// What a Wald analysis is about.
struct WaldScale {
    design::Measure measure;
    double null = 0;      ///< on the scale of analysis: of ratios the logarithm
    double quantile = 0;  ///< of the interval: 1.96 at 95 %
};

/// The scale of a measure; the null where it is of that measure, else no effect.
WaldScale wald_scale(design::Measure measure, const design::Effect& null, double confidence);

/// The finding of an estimate and its standard error on the scale of analysis, which must be finite
/// and the error positive; `undefined` otherwise. P-values of z = (estimate - null) / error.
Finding wald_finding(double estimate, double standard_error, const WaldScale& scale);

/// The finding of a chi-square statistic on one degree of freedom with the sign of the effect.
Finding signed_root_finding(double chi_square, bool is_positive);

/// The finding that holds a status alone.
Finding status_finding(Status status);

}  // namespace rsasim::analysis
