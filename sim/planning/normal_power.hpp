#pragma once

#include <vector>

namespace rsasim::planning {

/// A one-sided z test of an effect, as formula.hpp defines it.
struct NormalTest {
    double effect = 0;      ///< d, positive where the truth lies outside the null hypothesis
    double sd_null = 0;     ///< s0 > 0
    double sd_truth = 0;    ///< s1 > 0
    double correction = 0;  ///< c >= 0
    double critical = 0;    ///< z

    /// With this many women in both arms, N >= 0.
    [[nodiscard]] double power(double women) const;
    /// The inverse, for an effect > 0; 0 where no women have the power already.
    [[nodiscard]] double women_for(double power) const;
};

/// Of one test, or of several that must all reject (at least the sum of the powers less the number
/// of the others; 0 where that is negative).
double joint_power(const std::vector<NormalTest>& tests, double women);

/// The inverse of joint_power, for effects > 0.
double women_for_joint_power(const std::vector<NormalTest>& tests, double power);

}  // namespace rsasim::planning
