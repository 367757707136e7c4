#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace rsasim::planning {

/// Rejections among simulated trials at one point of a power curve.
struct PowerLook {
    double at = 0;  ///< the curve's argument, above 0
    std::int64_t replicates = 0;
    std::int64_t rejected = 0;
};

/// A number with the interval that covers the true one with a stated confidence.
struct EstimatedPoint {
    double at = 0;
    double lower = 0;
    double upper = 0;
};

/// Power Phi(a + b x), fitted to binomial counts by maximum likelihood. In the root of the number
/// of women, or in an effect on the arcsine scale, this is the power of a test of a normal mean;
/// within some ten per cent of a point that of other tests differs from it by less than simulation
/// sees, but for the saw-tooth, which enters the errors as overdispersion (Pearson's chi-square
/// over its degrees of freedom, where above 1). McCullagh & Nelder 1989, Generalized Linear Models,
/// sections 4.4 and 4.5.
class ProbitCurve {
  public:
    /// Nothing where there are fewer than two points, or no maximum within some hundred steps (all
    /// or no trials rejected).
    static std::optional<ProbitCurve> fit(std::span<const PowerLook> looks);

    [[nodiscard]] double power(double at) const;
    /// Standard error of power(at), by the delta method.
    [[nodiscard]] double power_error(double at) const;
    /// Where the curve crosses `target`; nothing where it does not rise to it.
    [[nodiscard]] std::optional<double> point_of(double target) const;
    /// The same with an interval, by Fieller's theorem (1954,
    /// doi:10.1111/j.2517-6161.1954.tb00159.x); nothing where the slope is not above 0 with this
    /// confidence, so that no bounded interval exists. Limits are not below 0.
    [[nodiscard]] std::optional<EstimatedPoint> crossing(double target, double confidence) const;

  private:
    double intercept_ = 0, slope_ = 0;
    double variance_intercept_ = 0, covariance_ = 0, variance_slope_ = 0;
};

}  // namespace rsasim::planning
