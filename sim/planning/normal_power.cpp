#include "normal_power.hpp"

#include <algorithm>
#include <cmath>

#include <rsasim/math/normal.hpp>
#include <rsasim/math/roots.hpp>

namespace rsasim::planning {
namespace {

/// The sum of powers less the number of the other tests, which may be negative.
double summed_power(const std::vector<NormalTest>& tests, double women) {
    double sum = 1;
    for (const auto& test : tests)
        sum += test.power(women) - 1;
    return sum;
}

/// The women with which every one of the tests has a power.
double women_for_each(const std::vector<NormalTest>& tests, double power) {
    double most = 0;
    for (const auto& test : tests)
        most = std::max(most, test.women_for(power));
    return most;
}

}  // namespace

double NormalTest::power(double women) const {
    const double root = std::sqrt(women);
    const double loss = correction > 0 ? correction / root : 0;
    return math::normal_cdf((effect * root - loss - critical * sd_null) / sd_truth);
}

double NormalTest::women_for(double power) const {
    const double k = critical * sd_null + math::normal_quantile(power) * sd_truth;
    const double discriminant = std::sqrt(k * k + 4 * effect * correction);
    // The positive root x of d x^2 - K x - c = 0, without cancellation where K is negative.
    const double root =
        k >= 0 ? (k + discriminant) / (2 * effect) : 2 * correction / (discriminant - k);
    return root * root;
}

double joint_power(const std::vector<NormalTest>& tests, double women) {
    return std::max(0.0, summed_power(tests, women));
}

double women_for_joint_power(const std::vector<NormalTest>& tests, double power) {
    const double too_few = women_for_each(tests, power);
    if (tests.size() == 1) return too_few;
    // Each test may miss its share of what all may miss together.
    const double share = 1 / static_cast<double>(tests.size());
    const double enough = women_for_each(tests, 1 - (1 - power) * share);
    const auto excess = [&](double root) { return summed_power(tests, root * root) - power; };
    const double low = std::sqrt(too_few), high = std::sqrt(enough);
    if (excess(low) >= 0) return too_few;
    if (excess(high) <= 0) return enough;
    const double root = math::bracketed_root(excess, low, high).value;
    return root * root;
}

}  // namespace rsasim::planning
