#pragma once

#include "patient/biomarker_moments.hpp"

#include <rsasim/analysis/finding.hpp>

namespace rsasim::analysis {

/// The t quantile of a confidence; remembers the last degrees of freedom, which seldom change.
class StudentQuantile {
  public:
    explicit StudentQuantile(double confidence) : confidence_(confidence) {}
    double at(double degrees_of_freedom);

  private:
    double confidence_;
    double degrees_of_freedom_ = 0;
    double quantile_ = 0;
};

/// Difference of the arms' means, treated less control, tested against `null` with Student's t:
/// statistic t, standard error, interval, P-values.
///
/// | data                                          | status       |
/// | --------------------------------------------- | ------------ |
/// | an arm too small for its variance             | `undefined`  |
/// | no variance about the means (constant values) | `degenerate`: an estimate alone |
/// | a baseline without variance within arms       | `collinear`  |
///
/// Each arm with its own variance, degrees of freedom v = (s1^2/n1 + s0^2/n0)^2 / (s1^4/(n1^2 (n1 -
/// 1)) + s0^4/(n0^2 (n0 - 1))) (Welch 1947, doi:10.1093/biomet/34.1-2.28).
Finding welch_finding(const BiomarkerMoments& moments, double null, StudentQuantile& quantile);

/// Least squares of y on arm and baseline, with the pooled slope b = sum xy / sum xx within arms:
/// D = y1 - y0 - b (x1 - x0), n1 + n0 - 3 degrees of freedom.
Finding ancova_finding(const BiomarkerMoments& moments, double null, StudentQuantile& quantile);

/// The same without a baseline: the t test with a pooled variance, n1 + n0 - 2 degrees of freedom.
Finding pooled_finding(const BiomarkerMoments& moments, double null, StudentQuantile& quantile);

}  // namespace rsasim::analysis
